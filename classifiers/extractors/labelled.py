"""The extractor of labelled fields: reads what the files of ``fields/`` describe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from classifiers.extractors.certification import certification_row
from classifiers.extractors.field_book import load_field_book
from classifiers.extractors.found import confidence_of
from classifiers.extractors.labels import Mark, find_marks
from classifiers.extractors.regions import column_tokens, value_tokens
from classifiers.extractors.rules import FieldRule, Kind, TypeRules
from classifiers.extractors.sections import ANYWHERE, Part, anchor_names, part_of
from classifiers.extractors.tabular import crossing, row_values
from classifiers.extractors.ticks import ticked
from classifiers.extractors.values import clean, read_value
from classifiers.layout import Sheet, Token, hull, sheet_of
from dossiers.reading import Classification, FieldValue, Source
from pipeline.image import PageImage
from pipeline.ports import OcrEngine, ReadPage


class LabelledExtractor:
    """Finds values by the labels printed beside or above them."""

    name = "labels/1"

    def __init__(self, book: Mapping[str, TypeRules]) -> None:
        self._book = book

    def extract(self, page: ReadPage, classification: Classification | None) -> Sequence[FieldValue]:
        """Returns the fields of the page's type; ``value`` is ``None`` where the paper leaves one empty."""
        rules = self.rules_of(classification)
        if rules is None:
            return ()
        source = Source.PDF_TEXT if page.source_is_pdf_text else Source.OCR
        sheet = sheet_of(page.text)
        cut = certification_row(sheet)
        found = _read(sheet if cut is None else sheet.until(cut), rules, source, page)
        return (*found, *row_values(page.text, rules.tables, source))

    def rules_of(self, classification: Classification | None) -> TypeRules | None:
        """Returns the fields of a type; ``None`` where it has none."""
        return self._book.get(classification.type_id) if classification is not None else None


def make(engine: OcrEngine | None = None) -> LabelledExtractor:
    """Makes the extractor with the rules delivered with the package; it needs no OCR engine.

    Raises:
        ConfigurationError: the rule file is broken.
    """
    del engine
    return LabelledExtractor(load_field_book())


def _read(sheet: Sheet, rules: TypeRules, source: Source, page: ReadPage) -> list[FieldValue]:
    names = anchor_names(rules.sections)
    columns = {rule.column for rule in rules.fields if rule.column}
    labels = [*rules.stops, *names, *columns, *(label for rule in rules.fields for label in rule.labels)]
    marks = find_marks(sheet, labels)
    anchors = [mark for mark in marks if mark.label in names]
    parts = {id(mark): part_of(mark, anchors, names, 2 * sheet.letter_height) for mark in marks}
    found = []
    for rule in rules.fields:
        crossed = crossing(page.text, rule, source) if rule.column else None
        if crossed is not None:
            found.append(crossed)
            continue
        fitting = [mark for mark in marks if mark.label in rule.labels and _fits(rule, parts[id(mark)])]
        value = _best(sheet, rule, fitting, marks, parts, source, page.image)
        if value is not None:
            found.append(value)
    return found


def _fits(rule: FieldRule, part: Part) -> bool:
    return rule.section in {ANYWHERE, part.name}


def _best(
    sheet: Sheet,
    rule: FieldRule,
    fitting: Sequence[Mark],
    marks: Sequence[Mark],
    parts: Mapping[int, Part],
    source: Source,
    image: PageImage,
) -> FieldValue | None:
    """The first label with a value (or a later one, by rank); else the first label, with ``None``."""
    empty, left = None, rule.rank
    for mark in fitting:
        if rule.column:
            tokens = column_tokens(sheet, mark, marks, rule.column)
            if not tokens:
                continue
        else:
            tokens = value_tokens(sheet, mark, marks, rule, parts[id(mark)].right_limit)
        value = _value(rule, mark, tokens, sheet, source, image)
        left -= value.value is not None
        if left == 0:
            return value
        empty = empty or value
    return empty if rule.rank == 1 else None


def _value(
    rule: FieldRule, mark: Mark, tokens: Sequence[Token], sheet: Sheet, source: Source, image: PageImage
) -> FieldValue:
    text = " ".join(token.text for token in tokens)
    label = sheet.rows[mark.row].tokens[mark.start : mark.stop]
    telling = [token for token in tokens if token.key]
    box = hull(token.box for token in telling) if telling else hull(token.box for token in label)
    is_choice = rule.kind is Kind.CHOICE
    return FieldValue(
        name=rule.name,
        raw=clean(text),
        value=ticked(image, tokens, sheet.letter_height) if is_choice else read_value(rule.kind, text),
        box=box,
        confidence=confidence_of(telling or label) * mark.likeness,
        source=source,
    )
