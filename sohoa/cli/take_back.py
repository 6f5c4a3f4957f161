"""``sohoa take-back``: a page that was set aside becomes a paper of its dossier."""

from __future__ import annotations

import click

from dossiers.taking_back import TakingBack
from sohoa.cli.changed import show_changed
from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now
from sohoa.digitization import read_dossier


@click.command("take-back")
@click.argument("code")
@click.argument("place", type=click.IntRange(1))
@click.option("--no-read", is_flag=True, help="Leave reading to the workers of another command.")
@click.option("--json", "as_json", is_flag=True, help="Print the dossier as JSON afterwards.")
@pass_session
def take_back(session: Session, code: str, place: int, no_read: bool, as_json: bool) -> None:
    """Makes page PLACE of those set aside in the dossier CODE one of its papers.

    sohoa show numbers the pages that are set aside: separator sheets and their backs. A page that was taken
    for one by mistake becomes the last page of the dossier and is read like any other.

    \b
    Example:
      sohoa take-back H29.119-250701-0001 2
    """
    with session.open() as application:
        dossier = find_dossier(application.records, code)
        taking = TakingBack(records=application.records, clock=utc_now)
        page = taking.take_back(dossier.dossier_id, place)
        session.remark("taken_back", place=place, number=page.number, code=dossier.code)
        if not no_read:
            session.remark("reading")
            read_dossier(application, dossier)
        show_changed(session, application, dossier, as_json=as_json)
