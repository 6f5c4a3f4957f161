"""``sohoa verify``: is every object still what was stored?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from dossiers.errors import IntegrityError
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now
from sohoa.fixity import KindChecked, check_objects
from sohoa.mending import KindMended, mend_objects

_TELL_EVERY: Final = 1000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option(
    "--mend-from",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of a backup: its whole objects take the place of damaged and missing ones.",
)
@pass_session
def verify(session: Session, as_json: bool, mend_from: Path | None) -> None:
    """Reads every object, compares it with its hash, and looks for objects that records speak of.

    With --mend-from what is damaged or missing gets its bytes again from a backup, checked against the
    hash; each dossier concerned notes it.

    \b
    Examples:
      sohoa verify
      sohoa verify --mend-from /mnt/backup/sohoa

    \b
    Exit codes: 0 all whole, 5 an object is missing or damaged, or a store cannot be reached.
    """

    def progress(kind: str, count: int) -> None:
        if count % _TELL_EVERY == 0:
            session.remark("verify_progress", count=count, kind=session.messages.say(f"store_{kind}"))

    checked = check_objects(session.settings, progress)
    mended = mend_objects(session.settings, checked, mend_from, utc_now) if mend_from is not None else ()
    if as_json:
        told = {each.kind: {"mended": each.mended, "left": each.left} for each in mended}
        session.print_json([{**asdict(each), **told.get(each.kind, {})} for each in checked])
    else:
        for each in checked:
            _print(session, each)
        for each_mended in mended:
            _print_mended(session, each_mended)
    is_whole = not any(each.missing or each.damaged for each in checked)
    is_mended = bool(mended) and not any(each.left for each in mended)
    if not (is_whole or is_mended):
        raise click.exceptions.Exit(IntegrityError.exit_code)


def _print(session: Session, checked: KindChecked) -> None:
    say = session.messages.say
    kind = say(f"store_{checked.kind}")
    session.out.print(say("verify_kind", kind=kind, whole=checked.whole, unnamed=checked.unnamed))
    for key in checked.missing:
        session.out.print(say("verify_missing", name=key), soft_wrap=True)
    for key in checked.damaged:
        session.out.print(say("verify_damaged", name=key), soft_wrap=True)


def _print_mended(session: Session, told: KindMended) -> None:
    say = session.messages.say
    for key in told.mended:
        session.out.print(say("verify_mended", name=key), soft_wrap=True)
    for key in told.left:
        session.out.print(say("verify_not_mended", name=key), soft_wrap=True)
