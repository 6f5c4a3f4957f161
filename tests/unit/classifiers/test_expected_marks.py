"""Seals and signatures that a document should carry, and when their absence is told."""

from __future__ import annotations

from typing import Any

import pytest

from classifiers.marks.expectations import SEAL_MISSING, SIGNATURE_MISSING, load_expectations
from classifiers.stream import StreamSegmenter
from dossiers.reading import Box, Classification, CopyKind, Mark, MarkKind, Outcome, PageReading

END = "Nội dung quyết định\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
EXPECTATIONS = load_expectations()


def _page(type_id: str, text: str = END, *kinds: MarkKind, **other: Any) -> PageReading:
    box = Box(left=0, top=0, right=9, bottom=9)
    given: dict[str, Any] = {"outcome": Outcome.READ, "engine": "tesseract", **other}
    return PageReading(
        classification=Classification(type_id=type_id, confidence=0.9, evidence="x", is_first_page=True),
        fields=(), text=text, page_number=None, rotated_degrees=0, skew_degrees=0.0, confidence=0.9,
        has_seal=False, issues=(), pipeline_version="0", seconds=0.0,
        marks=tuple(Mark(kind=kind, box=box, confidence=0.9) for kind in kinds), **given,
    )  # fmt: skip


def _missing(page: PageReading, copy_kind: CopyKind = CopyKind.ORIGINAL) -> tuple[str, ...]:
    return EXPECTATIONS.missing(page.classification.type_id, copy_kind, [page])


def test_a_decision_without_seal_and_signature_lacks_both() -> None:
    assert _missing(_page("quyet_dinh")) == (SEAL_MISSING, SIGNATURE_MISSING)
    assert _missing(_page("quyet_dinh", END, MarkKind.SIGNATURE)) == (SEAL_MISSING,)
    assert _missing(_page("quyet_dinh", END, MarkKind.SIGNATURE, MarkKind.ROUND_SEAL)) == ()


def test_a_form_needs_a_signature_and_no_seal() -> None:
    assert _missing(_page("to_khai_khai_sinh", "Tôi cam đoan\nNgười yêu cầu")) == (SIGNATURE_MISSING,)


@pytest.mark.parametrize(
    "page",
    [
        _page("quyet_dinh", "Trang đầu, chưa có chỗ ký"),
        _page("quyet_dinh", END, MarkKind.E_SIGNATURE),
        _page("quyet_dinh", END, engine="pdf-text"),
        _page("quyet_dinh", END, outcome=Outcome.NEEDS_PERSON),
        _page("cccd_front", END),
    ],
    ids=["end not there", "signed electronically", "born digital", "unread", "a card"],
)
def test_nothing_is_missing_where_it_was_not_to_be_seen(page: PageReading) -> None:
    assert _missing(page) == ()


def test_a_certified_copy_of_anything_signed_needs_the_certifiers_seal() -> None:
    page = _page("to_khai_khai_sinh", "Người yêu cầu", MarkKind.SIGNATURE)
    assert _missing(page, CopyKind.CERTIFIED_COPY) == (SEAL_MISSING,)


def test_the_stream_tells_what_is_missing() -> None:
    (document,) = StreamSegmenter(EXPECTATIONS).assemble([_page("quyet_dinh")])
    assert document.issues == (SEAL_MISSING, SIGNATURE_MISSING)
