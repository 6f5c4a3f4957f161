"""Placing: what a clerk says about the slots of a dossier, and what follows when a type is confirmed.

Rule: a clerk has the last word; filing again leaves what was placed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.document import Document
from dossiers.dossier import DigitizationState
from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from dossiers.page import PageState
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.settling import still_missing
from dossiers.slot import Slot
from dossiers.slot_filling import fill_slots


class Placing:
    """The use case of putting documents into slots by hand; every method may be repeated."""

    def __init__(self, *, records: RecordStore, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    def pin_slot(self, dossier_id: str, key: str, document_id: str | None) -> None:
        """Notes that a clerk put a document into a slot, or took it out (``None``); filing again keeps it.

        Another slot that held the document is left empty and to be filled anew.

        Raises:
            RecordError: ``NOT_FOUND``, there is no such dossier, slot or document in it.
        """
        with self._records.transaction() as work:
            slots = _slots_with(work, dossier_id, key)
            if document_id is not None:
                _document(work, dossier_id, document_id)
            self._fill(work, dossier_id, [_repinned(slot, key, document_id) for slot in slots])
            self._note(work, EventKind.SLOT_PINNED, dossier_id, document_id or key, key)

    def release_slot(self, dossier_id: str, key: str) -> None:
        """Leaves a slot to the program again: it is filled anew by what the documents are.

        Raises:
            RecordError: ``NOT_FOUND``, there is no such dossier or slot in it.
        """
        with self._records.transaction() as work:
            slots = _slots_with(work, dossier_id, key)
            present = [
                slot if slot.rule.key != key else Slot(rule=slot.rule, document_id=None) for slot in slots
            ]
            self._fill(work, dossier_id, present)
            self._note(work, EventKind.SLOT_RELEASED, dossier_id, key, key)

    def refill(self, dossier_id: str) -> None:
        """Fills the slots anew after the types of documents were confirmed.

        Raises:
            RecordError: ``NOT_FOUND``, there is no such dossier.
        """
        with self._records.transaction() as work:
            self._fill(work, dossier_id, work.dossiers.slots(dossier_id))

    def _fill(self, work: UnitOfWork, dossier_id: str, present: Sequence[Slot]) -> None:
        """Fills the slots, files the pages of documents that need nobody any more, and notes the state."""
        dossier, documents = work.dossiers.get(dossier_id), work.documents.of_dossier(dossier_id)
        rules = [slot.rule for slot in present]
        slots = fill_slots(rules, documents, owner_number=dossier.citizen_number, present=present)
        work.dossiers.set_slots(dossier_id, slots)
        sure = {document.document_id for document in documents if not document.needs_clerk}
        pages = work.pages.of_dossier(dossier_id)
        for page in pages:
            if page.state is PageState.IN_REVIEW and page.document_id in sure:
                work.pages.save(page.moved(PageState.FILED, page.document_id))
        if dossier.state is not DigitizationState.RECEIVING:
            placed = {page_id for document in documents for page_id in document.page_ids}
            is_done = (
                len(sure) == len(documents)
                and all(page.page_id in placed for page in pages)
                and not still_missing(work, dossier_id, slots)
            )
            state = DigitizationState.COMPLETE if is_done else DigitizationState.NEEDS_CLERK
            if state is not dossier.state:
                work.dossiers.save(dossier.moved(state))

    def _note(self, work: UnitOfWork, kind: EventKind, dossier_id: str, subject_id: str, detail: str) -> None:
        work.events.append(
            Event(kind=kind, dossier_id=dossier_id, subject_id=subject_id, at=self._clock(), detail=detail)
        )


def _slots_with(work: UnitOfWork, dossier_id: str, key: str) -> Sequence[Slot]:
    slots = work.dossiers.slots(work.dossiers.get(dossier_id).dossier_id)
    if key not in {slot.rule.key for slot in slots}:
        raise RecordError(
            "NOT_FOUND",
            vi="Không tìm thấy thành phần này trong hồ sơ.",
            en=f"the dossier has no slot {key}",
        )
    return slots


def _document(work: UnitOfWork, dossier_id: str, document_id: str) -> Document:
    for document in work.documents.of_dossier(dossier_id):
        if document.document_id == document_id:
            return document
    raise RecordError(
        "NOT_FOUND",
        vi="Không tìm thấy giấy tờ này trong hồ sơ.",
        en=f"the dossier has no document {document_id}",
    )


def _repinned(slot: Slot, key: str, document_id: str | None) -> Slot:
    if slot.rule.key == key:
        return Slot(rule=slot.rule, document_id=document_id, is_pinned=True)
    if document_id is not None and slot.document_id == document_id:
        return Slot(rule=slot.rule, document_id=None)
    return slot
