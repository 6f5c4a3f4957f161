"""``sohoa assign``: a clerk fills a slot, empties it, or leaves it to the program again."""

from __future__ import annotations

import click

from dossiers.placing import Placing
from sohoa.cli.changed import show_changed
from sohoa.cli.chosen import chosen_document, chosen_slot
from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now
from sohoa.report import report_on


@click.command()
@click.argument("code")
@click.option("--slot", required=True, help="Key of the slot, or its place in the checklist (1, 2, …).")
@click.option("--document", type=int, help="Number of the document, as sohoa show prints it.")
@click.option("--page", type=int, help="Number of a page of the document instead.")
@click.option("--empty", is_flag=True, help="Take the document out of the slot and leave the slot empty.")
@click.option("--unpin", is_flag=True, help="Leave the slot to the program again.")
@click.option("--json", "as_json", is_flag=True, help="Print the dossier as JSON afterwards.")
@pass_session
def assign(
    session: Session,
    code: str,
    slot: str,
    document: int | None,
    page: int | None,
    empty: bool,
    unpin: bool,
    as_json: bool,
) -> None:
    """Puts a document of the dossier CODE into a slot of its checklist.

    What is placed here stays when the dossier is filed again, until --unpin.

    \b
    Examples:
      sohoa assign H29.119-250701-0001 --document 3 --slot 2
      sohoa assign H29.119-250701-0001 --page 5 --slot 2
      sohoa assign H29.119-250701-0001 --slot 2 --empty
      sohoa assign H29.119-250701-0001 --slot 2 --unpin
    """
    if sum((document is not None, page is not None, empty, unpin)) != 1:
        raise click.UsageError("give exactly one of --document, --page, --empty and --unpin")
    with session.open() as application:
        records = application.records
        dossier = find_dossier(records, code)
        report = report_on(records, dossier.dossier_id, application.procedure_name(dossier))
        key = chosen_slot(report, slot).rule.key
        placing = Placing(records=records, clock=utc_now)
        if unpin:
            placing.release_slot(dossier.dossier_id, key)
        else:
            chosen = None if empty else chosen_document(report, document, page)
            placing.pin_slot(dossier.dossier_id, key, chosen.document_id if chosen else None)
        show_changed(session, application, dossier, as_json=as_json)
