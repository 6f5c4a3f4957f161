"""All finders of printed values as one extractor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from classifiers.extractors.boxes import BOXES, BoxReader
from classifiers.extractors.checking import with_checks
from classifiers.extractors.family_names import is_name_field, with_family_names
from classifiers.extractors.field_book import load_field_book
from classifiers.extractors.heads import HeadExtractor
from classifiers.extractors.labelled import LabelledExtractor
from classifiers.extractors.number_looks import NumberLooks
from classifiers.extractors.rereading import NumberReader
from classifiers.extractors.sealed_names import SealedNameReader
from classifiers.extractors.second_looks import NameReader
from classifiers.extractors.unit_spelling import UnitSpeller
from classifiers.extractors.units import is_address
from classifiers.layout import sheet_of
from dossiers.reading import Classification, FieldValue
from pipeline.ports import OcrEngine, ReadPage

#: Forms with a box for each digit, and the fields that stand in them.
WITH_BOXES: Final = frozenset({"ct01"})
BOXED_FIELDS: Final = frozenset({"personal_number", "head_of_household_number"})


#: Names that stand under seals.
SIGNERS: Final = frozenset({"signer_name", "register_signer_name", "certifier_name"})


class PrintedExtractor:
    """Finds the fields of a type by their labels, then number, date, subject and signer by layout.

    Args:
        labelled: finds values by labels.
        heads: finds values by layout.
        engine: reads digits in boxes and doubtful personal numbers again; ``None``: no second look.
    """

    name = "labels/1"

    def __init__(
        self, labelled: LabelledExtractor, heads: HeadExtractor, engine: OcrEngine | None = None
    ) -> None:
        self._labelled = labelled
        self._heads = heads
        self._boxes = BoxReader(engine) if engine is not None else None
        self._sealed = SealedNameReader(engine) if engine is not None else None
        self._numbers = NumberReader(engine) if engine is not None else None
        self._looks = NumberLooks(engine) if engine is not None else None
        self._names = NameReader(engine) if engine is not None else None
        self._units = UnitSpeller(engine)

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns each field once: a labelled value goes before one found by layout, unless it is empty."""
        values = {value.name: value for value in self._labelled.extract(page, classification)}
        for value in self._heads.extract(page, classification):
            known = values.get(value.name)
            if known is None or known.value is None:
                values[value.name] = value
        values = self._looked_at(values, page, classification)
        mended = [self._mended(value, values, page, classification) for value in values.values()]
        return with_checks(with_family_names(mended), page.text.text)

    def _looked_at(
        self, values: dict[str, FieldValue], page: ReadPage, classification: Classification | None
    ) -> dict[str, FieldValue]:
        """Reads doubtful numbers and dates again, before they are compared with each other."""
        if self._looks is None or classification is None:
            return values
        rules = self._labelled.rules_of(classification)
        boxed = BOXED_FIELDS if classification.type_id in WITH_BOXES else frozenset()
        return {
            name: value if name in boxed else self._looks.mend(value, rules, page)
            for name, value in values.items()
        }

    def _mended(
        self,
        value: FieldValue,
        values: Mapping[str, FieldValue],
        page: ReadPage,
        classification: Classification | None,
    ) -> FieldValue:
        """Reads again: a number in boxes, one that does not fit its person, a name under a seal."""
        if is_address(value.name):
            return self._units.mend(value, page)
        if self._boxes is None or self._numbers is None or self._sealed is None or classification is None:
            return value
        if value.name in SIGNERS and value.value is None:
            return self._sealed.mend(value, page.image)
        if classification.type_id in WITH_BOXES and value.name in BOXED_FIELDS and not _is_whole(value):
            empty = replace(value, value=None)
            return self._boxes.mend(empty, page.image, sheet_of(page.text).letter_height)
        if value.name.endswith("personal_number") and value.value is not None:
            person = value.name.removesuffix("personal_number")
            born, sex = values.get(f"{person}birth_date"), values.get(f"{person}sex")
            return self._numbers.mend(
                value, page.image, born.value if born else None, sex.value if sex else None
            )
        if self._names is not None and is_name_field(value.name) and not page.source_is_pdf_text:
            seen = self._names.mend(value, page.cleaned)
            return self._sealed.doubt(seen, page) if value.name in SIGNERS else seen
        return value


def _is_whole(value: FieldValue) -> bool:
    """Whether a number has a digit for each box: a shorter one is the part that was read."""
    return value.value is not None and len(value.value) == BOXES


def make(engine: OcrEngine | None = None) -> PrintedExtractor:
    """Makes the extractor with the rules delivered with the package.

    Args:
        engine: reads doubtful digits again; may be ``None``.

    Raises:
        ConfigurationError: the rule file is broken.
    """
    return PrintedExtractor(LabelledExtractor(load_field_book()), HeadExtractor(), engine)
