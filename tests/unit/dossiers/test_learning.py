"""A clerk's word becomes a training example of every page, and is forgotten with the dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dossiers.document import Document, DocumentState
from dossiers.dossier import Dossier
from dossiers.errors import RecordError
from dossiers.events import EventKind
from dossiers.learning import ConfirmedPage, Learning
from dossiers.page import Page, ReceivedFile
from dossiers.reading import Classification, CopyKind, Outcome, PageReading
from dossiers.testing import MemoryObjectStore, MemoryRecordStore

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def reading(outcome: Outcome = Outcome.READ) -> PageReading:
    return PageReading(
        outcome=outcome,
        classification=Classification(type_id="unknown", confidence=1, evidence="", is_first_page=True),
        fields=(), text="GIẤY BÁO TỬ", page_number=None, rotated_degrees=0, skew_degrees=0.0, confidence=1.0,
        has_seal=False, issues=(), engine="none", pipeline_version="1", seconds=0.0,
    )  # fmt: skip


@pytest.fixture
def records() -> MemoryRecordStore:
    return MemoryRecordStore()


@pytest.fixture
def learning(records: MemoryRecordStore) -> Learning:
    """One dossier, one document of three pages, the last of them blank."""
    objects = MemoryObjectStore()
    key = objects.put_once(b"full result")
    with records.transaction() as work:
        work.dossiers.add(
            Dossier(
                dossier_id="d", code="H29.119-260302-0001", intake_key="i", procedure_code=None,
                citizen_number="003090123456", title="t", opened_at=NOW,
            )
        )  # fmt: skip
        work.dossiers.add_file(
            ReceivedFile(
                file_id="f", dossier_id="d", receipt_key="r", name="a.pdf", original_key=key,
                media_type="application/pdf", byte_count=1, page_count=3, flags=(), received_at=NOW,
            )
        )  # fmt: skip
        for number, outcome in enumerate((Outcome.READ, Outcome.READ, Outcome.BLANK), start=1):
            page_id = f"p{number}"
            work.pages.add(
                Page(
                    page_id=page_id, dossier_id="d", file_id="f", original_key=key,
                    index=number - 1, number=number,
                )
            )  # fmt: skip
            work.pages.add_reading(page_id, "e", reading(outcome), key)
        work.documents.replace_proposed("d", [_document("a", "p1", "p2", "p3")])

    def describe(page: ConfirmedPage) -> str:
        assert page.artefact == b"full result"
        return f"{page.page_id} is {page.type_id}"

    return Learning(records=records, derivatives=objects, describe=describe, clock=lambda: NOW)


def _document(document_id: str, *page_ids: str) -> Document:
    return Document(
        document_id=document_id, dossier_id="d", ordinal=1, type_id="unknown", page_ids=page_ids,
        confidence=0.4, evidence="", copy_kind=CopyKind.UNKNOWN, fields=(), issues=(),
    )  # fmt: skip


def test_a_correction_is_kept_and_learned_from(learning: Learning, records: MemoryRecordStore) -> None:
    confirmed = learning.confirm_type("a", "giay_bao_tu")
    assert (confirmed.type_id, confirmed.state) == ("giay_bao_tu", DocumentState.CONFIRMED)
    assert [each.features for each in learning.examples()] == ["p1 is giay_bao_tu", "p2 is giay_bao_tu"]
    with records.transaction() as work:
        assert work.documents.get("a") == confirmed
        assert work.events.of_dossier("d")[-1].kind is EventKind.TYPE_CONFIRMED


def test_confirming_twice_changes_nothing(learning: Learning) -> None:
    once = learning.confirm_type("a", "giay_bao_tu")
    assert learning.confirm_type("a", "giay_bao_tu") == once
    assert len(learning.examples()) == 2


def test_the_second_side_of_a_card_is_its_back(learning: Learning, records: MemoryRecordStore) -> None:
    with records.transaction() as work:
        work.documents.replace_proposed("d", [replace(_document("c", "p1", "p2"))])
    learning.confirm_type("c", "cccd_front")
    assert [each.type_id for each in learning.examples()] == ["cccd_front", "cccd_back"]


@pytest.mark.parametrize("type_id", ["unknown", "blank", "no_such_type"])
def test_nothing_is_learned_of_what_is_no_type(learning: Learning, type_id: str) -> None:
    with pytest.raises(RecordError, match="NOT_FOUND"):
        learning.confirm_type("a", type_id)
    assert not learning.examples()


def test_examples_are_erased_with_the_dossier_and_the_person(learning: Learning) -> None:
    learning.confirm_type("a", "giay_bao_tu")
    assert learning.erase_person("003090999999") == 0
    assert learning.erase_person("003090123456") == 2
    learning.confirm_type("a", "giay_bao_tu")
    assert learning.erase_dossier("d") == 2
    assert not learning.examples()
