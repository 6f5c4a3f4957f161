"""What happens with a receipt: the dossier is taken in, the classifier learns, the ticket has ended."""

from __future__ import annotations

from dossiers.document import DocumentState
from dossiers.document_types import UNKNOWN
from dossiers.dossier import Dossier
from reception.services import DeskServices


def take_in(desk: DeskServices, dossier: Dossier, by: str, branch: str, *, incomplete: bool) -> str:
    """Takes a dossier in and prints its receipt; again, it prints it anew.

    Returns:
        The key of the receipt among the derivatives, a PDF.

    Raises:
        AgainstRule: PAPERS_MISSING, main papers are missing and ``incomplete`` is not said.
    """
    key = desk.counter_desk.take_in(dossier.dossier_id, by, incomplete=incomplete)
    _learn(desk, dossier)
    ticket = desk.tickets.of_dossier(branch, dossier.dossier_id)
    if ticket is not None and ticket.served_at is None:
        desk.tickets.serve(ticket.ticket_id, dossier.dossier_id)
    return key


def _learn(desk: DeskServices, dossier: Dossier) -> None:
    """What a clerk named is final with the receipt: the classifier learns from it."""
    with desk.records.transaction() as work:
        named = {
            page.page_id: page.named_type
            for page in work.pages.of_dossier(dossier.dossier_id)
            if page.named_type not in ("", UNKNOWN)
        }
        documents = [
            each
            for each in work.documents.of_dossier(dossier.dossier_id)
            if each.state is DocumentState.PROPOSED and named.get(each.page_ids[0]) == each.type_id
        ]
    for document in documents:
        desk.learning.confirm_type(document.document_id, document.type_id)
