"""``sohoa verify``: is every object still what was stored?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

import click

from dossiers.errors import IntegrityError
from sohoa.cli.session import Session, pass_session
from sohoa.fixity import KindChecked, check_objects

_TELL_EVERY: Final = 1000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def verify(session: Session, as_json: bool) -> None:
    """Reads every object, compares it with its hash, and looks for objects that records speak of.

    \b
    Example:
      sohoa verify

    \b
    Exit codes: 0 all whole, 5 an object is missing or damaged, or a store cannot be reached.
    """

    def progress(kind: str, count: int) -> None:
        if count % _TELL_EVERY == 0:
            session.remark("verify_progress", count=count, kind=session.messages.say(f"store_{kind}"))

    checked = check_objects(session.settings, progress)
    if as_json:
        session.print_json([asdict(each) for each in checked])
    else:
        for each in checked:
            _print(session, each)
    if any(each.missing or each.damaged for each in checked):
        raise click.exceptions.Exit(IntegrityError.exit_code)


def _print(session: Session, checked: KindChecked) -> None:
    say = session.messages.say
    kind = say(f"store_{checked.kind}")
    session.out.print(say("verify_kind", kind=kind, whole=checked.whole, unnamed=checked.unnamed))
    for key in checked.missing:
        session.out.print(say("verify_missing", name=key), soft_wrap=True)
    for key in checked.damaged:
        session.out.print(say("verify_damaged", name=key), soft_wrap=True)
