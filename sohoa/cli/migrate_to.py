"""``sohoa migrate-to``: an embedded office moves to servers."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sohoa.cli.session import Session, pass_session
from sohoa.moving import Move, MoveReport
from sohoa.settings import load_settings

#: On a terminal and elsewhere: a line for so many objects.
_TELL_EVERY = 500


class _Watcher:
    """Tells a line now and then on standard error."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def objects(self, kind: str, copied: int, compared: int) -> None:
        if copied % _TELL_EVERY == 0:
            key = "move_compared" if compared else "move_copied"
            self._session.remark(key, count=copied, kind=self._session.messages.say(f"store_{kind}"))

    def rows(self, table: str, copied: int) -> None:
        self._session.remark("move_rows", count=copied, table=table)


@click.command("migrate-to")
@click.option(
    "--settings",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Settings of the office as it shall be.",
)
@click.option("--dry-run", is_flag=True, help="Count what would move and try the servers out; copy nothing.")
@click.option("--abandon", is_flag=True, help="Give an interrupted move up: the office opens where it was.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@pass_session
def migrate_to(session: Session, file: Path, dry_run: bool, abandon: bool, as_json: bool) -> None:
    """Moves records and objects to where the new settings say, and compares every row and every object.

    Stop the desk and the workers first. It may be interrupted and killed at any point: run it again and it
    goes on. Until it has ended, Sohoa does not start on this data folder; afterwards only with the new
    settings. What was moved stays where it was, untouched: delete it when you are sure.

    \b
    Example:
      sohoa migrate-to --settings servers.toml --dry-run
      sohoa migrate-to --settings servers.toml

    \b
    Exit codes: 0 moved, 3 a setting is wrong, 5 a store is away, or a copy differs: run it again.
    """
    target = load_settings(
        file=file, environment=os.environ, overrides={"data_dir": session.settings.data_dir}
    )
    move = Move(session.settings, target)
    if abandon:
        move.abandon()
        session.remark("move_abandoned")
        return
    report = move.rehearse() if dry_run else move.run(_Watcher(session))
    if as_json:
        session.print_json(_as_json(report))
    else:
        _print(session, report)


def _as_json(report: MoveReport) -> dict[str, object]:
    return {
        "rehearsal": report.is_rehearsal,
        "objects": {
            kind: {"count": each.count, "sha256": each.digest} for kind, each in report.objects.items()
        },
        "tables": dict(report.tables),
    }


def _print(session: Session, report: MoveReport) -> None:
    say = session.messages.say
    for kind, moved in report.objects.items():
        session.out.print(
            say("move_kind", kind=say(f"store_{kind}"), count=moved.count, digest=moved.digest[:16])
        )
    for table, told in report.tables.items():
        count, _, digest = told.partition(" ")
        session.out.print(say("move_table", table=table, count=count, digest=digest[:16]))
    session.out.print(say("move_rehearsed" if report.is_rehearsal else "move_done"))
