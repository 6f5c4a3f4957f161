"""All finders of printed values as one extractor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from classifiers.extractors.boxes import BoxReader
from classifiers.extractors.checking import with_checks
from classifiers.extractors.field_book import load_field_book
from classifiers.extractors.heads import HeadExtractor
from classifiers.extractors.labelled import LabelledExtractor
from classifiers.layout import sheet_of
from dossiers.reading import Classification, FieldValue
from pipeline.ports import OcrEngine, ReadPage

#: Forms with a box for each digit, and the fields that stand in them.
WITH_BOXES: Final = frozenset({"ct01"})
BOXED_FIELDS: Final = frozenset({"personal_number", "head_of_household_number"})


class PrintedExtractor:
    """Finds the fields of a type by their labels, then number, date, subject and signer by layout."""

    name = "labels/1"

    def __init__(
        self, labelled: LabelledExtractor, heads: HeadExtractor, boxes: BoxReader | None = None
    ) -> None:
        self._labelled = labelled
        self._heads = heads
        self._boxes = boxes

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns each field once: a labelled value goes before one found by layout, unless it is empty."""
        values = {value.name: value for value in self._labelled.extract(page, classification)}
        for value in self._heads.extract(page, classification):
            known = values.get(value.name)
            if known is None or known.value is None:
                values[value.name] = value
        mended = [self._mended(value, page, classification) for value in values.values()]
        return with_checks(mended, page.text.text)

    def _mended(self, value: FieldValue, page: ReadPage, classification: Classification | None) -> FieldValue:
        """Reads a number in boxes again where the plain reading gave no number."""
        is_boxed = classification is not None and classification.type_id in WITH_BOXES
        if self._boxes is None or not is_boxed or value.name not in BOXED_FIELDS or value.value is not None:
            return value
        return self._boxes.mend(value, page.image, sheet_of(page.text).letter_height)


def make(engine: OcrEngine | None = None) -> PrintedExtractor:
    """Makes the extractor with the rules delivered with the package.

    Args:
        engine: reads boxed digits again; may be ``None``.

    Raises:
        ConfigurationError: the rule file is broken.
    """
    boxes = BoxReader(engine) if engine is not None else None
    return PrintedExtractor(LabelledExtractor(load_field_book()), HeadExtractor(), boxes)
