"""What the page walk needs from others: an OCR engine, a classifier, an extractor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from dossiers.reading import Classification, FieldValue, Mark
from pipeline.cleaned_copy import CleanedCopy
from pipeline.image import PageImage
from pipeline.letters import ReadLetters
from pipeline.text import PageText, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page after recognition, as classifiers and extractors see it.

    Attributes:
        image: the upright page in its original colours.
        text: what the engine read, boxes in px of ``image``.
        source_is_pdf_text: whether the text came from the PDF itself and not from OCR.
        cleaned: the copy that the engine was shown; ``None`` where there was none in one piece.
    """

    image: PageImage
    text: PageText
    source_is_pdf_text: bool = False
    cleaned: CleanedCopy | None = None


class OcrEngine(Protocol):
    """Turns an upright, cleaned image into text. One instance serves one thread of one process."""

    @property
    def signature(self) -> str:
        """Name, version, model and options: the same signature gives the same text for the same pixels."""
        ...

    def recognise(self, image: PageImage) -> PageText:
        """Reads the page; may be repeated.

        Returns:
            Text with boxes in px of ``image``; no blocks where nothing is legible.

        Raises:
            EngineError: timeout, crash or unusable output.
        """
        ...

    def close(self) -> None:
        """Frees the engine; closing twice is no error."""
        ...


@runtime_checkable
class LineReader(Protocol):
    """An engine that also reads a single line cut out of a page: doubtful words get a second try with it."""

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        """Reads the picture of one line; may be repeated.

        Returns:
            Words from left to right, boxes in px of ``image``; none or unsure where nothing is legible.

        Raises:
            EngineError: timeout, crash or unusable output.
        """
        ...


@runtime_checkable
class LetterReader(Protocol):
    """An engine that tells for each letter of a line what it may be: marks of names are decided with it."""

    def recognise_letters(self, image: PageImage) -> tuple[ReadLetters, ...]:
        """Reads the picture of one line; may be repeated.

        Returns:
            Words from left to right; none where nothing is legible.

        Raises:
            EngineError: timeout, crash or unusable output.
        """
        ...


class Classifier(Protocol):
    """Names the document type that one page shows."""

    @property
    def name(self) -> str:
        """Name and version, recorded with every result."""
        ...

    def classify(self, page: ReadPage, values: Sequence[FieldValue]) -> Classification:
        """Names the page's type, or abstains with ``unknown``; may be repeated.

        Args:
            page: the page with its text.
            values: what code readers already found on it (QR, MRZ, barcodes).
        """
        ...


class Extractor(Protocol):
    """Finds values on a page."""

    @property
    def name(self) -> str:
        """Name and version, recorded with every result."""
        ...

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns the values found, empty where there are none; may be repeated.

        Args:
            page: the page with its text.
            classification: ``None`` for code readers, which run before the classifier.
        """
        ...


class MarkFinder(Protocol):
    """Finds seals, signatures, marks of copies and handwriting on a page."""

    @property
    def name(self) -> str:
        """Name and version."""
        ...

    def find(self, page: ReadPage) -> Sequence[Mark]:
        """Returns the marks from top to bottom, empty where there are none; may be repeated."""
        ...
