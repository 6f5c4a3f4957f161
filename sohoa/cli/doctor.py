"""``sohoa doctor``: is everything here that is needed?"""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.table import Table

from dossiers.errors import ConfigurationError
from sohoa.cli.session import Session, pass_session
from sohoa.part import Part
from sohoa.plugins import GROUPS, names
from sohoa.tools import check_parts


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def doctor(session: Session, as_json: bool) -> None:
    """Checks every tool that Sohoa needs: found, version, how to install.

    \b
    Exit codes: 0 all there, 3 something that is needed is missing.
    """
    parts = check_parts(session.settings)
    plugins = {group: names(group, session.settings.plugins) for group in GROUPS}
    if as_json:
        told = {"parts": [asdict(part) for part in parts], "plugins": plugins}
        session.print_json(told)
    else:
        _print(session, parts)
        for group, found in plugins.items():
            session.out.print(f"{group}: {', '.join(found)}", markup=False, highlight=False)
    bad = any(part.is_required and part.version is None for part in parts)
    if not as_json:
        session.out.print(session.messages.say("doctor_problem" if bad else "doctor_all_good"))
    raise click.exceptions.Exit(ConfigurationError.exit_code if bad else 0)


def _print(session: Session, parts: tuple[Part, ...]) -> None:
    say = session.messages.say
    table = Table()
    for key in ("doctor_tool", "doctor_found", "doctor_version", "doctor_install"):
        table.add_column(say(key), overflow="fold")
    for part in parts:
        absent = say("doctor_missing" if part.is_required else "doctor_optional")
        found = part.version is not None
        table.add_row(
            part.name, say("doctor_ok") if found else absent, part.version, "" if found else part.install
        )
    session.out.print(table)
