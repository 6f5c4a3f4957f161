"""Where a dossier stands once something about its documents or slots has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dossiers.document import Document, DocumentState
from dossiers.dossier import DigitizationState, Dossier
from dossiers.ports import UnitOfWork
from dossiers.slot import Slot, SlotRule, missing
from dossiers.slot_filling import fill_slots

#: Returns the checklist of a dossier: what its procedure asked for on the day it was opened.
Checklist = Callable[[Dossier], Sequence[SlotRule]]


def rules_of(work: UnitOfWork, dossier: Dossier, checklist: Checklist) -> Sequence[SlotRule]:
    """The checklist that counts: a dossier with a case keeps the one it was opened with."""
    if work.cases.find(dossier.dossier_id) is None:
        return checklist(dossier)
    return tuple(slot.rule for slot in work.dossiers.slots(dossier.dossier_id))


def settle(work: UnitOfWork, dossier: Dossier, rules: Sequence[SlotRule], *, is_filed: bool = False) -> None:
    """Fills the slots anew and saves how far the dossier is.

    Args:
        work: the transaction.
        dossier: as it is in the records.
        rules: the checklist that counts.
        is_filed: whether its documents have just been cut; a dossier that is still being received stays so
            until then.

    Raises:
        StaleVersion: somebody saved the dossier since it was read.
    """
    dossier_id = dossier.dossier_id
    documents = work.documents.of_dossier(dossier_id)
    slots = fill_slots(
        rules,
        documents,
        owner_number=dossier.citizen_number,
        present=work.dossiers.slots(dossier_id),
    )
    work.dossiers.set_slots(dossier_id, slots)
    if dossier.state is DigitizationState.RECEIVING and not is_filed:
        return
    owned = {page_id for document in documents for page_id in document.page_ids}
    is_unsure = any(document.needs_clerk for document in documents)
    is_lost = any(page.page_id not in owned for page in work.pages.of_dossier(dossier_id))
    is_done = not (is_unsure or is_lost or still_missing(work, dossier_id, slots))
    state = DigitizationState.COMPLETE if is_done else DigitizationState.NEEDS_CLERK
    work.dossiers.save(dossier.moved(state))


def still_missing(work: UnitOfWork, dossier_id: str, slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Required slots that nothing fills and that no reuse has settled."""
    reused = reused_slots(work, dossier_id)
    return tuple(slot for slot in missing(slots) if slot.rule.key not in reused)


def reused_slots(work: UnitOfWork, dossier_id: str) -> Mapping[str, str]:
    """From where the paper of a slot is taken that the citizen is not asked for, by slot key."""
    decisions = work.decisions.of_dossier(dossier_id)
    return {each.slot_key: each.origin for each in decisions if each.is_saved}


def confirmed_pages(documents: Sequence[Document]) -> frozenset[str]:
    """Pages of documents that a clerk confirmed: they are not cut anew."""
    return frozenset(
        page_id
        for document in documents
        if document.state is DocumentState.CONFIRMED
        for page_id in document.page_ids
    )
