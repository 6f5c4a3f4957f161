"""Pieces that the tests of the domain share: memory stores, plain readings, an inspector of made-up files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

import pytest

from dossiers.document_types import UNKNOWN
from dossiers.errors import InputCode, InputError
from dossiers.filing import Filing
from dossiers.intake import Intake
from dossiers.opening import Opening
from dossiers.ports import Inspection
from dossiers.proposal import DocumentProposal
from dossiers.reading import Classification, CopyKind, Outcome, PageReading
from dossiers.slot import SlotRule
from dossiers.testing import FixedClock, MemoryObjectStore, MemoryRecordStore


class LettersInspector:
    """A file of n letters has n pages; one that begins with ``!`` is damaged."""

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        if content.startswith(b"!"):
            raise InputError(InputCode.DAMAGED)
        return Inspection(media_type="image/png", page_count=len(content), flags=(suffix,))


class PageByPage:
    """Makes every page a document of the type it shows."""

    def assemble(
        self, readings: Sequence[PageReading], expected: Collection[str] = ()
    ) -> tuple[DocumentProposal, ...]:
        return tuple(
            DocumentProposal(
                type_id=reading.classification.type_id,
                positions=(position,),
                confidence=reading.classification.confidence,
                evidence="",
                copy_kind=CopyKind.UNKNOWN,
                fields=reading.fields,
            )
            for position, reading in enumerate(readings)
        )


def reading_of(type_id: str = "ct01", confidence: float = 0.9, text: str = "Tờ khai") -> PageReading:
    return PageReading(
        outcome=Outcome.READ,
        classification=Classification(
            type_id=type_id, confidence=confidence, evidence="", is_first_page=True
        ),
        fields=(),
        text=text,
        page_number=None,
        rotated_degrees=0,
        skew_degrees=0.0,
        confidence=0.9,
        has_seal=False,
        issues=(),
        engine="test",
        pipeline_version="0",
        seconds=0.0,
    )


class Office:
    """One wired domain over memory."""

    def __init__(self) -> None:
        self.clock = FixedClock(datetime(2026, 11, 22, 3, 0, tzinfo=UTC))
        self.records = MemoryRecordStore()
        self.originals = MemoryObjectStore()
        self.quarantine = MemoryObjectStore()
        self.intake = Intake(
            records=self.records,
            originals=self.originals,
            quarantine=self.quarantine,
            inspector=LettersInspector(),
            clock=self.clock,
        )
        self.rules: tuple[SlotRule, ...] = ()
        self.filing = Filing(
            records=self.records,
            segmenter=PageByPage(),
            checklist=lambda _: self.rules,
            clock=self.clock,
        )

    def open(self, key: str = "k1") -> str:
        opening = Opening(
            agency="H29.119", intake_key=key, procedure_code="1.004222", citizen_number=None, title="t"
        )
        return self.intake.open_dossier(opening).dossier_id

    def lease(self, task_id: str):
        now = self.clock()
        with self.records.transaction() as work:
            return work.tasks.lease(task_id, "me", now, now.replace(hour=23))

    def due(self, kind: str) -> list[str]:
        now = self.clock()
        with self.records.transaction() as work:
            return [t.task_id for t in work.tasks.due(now, rung_before=now, limit=100) if t.kind == kind]

    def read_all(self, reading_for: Callable[[int], PageReading] = lambda _: reading_of()) -> None:
        for number, task_id in enumerate(self.due("read_page")):
            self.filing.record_reading(self.lease(task_id), "effect", reading_for(number), "key")

    def file_all(self) -> None:
        for task_id in self.due("file_dossier"):
            self.filing.file_dossier(self.lease(task_id))


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def make_reading() -> Callable[..., PageReading]:
    return reading_of


@pytest.fixture
def unknown() -> str:
    return UNKNOWN
