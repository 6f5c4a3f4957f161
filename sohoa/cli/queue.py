"""``sohoa queue``: what is waiting, and pausing a branch."""

from __future__ import annotations

import click
from rich.table import Table

from dossiers.codes.agency_code import AgencyCode
from dossiers.queue_ports import QueueLine
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now


@click.group()
def queue() -> None:
    """Shows what is waiting; pauses and resumes the reading of a branch.

    \b
    Examples:
      sohoa queue show
      sohoa queue pause H29.119
      sohoa queue resume H29.119
    """


@queue.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def show(session: Session, as_json: bool) -> None:
    """Shows open work by branch, counter before batch, and paused branches.

    \b
    Examples:
      sohoa queue show
      sohoa queue show --json
    """
    with session.open() as application, application.records.transaction() as work:
        lines, paused = work.queue.lines(utc_now()), dict(work.queue.paused())
    if as_json:
        told = {"lines": [_as_json(line) for line in lines], "paused": sorted(paused)}
        session.print_json(told)
        return
    say = session.messages.say
    table = Table()
    for key in ("branch", "queue_class", "queue_waiting", "queue_in_hand", "queue_since", "queue_state"):
        table.add_column(say(key), overflow="fold")
    for line in lines:
        since = f"{line.oldest_due_at.astimezone():%d/%m/%Y %H:%M:%S}" if line.oldest_due_at else ""
        state = say("queue_paused" if line.branch in paused else "queue_running")
        kind = say(f"queue_{line.priority.value}")
        table.add_row(
            line.branch,
            kind,
            str(line.waiting),
            str(line.in_hand),
            since,
            state,
        )
    for branch in sorted(set(paused) - {line.branch for line in lines}):
        table.add_row(branch, "", "0", "0", "", say("queue_paused"))
    session.out.print(table)


@queue.command()
@click.argument("branch")
@pass_session
def pause(session: Session, branch: str) -> None:
    """Lets nothing more of a branch begin; pages are still received and receipts printed.

    \b
    Example:
      sohoa queue pause H29.119
    """
    agency = str(AgencyCode.parse(branch))
    with session.open() as application, application.records.transaction() as work:
        work.queue.pause(agency, utc_now())
    session.remark("queue_was_paused", branch=agency)


@queue.command()
@click.argument("branch")
@pass_session
def resume(session: Session, branch: str) -> None:
    """Lets the work of a branch go on.

    \b
    Example:
      sohoa queue resume H29.119
    """
    agency = str(AgencyCode.parse(branch))
    with session.open() as application, application.records.transaction() as work:
        work.queue.resume(agency)
    session.remark("queue_was_resumed", branch=agency)


def _as_json(line: QueueLine) -> dict[str, object]:
    return {
        "branch": line.branch,
        "class": line.priority.value,
        "waiting": line.waiting,
        "in_hand": line.in_hand,
        "oldest_due_at": line.oldest_due_at.isoformat() if line.oldest_due_at else None,
    }
