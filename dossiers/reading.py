"""What recognition says about one page: values only, proposed and not yet confirmed by anybody.

Nothing here may be reused for another dossier until a clerk has confirmed it. An empty
field is ``None``, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How reading one page ended."""

    READ = "read"
    BLANK = "blank"
    NEEDS_PERSON = "needs_person"  # nothing legible, or the engine gave up: a clerk must look


class CopyKind(StrEnum):
    """Whether the paper is an original or says of itself that it is a copy."""

    ORIGINAL = "original"
    EXTRACT_COPY = "ban_sao"  # (BẢN SAO) issued from the register
    CERTIFIED_COPY = "chung_thuc"  # carries a certification of copy
    UNKNOWN = "unknown"


class Source(StrEnum):
    """Where a value was read from; QR and MRZ beat OCR."""

    OCR = "ocr"
    QR = "qr"
    MRZ = "mrz"
    BARCODE = "barcode"
    PDF_TEXT = "pdf_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on the upright page, in pixels, origin top left; right and bottom are exclusive."""

    left: int
    top: int
    right: int
    bottom: int


class MarkKind(StrEnum):
    """What was put on a paper to prove it, or by hand."""

    ROUND_SEAL = "round_seal"
    EDGE_SEAL = "edge_seal"  # giáp lai: a strip of a seal at the paper's edge
    SIGNATURE = "signature"
    E_SIGNATURE = "e_signature"  # the printed look of an electronic signature
    COPY = "ban_sao"  # BẢN SAO, by print or stamp
    TRUE_COPY = "sao_y"  # SAO Y, SAO LỤC, TRÍCH SAO
    CERTIFIED_COPY = "certified_copy"  # CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH
    ARRIVAL_STAMP = "arrival_stamp"  # CÔNG VĂN ĐẾN
    HANDWRITING = "handwriting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Evidence seen on a page: a proposal, as everything recognised.

    Attributes:
        kind: what it is.
        box: where on the upright page.
        confidence: how sure it is that such a mark stands there, 0 to 1.
        text: the words that tell it, as read; empty for seals and pen strokes.
    """

    kind: MarkKind
    box: Box
    confidence: float
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A name, number or code that may have been misread; it is never changed without a clerk.

    Attributes:
        text: as read (NFC), without signs at its ends.
        alternatives: what it may be instead, likeliest first; empty where nothing better is known.
        box: where on the upright page.
        confidence: how sure the reading is, 0 to 1: that of its least sure word.
    """

    text: str
    alternatives: tuple[str, ...]
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One value found on a page.

    Attributes:
        name: field key of the document type, for example ``personal_number``.
        raw: the text as read (NFC).
        value: normalised: dates ISO ``YYYY-MM-DD``, personal numbers digits only, names as printed with
            white space collapsed; ``None`` where the field is printed but empty or dotted.
        box: where on the upright page, ``None`` for values that have no place (a QR payload part).
        confidence: 0 to 1.
        source: what it was read from.
        checks: names of rules and whether they held, for example ``("birth_year_matches", True)``.
        alternatives: what a doubtful value may be instead, likeliest first, written like ``value``.
    """

    name: str
    raw: str
    value: str | None
    box: Box | None
    confidence: float
    source: Source
    checks: tuple[tuple[str, bool], ...] = ()
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """Which document type a page shows.

    Attributes:
        type_id: an id of ``dossiers.document_types``; ``unknown`` where the classifier abstains.
        confidence: 0 to 1; for ``unknown`` how sure the classifier is that it cannot tell.
        evidence: the line of the page (or the mark) that decided, as read; empty for ``unknown``.
        is_first_page: whether this page opens a document of its type (``False``: a continuation).
        copy_kind: original or copy, as far as the page says so.
        method: name and version of what decided, for example ``rules/1``.
    """

    type_id: str
    confidence: float
    evidence: str
    is_first_page: bool
    copy_kind: CopyKind = CopyKind.UNKNOWN
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLook:
    """What lay on the glass, apart from what is printed on it.

    Attributes:
        width_mm: of the upright page.
        height_mm: of the upright page.
        filled: share of it that is dark or strongly coloured, 0 to 1: little on written paper, most of a
            cover or a picture.
    """

    width_mm: float
    height_mm: float
    filled: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """Everything that filing needs to know about one page.

    Attributes:
        outcome: how reading ended.
        classification: the type the page shows by itself, before its neighbours are considered.
        fields: values found, in reading order.
        text: plain text in reading order, NFC, lines separated by ``\\n``; empty for a blank page.
        page_number: the number printed on the page, if any (``2`` of ``Trang 2``), else ``None``.
        rotated_degrees: how far the original was turned clockwise to stand upright: 0, 90, 180 or 270.
        skew_degrees: the small angle that was taken out after that, positive = content had been turned
            clockwise; -15 to 15.
        confidence: the share of the letters that stand in rightly read words, as expected, 0 to 1; 0 where
            there is no word. Before pipeline version 4 the engine's own mean confidence.
        has_seal: whether a round red seal was seen.
        issues: stable codes of what a clerk should know, for example ``LOW_RESOLUTION``.
        engine: name, version and options of the OCR engine, for the record.
        pipeline_version: the version of the stages; part of the effect key.
        seconds: wall-clock seconds the reading took (a measurement, not part of the value's identity).
        doubts: names, numbers and codes that a clerk should look at, in reading order.
        marks: seals, signatures, marks of copies and zones written by hand, from top to bottom.
        look: size and cover of the paper; ``None`` in readings of earlier versions.
    """

    outcome: Outcome
    classification: Classification
    fields: tuple[FieldValue, ...]
    text: str
    page_number: int | None
    rotated_degrees: int
    skew_degrees: float
    confidence: float
    has_seal: bool
    issues: tuple[str, ...]
    engine: str
    pipeline_version: str
    seconds: float = field(compare=False)
    doubts: tuple[Doubt, ...] = ()
    marks: tuple[Mark, ...] = ()
    look: PaperLook | None = None
