"""Learning from clerks: a confirmed or corrected type becomes a training example of each of its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dossiers.document import Document, DocumentState
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from dossiers.ports import Clock, ObjectStore, RecordStore, UnitOfWork
from dossiers.reading import Outcome, PageReading
from dossiers.training_example import TrainingExample

#: Types that nothing is learned from.
_NOT_LEARNED: Final = frozenset({BLANK, UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedPage:
    """A page with the type it was confirmed to have; ``artefact`` is its full result as stored."""

    page_id: str
    dossier_id: str
    type_id: str
    reading: PageReading
    artefact: bytes


#: Puts a page into numbers.
Describe = Callable[[ConfirmedPage], str]


class Learning:
    """The use case of confirming types."""

    def __init__(
        self, *, records: RecordStore, derivatives: ObjectStore, describe: Describe, clock: Clock
    ) -> None:
        self._records = records
        self._derivatives = derivatives
        self._describe = describe
        self._clock = clock

    def confirm_type(self, document_id: str, type_id: str) -> Document:
        """Notes that a clerk says what a document is, and learns from its pages; may be repeated.

        Raises:
            RecordError: ``NOT_FOUND``, no such document or type.
            IllegalMove: the document was withdrawn, or confirmed as another type.
        """
        if type_id not in DOCUMENT_TYPES or type_id in _NOT_LEARNED:
            raise RecordError(
                "NOT_FOUND", vi="Không có loại giấy tờ này.", en=f"there is no document type {type_id}"
            )
        with self._records.transaction() as work:
            document = work.documents.get(document_id)
            known = [(page_id, work.pages.reading(page_id)) for page_id in document.page_ids]
        # Making numbers of pages takes time: not inside a transaction.
        examples = [
            self._example(document, page_id, _side(document, place, type_id), *found)
            for place, (page_id, found) in enumerate(known)
            if found is not None and found[0].outcome is not Outcome.BLANK
        ]
        with self._records.transaction() as work:
            confirmed = _confirmed(work, document_id, type_id)
            for example in examples:
                work.examples.put(example)
            self._note(work, EventKind.TYPE_CONFIRMED, confirmed, type_id)
        return confirmed

    def examples(self) -> Sequence[TrainingExample]:
        """Every example, in the order in which they were first stored."""
        with self._records.transaction() as work:
            return tuple(work.examples.all())

    def erase_dossier(self, dossier_id: str) -> int:
        """Erases the examples of a dossier; returns how many there were."""
        with self._records.transaction() as work:
            return work.examples.erase_dossier(dossier_id)

    def erase_person(self, citizen_number: str) -> int:
        """Erases the examples of every dossier that is of a person or names the person on a document.

        Args:
            citizen_number: twelve digits.

        Returns:
            How many there were.
        """
        with self._records.transaction() as work:
            return work.examples.erase_person(citizen_number)

    def _example(
        self, document: Document, page_id: str, type_id: str, reading: PageReading, artefact_key: str
    ) -> TrainingExample:
        page = ConfirmedPage(
            page_id=page_id,
            dossier_id=document.dossier_id,
            type_id=type_id,
            reading=reading,
            artefact=self._derivatives.get(artefact_key),
        )
        return TrainingExample(
            page_id=page_id,
            dossier_id=document.dossier_id,
            type_id=type_id,
            features=self._describe(page),
            confirmed_at=self._clock(),
        )

    def _note(self, work: UnitOfWork, kind: EventKind, document: Document, detail: str) -> None:
        work.events.append(
            Event(
                kind=kind,
                dossier_id=document.dossier_id,
                subject_id=document.document_id,
                at=self._clock(),
                detail=detail,
            )
        )


def _confirmed(work: UnitOfWork, document_id: str, type_id: str) -> Document:
    present = work.documents.get(document_id)
    if present.state is DocumentState.CONFIRMED and present.type_id == type_id:
        return present
    confirmed = replace(present.moved(DocumentState.CONFIRMED), type_id=type_id, confidence=1.0)
    others = work.documents.of_dossier(present.dossier_id)
    work.documents.replace_proposed(
        present.dossier_id, [confirmed if each.document_id == document_id else each for each in others]
    )
    return confirmed


def _side(document: Document, place: int, type_id: str) -> str:
    """The type of one page: the second side of a card has a type of its own."""
    backs = [each.type_id for each in DOCUMENT_TYPES.values() if each.joins == type_id]
    return backs[0] if backs and place == 1 and len(document.page_ids) == 2 else type_id
