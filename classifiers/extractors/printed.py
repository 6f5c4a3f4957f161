"""All finders of printed values as one extractor."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.extractors.field_book import load_field_book
from classifiers.extractors.heads import HeadExtractor
from classifiers.extractors.labelled import LabelledExtractor
from dossiers.reading import Classification, FieldValue
from pipeline.ports import OcrEngine, ReadPage


class PrintedExtractor:
    """Finds the fields of a type by their labels, then number, date, subject and signer by layout."""

    name = "labels/1"

    def __init__(self, labelled: LabelledExtractor, heads: HeadExtractor) -> None:
        self._labelled = labelled
        self._heads = heads

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns each field once: a labelled value goes before one found by layout, unless it is empty."""
        values = {value.name: value for value in self._labelled.extract(page, classification)}
        for value in self._heads.extract(page, classification):
            known = values.get(value.name)
            if known is None or known.value is None:
                values[value.name] = value
        return tuple(values.values())


def make(engine: OcrEngine | None = None) -> PrintedExtractor:
    """Makes the extractor with the rules delivered with the package; it needs no OCR engine.

    Raises:
        ConfigurationError: the rule file is broken.
    """
    del engine
    return PrintedExtractor(LabelledExtractor(load_field_book()), HeadExtractor())
