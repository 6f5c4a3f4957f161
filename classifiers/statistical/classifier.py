"""The default classifier: rules and statistics weighed into one probability; abstains below its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from classifiers.layout import Sheet, sheet_of
from classifiers.rules.book import Nature, RuleBook, load_book
from classifiers.rules.classifier import RulesClassifier
from classifiers.rules.copies import copy_kind_of
from classifiers.statistical.choice import Candidate, Evidence, candidates, choose
from classifiers.statistical.model import LinearModel
from classifiers.statistical.ngrams import buckets_of_line
from classifiers.statistical.shelf import Shelf
from classifiers.statistical.sight import Sight, labels_of, sight_of
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.reading import Classification, FieldValue
from pipeline.ports import OcrEngine, ReadPage


class CombinedClassifier:
    """Names page types by the rule book and a trained model; the same page always gives the same answer."""

    def __init__(self, book: RuleBook, model: LinearModel) -> None:
        self._book = book
        self._model = model
        self._rules = RulesClassifier(book)
        self._ruled = book.type_ids

    @property
    def name(self) -> str:
        """Name with the version of the model."""
        return f"combined/{self._model.version}"

    def classify(self, page: ReadPage, values: Sequence[FieldValue]) -> Classification:
        """Names the page's type, or abstains with ``unknown``; may be repeated."""
        rule = self._rules.classify(page, values)
        if rule.type_id == BLANK:
            return replace(rule, method=self.name)
        sheet = sheet_of(page.text)
        sight = sight_of(page.text, sheet, page.image, values, rule, self._book)
        scores, known = self._model.scores(sight.counts, sight.look)
        evidence = Evidence(
            sight=sight,
            classes=self._model.classes,
            scores=scores,
            known=known,
            ruled=self._ruled,
            distances=self._model.distances(scores),
        )
        labels = labels_of(sheet, self._book, candidates(evidence))
        best = choose(replace(evidence, sight=replace(sight, labels=labels)), self._model.choice)
        if best is None or best.probability < self._model.threshold:
            return self._abstained(rule, best)
        return self._named(best, rule, sheet, sight, page)

    def _abstained(self, rule: Classification, best: Candidate | None) -> Classification:
        doubt = 1 - best.probability if best is not None else 0.99
        return Classification(
            type_id=UNKNOWN,
            confidence=round(doubt, 3),
            evidence="",
            is_first_page=rule.is_first_page,
            method=self.name,
        )

    def _named(
        self, best: Candidate, rule: Classification, sheet: Sheet, sight: Sight, page: ReadPage
    ) -> Classification:
        confidence = round(min(0.999, best.probability), 3)
        if best.type_id == rule.type_id:
            line = rule.evidence or self._decisive_line(best.type_id, sheet, sight)
            return replace(rule, confidence=confidence, evidence=line, method=self.name)
        kind = DOCUMENT_TYPES.get(best.type_id)
        nature = next((each.nature for each in self._book.papers if each.type_id == best.type_id), None)
        is_sealed = nature is not Nature.FORM
        return Classification(
            type_id=best.type_id,
            confidence=confidence,
            evidence=self._decisive_line(best.type_id, sheet, sight),
            is_first_page=rule.is_first_page and not (kind is not None and kind.joins),
            copy_kind=copy_kind_of(sheet, page.image.pixels, self._book, is_sealed=is_sealed),
            method=self.name,
        )

    def _decisive_line(self, type_id: str, sheet: Sheet, sight: Sight) -> str:
        """The line whose n-grams speak most for the type; empty where the page has no line."""
        if type_id not in self._model.classes:
            return ""
        pulls = self._model.pull(type_id, sight.counts)
        return max(
            (row.text for row in sheet.rows),
            key=lambda text: float(pulls[buckets_of_line(text)].sum()),
            default="",
        )


def make(engine: OcrEngine | None = None, data_dir: Path | None = None) -> CombinedClassifier:
    """Makes the classifier with the live model and the office's own types; it needs no OCR engine.

    Args:
        engine: not used.
        data_dir: the data folder; ``None`` for what is delivered alone.

    Raises:
        ConfigurationError: a rule file or the live model is broken.
    """
    del engine
    return CombinedClassifier(load_book(data_dir), Shelf(data_dir).live())
