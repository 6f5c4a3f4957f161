"""Cuts a stack of pages into documents.

Pages stay in order and every page belongs to exactly one document. The two sides of a card are joined, blank
backs follow their front page, later pages follow their first page. The cut is a function of the readings
alone: the same readings always give the same documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from classifiers.merging import disagreements, merge_fields
from dossiers.document import PAGE_NEEDS_PERSON
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.proposal import DocumentProposal
from dossiers.reading import CopyKind, FieldValue, Outcome, PageReading

#: Papers of one sheet: a page without a head after them is something else.
ONE_PAGE: Final = frozenset(
    {"giay_khai_sinh", "giay_khai_sinh_ban_sao", "trich_luc_khai_sinh", "giay_chung_sinh", "gcn_ket_hon",
     "xn_tinh_trang_hon_nhan", "trich_luc_khai_tu", "giay_bao_tu", "bang_tot_nghiep", "giay_phep_lai_xe"}
)  # fmt: skip
#: Later pages of these look alike; the first page decides which of them the document is.
OFFICIAL: Final = frozenset({"quyet_dinh", "cong_van", "van_ban_khac"})
CONTRACTS: Final = frozenset({"hop_dong_chuyen_quyen", "giay_uy_quyen"})
#: Old papers that no longer prove identity or residence, though they are still received.
_NO_LONGER_VALID: Final = frozenset({"cmnd", "so_ho_khau"})


@dataclass(slots=True)
class _Open:
    """A document while pages are still being added."""

    type_id: str
    positions: list[int] = field(default_factory=list)
    sides: set[str] = field(default_factory=set)
    last_number: int | None = None

    @property
    def wants_side(self) -> bool:
        return len(self.sides) == 1


class StreamSegmenter:
    """Proposes the documents of a stack."""

    name = "stream/1"

    def assemble(self, readings: Sequence[PageReading]) -> tuple[DocumentProposal, ...]:
        """Cuts the stack.

        Args:
            readings: the pages in the order of the stack.

        Returns:
            Documents in the order of their first page; together they hold every position exactly once.
        """
        documents: list[_Open] = []
        leading_blanks: list[int] = []
        for position, reading in enumerate(readings):
            if _is_blank(reading):
                (documents[-1].positions if documents else leading_blanks).append(position)
                continue
            target = _document_for(reading, documents, readings)
            if target is None:
                target = _Open(type_id=_document_type(reading))
                documents.append(target)
            _add(target, position, reading)
        if documents:
            documents[0].positions[:0] = leading_blanks
        elif leading_blanks:
            documents.append(_Open(type_id=BLANK, positions=leading_blanks))
        return tuple(_propose(document, readings) for document in documents)


def _is_blank(reading: PageReading) -> bool:
    return reading.outcome is Outcome.BLANK or reading.classification.type_id == BLANK


def _document_type(reading: PageReading) -> str:
    """A card's document carries the id of its front."""
    type_id = reading.classification.type_id
    return _front_of(type_id) or type_id


def _front_of(type_id: str) -> str:
    kind = DOCUMENT_TYPES.get(type_id)
    return kind.joins if kind is not None else ""


def _is_card_side(type_id: str) -> bool:
    fronts = {kind.joins for kind in DOCUMENT_TYPES.values() if kind.joins}
    return type_id in fronts or bool(_front_of(type_id))


def _add(document: _Open, position: int, reading: PageReading) -> None:
    document.positions.append(position)
    if not reading.text.strip() and len(document.positions) > 1:
        return
    if _is_card_side(reading.classification.type_id):
        document.sides.add(reading.classification.type_id)
    known = document.last_number or len(document.positions) - 1
    document.last_number = reading.page_number or known + 1


def _document_for(
    reading: PageReading, documents: Sequence[_Open], readings: Sequence[PageReading]
) -> _Open | None:
    """Finds the document that a page continues; ``None`` where it opens a new one."""
    type_id = reading.classification.type_id
    if _is_card_side(type_id):
        return _card_for(reading, documents, readings)
    if not documents:
        return None
    if reading.outcome is Outcome.NEEDS_PERSON and not reading.text.strip():
        return documents[-1]  # a dirty back, a drawing, a photo: nothing on it opens a document
    return documents[-1] if _continues(reading, documents[-1]) else None


def _card_for(
    reading: PageReading, documents: Sequence[_Open], readings: Sequence[PageReading]
) -> _Open | None:
    """The card just before that lacks this side, else an earlier one with the same personal number."""
    type_id, number = reading.classification.type_id, _number(reading.fields)
    own_type = _document_type(reading)
    waiting = [
        document
        for document in documents
        if document.type_id == own_type and document.wants_side and type_id not in document.sides
    ]
    for document in reversed(waiting):
        known = _number([value for at in document.positions for value in readings[at].fields])
        is_adjacent = document is documents[-1]
        if is_adjacent and (known is None or number is None or known == number):
            return document
        if known is not None and known == number:
            return document
    return None


def _number(fields: Sequence[FieldValue]) -> str | None:
    """The surest personal number: only a code's or a machine zone's is sure enough to keep sides apart."""
    for value in merge_fields([each for each in fields if each.name == "personal_number"]):
        if value.value is not None and (value.source.value in {"qr", "mrz"} or value.confidence >= 0.9):
            return value.value
    return None


def _continues(reading: PageReading, last: _Open) -> bool:
    found = reading.classification
    if _is_card_side(last.type_id) or found.is_first_page:
        return False
    number, expected = reading.page_number, (last.last_number or len(last.positions)) + 1
    if number == 1:
        return False
    if number is not None and number == expected:
        return last.type_id != UNKNOWN or found.type_id == UNKNOWN
    if found.type_id == UNKNOWN:
        return number is None and last.type_id not in ONE_PAGE | {UNKNOWN} and bool(reading.text.strip())
    return _goes_with(found.type_id, last.type_id)


def _goes_with(later: str, first: str) -> bool:
    """Whether a page that looks like one type may be a later page of a document of another."""
    if later == first:
        return True
    if later in OFFICIAL:
        return first in OFFICIAL
    return later in CONTRACTS and first in CONTRACTS


def _propose(document: _Open, readings: Sequence[PageReading]) -> DocumentProposal:
    pages = [readings[at] for at in document.positions]
    leading = next((page for page in pages if not _is_blank(page)), pages[0])
    values = [value for page in pages for value in page.fields]
    return DocumentProposal(
        type_id=document.type_id,
        positions=tuple(_ordered(document, readings)),
        confidence=leading.classification.confidence,
        evidence=leading.classification.evidence,
        copy_kind=_copy_kind(pages),
        fields=merge_fields(values),
        issues=_issues(document, values, pages),
    )


def _ordered(document: _Open, readings: Sequence[PageReading]) -> list[int]:
    """Ascending, a card's front first."""
    return sorted(
        document.positions,
        key=lambda at: (bool(document.sides) and readings[at].classification.type_id != document.type_id, at),
    )


def _copy_kind(pages: Sequence[PageReading]) -> CopyKind:
    kinds = [page.classification.copy_kind for page in pages if not _is_blank(page)]
    for kind in (CopyKind.CERTIFIED_COPY, CopyKind.EXTRACT_COPY, CopyKind.ORIGINAL):
        if kind in kinds:
            return kind
    return CopyKind.UNKNOWN


def _issues(document: _Open, values: Sequence[FieldValue], pages: Sequence[PageReading]) -> tuple[str, ...]:
    issues = list(disagreements(values))
    if document.wants_side:
        issues.append("BACK_MISSING" if document.type_id in document.sides else "FRONT_MISSING")
    if any(page.outcome is Outcome.NEEDS_PERSON for page in pages):
        issues.append(PAGE_NEEDS_PERSON)
    if document.type_id in _NO_LONGER_VALID:
        issues.append("NO_LONGER_VALID")
    return tuple(issues)
