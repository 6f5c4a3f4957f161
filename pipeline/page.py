"""The walk: from the bytes of a file to everything that is known about one of its pages.

Code readers run first, then the classifier, then the field extractors. A page that holds something but
cannot be read, or is read in part, ends as ``NEEDS_PERSON``; it is never silently empty.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Final

from dossiers.document_types import BLANK, UNKNOWN
from dossiers.reading import Classification, Doubt, FieldValue, Mark, Outcome, PageReading
from pipeline.confidence.assessment import assess
from pipeline.confidence.calibration import Calibration
from pipeline.confidence.decision import outcome_of, reading_issues
from pipeline.confidence.doubts import with_doubts
from pipeline.confidence.unread import Unread, find_unread
from pipeline.handwritten import without_guesses
from pipeline.image import PageImage
from pipeline.language.candidates import Knowledge
from pipeline.limits import Limits
from pipeline.look import look_of
from pipeline.page_number import find_page_number
from pipeline.page_result import PageResult
from pipeline.ports import Classifier, Extractor, MarkFinder, OcrEngine, ReadPage
from pipeline.recognition import Recognition, recognise_upright
from pipeline.stages.decode import DecodedPage, decode_page
from pipeline.stages.faint import find_faint
from pipeline.stages.glyphs import Glyphs, find_glyphs
from pipeline.stages.quality import measure_ink, picture_issues
from pipeline.stages.rasterise import is_scanned
from pipeline.stages.seal import find_seals
from pipeline.stages.text_layer import read_text_layer
from pipeline.stages.warp import Frame, placement_of, upright
from pipeline.text import PageText
from pipeline.version import PIPELINE_VERSION

#: Text from the PDF itself was not recognised by any engine.
_PDF_TEXT_ENGINE: Final = "pdf-text"
_NOTHING_UNREAD: Final = Unread()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTools:
    """What a page is read with; one thread.

    Attributes:
        engine: turns pixels into text.
        classifier: names the document type.
        code_extractors: readers of QR codes, barcodes and MRZ; run first.
        field_extractors: finders of printed values; run last.
        mark_finder: finds seals, signatures and handwriting; ``None`` looks for none.
        knowledge: what repairs the marks of recognised running text; ``None`` leaves every word as read.
        calibration: what turns the engine's confidences into probabilities; needs ``knowledge``, and without
            either the engine's own stay.
    """

    engine: OcrEngine
    classifier: Classifier
    code_extractors: tuple[Extractor, ...] = ()
    field_extractors: tuple[Extractor, ...] = ()
    knowledge: Knowledge | None = None
    calibration: Calibration | None = None
    mark_finder: MarkFinder | None = None


def read_page(
    content: bytes,
    index: int,
    tools: PageTools,
    limits: Limits | None = None,
    decoded: DecodedPage | None = None,
) -> PageResult:
    """Reads the page with 0-based ``index``; may be repeated.

    Args:
        content: bytes of the file.
        index: which page of it, from 0.
        tools: what it is read with.
        limits: bounds of incoming files; the published ones if omitted.
        decoded: the same page, where it is decoded already.

    Raises:
        InputError: the page cannot be decoded.
        EngineError: the OCR engine failed.
    """
    started = time.monotonic()
    limits = limits or Limits()
    decoded = decoded or decode_page(content, index, limits)
    layer = read_text_layer(content, index, decoded.image) if decoded.is_from_pdf else None
    if layer is not None:
        found = _Read(page=_as_it_stands(decoded.image, layer))
    else:
        found = _recognised(decoded.image, tools, limits)
    is_scan = layer is None and (not decoded.is_from_pdf or is_scanned(content, index))
    return _described(decoded, found, tools, is_pdf_text=layer is not None, is_scan=is_scan, started=started)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Read:
    """A page with what is known of how well it was read."""

    page: Recognition
    doubts: tuple[Doubt, ...] = ()
    unread: Unread = _NOTHING_UNREAD


def _recognised(image: PageImage, tools: PageTools, limits: Limits) -> _Read:
    glyphs = _glyphs_on(image)
    if glyphs is None:
        return _Read(page=_as_it_stands(image, _no_text(image)))
    found = recognise_upright(image, tools.engine, limits, glyphs)
    if tools.knowledge is None:
        return _Read(page=found, unread=find_unread(glyphs, found.text, found.placement))
    assessed = assess(found.text, tools.knowledge, tools.calibration)
    unread = find_unread(glyphs, assessed.text, found.placement)
    return _Read(page=replace(found, text=assessed.text), doubts=assessed.doubts, unread=unread)


def _glyphs_on(image: PageImage) -> Glyphs | None:
    """Finds what is written on a page, pale print too; ``None`` where there is nothing."""
    glyphs = find_glyphs(image)
    return find_faint(image) if measure_ink(glyphs).is_blank else glyphs


def _described(
    decoded: DecodedPage,
    read: _Read,
    tools: PageTools,
    *,
    is_pdf_text: bool,
    is_scan: bool,
    started: float,
) -> PageResult:
    found = read.page
    outcome = outcome_of(found.text, read.unread, is_blank=found.is_blank)
    page = ReadPage(image=found.image, text=found.text, source_is_pdf_text=is_pdf_text, cleaned=found.cleaned)
    classification, fields = _understand(page, tools, outcome)
    marks = _marks_on(page, tools, outcome)
    reading = PageReading(
        outcome=outcome,
        classification=classification,
        fields=without_guesses(with_doubts(fields, read.doubts), marks),
        text=found.text.text,
        page_number=find_page_number(found.text),
        rotated_degrees=found.placement.rotated_degrees,
        skew_degrees=found.placement.skew_degrees,
        confidence=found.text.confidence,
        has_seal=bool(found.seals),
        issues=(*picture_issues(decoded.image, is_scan=is_scan), *reading_issues(read.unread)),
        engine=_PDF_TEXT_ENGINE if is_pdf_text else tools.engine.signature,
        pipeline_version=PIPELINE_VERSION,
        seconds=time.monotonic() - started,
        doubts=read.doubts,
        marks=marks,
        look=look_of(found.image),
    )
    flags = (
        *(("PDF_TEXT",) if is_pdf_text else ()),
        *(("DPI_ESTIMATED",) if decoded.dpi_is_estimated else ()),
        *(("CROPPED",) if found.is_cropped else ()),
        *found.cleaning,
    )
    return PageResult(reading=reading, text=found.text, placement=found.placement, flags=flags)


def _understand(
    page: ReadPage, tools: PageTools, outcome: Outcome
) -> tuple[Classification, tuple[FieldValue, ...]]:
    """Runs code readers, classifier and field extractors; a blank page is not shown to them."""
    if outcome is Outcome.BLANK:
        return Classification(
            type_id=BLANK, confidence=1.0, evidence="", is_first_page=False, method="ink"
        ), ()
    codes = tuple(value for each in tools.code_extractors for value in each.extract(page, None))
    if outcome is Outcome.NEEDS_PERSON and not codes and not page.text.words:
        return Classification(
            type_id=UNKNOWN, confidence=1.0, evidence="", is_first_page=True, method="ink"
        ), ()
    classification = tools.classifier.classify(page, codes)
    printed = tuple(value for each in tools.field_extractors for value in each.extract(page, classification))
    return classification, codes + printed


def _marks_on(page: ReadPage, tools: PageTools, outcome: Outcome) -> tuple[Mark, ...]:
    """Finds evidence on a page that holds something."""
    if tools.mark_finder is None or outcome is Outcome.BLANK:
        return ()
    return tuple(tools.mark_finder.find(page))


def _as_it_stands(image: PageImage, text: PageText) -> Recognition:
    placement = placement_of(Frame.of(image), image, 0, 0.0)
    return Recognition(
        image=upright(image, placement), text=text, placement=placement, seals=find_seals(image),
        is_blank=not text.words, is_cropped=False,
    )  # fmt: skip


def _no_text(image: PageImage) -> PageText:
    return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=())
