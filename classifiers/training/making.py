"""Makes training examples of pages: runs the rules twice, once as if they did not know the type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from classifiers.layout import sheet_of
from classifiers.rules.book import RuleBook
from classifiers.rules.classifier import RulesClassifier
from classifiers.statistical.sight import RuleVote, labels_of, sight_of
from classifiers.training.example import Example
from dossiers.document_types import UNKNOWN
from dossiers.reading import FieldValue
from pipeline.image import PageImage
from pipeline.ports import ReadPage
from pipeline.text import PageText


class ExampleMaker:
    """Makes examples with one rule book; safe to use again and again, in one thread."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._without = lru_cache(maxsize=None)(self._rules_without)

    def make(
        self, page: ReadPage, values: Sequence[FieldValue], *, example_id: str, group: str, type_id: str
    ) -> Example:
        """Makes the example of a page with its picture."""
        return self._made(page, page.image, values, example_id=example_id, group=group, type_id=type_id)

    def make_of_text(
        self, text: PageText, values: Sequence[FieldValue], *, example_id: str, group: str, type_id: str
    ) -> Example:
        """Makes the example of a page of which the text alone is at hand: like a grey copy of it."""
        page = ReadPage(image=_grey(text), text=text)
        return self._made(page, None, values, example_id=example_id, group=group, type_id=type_id)

    def _made(
        self,
        page: ReadPage,
        image: PageImage | None,
        values: Sequence[FieldValue],
        *,
        example_id: str,
        group: str,
        type_id: str,
    ) -> Example:
        sheet = sheet_of(page.text)
        rule = RulesClassifier(self._book).classify(page, values)
        blind = self._without(type_id).classify(page, values)
        is_silent = blind.type_id in (type_id, UNKNOWN)
        return Example(
            example_id=example_id,
            group=group,
            type_id=type_id,
            sight=replace(
                sight_of(page.text, sheet, image, values, rule, self._book),
                labels=labels_of(sheet, self._book),
            ),
            rule_without=RuleVote(
                type_id=UNKNOWN if is_silent else blind.type_id,
                confidence=0.0 if is_silent else blind.confidence,
            ),
        )

    def _rules_without(self, type_id: str) -> RulesClassifier:
        papers = tuple(rule for rule in self._book.papers if rule.type_id != type_id)
        cards = tuple(rule for rule in self._book.cards if rule.type_id != type_id)
        return RulesClassifier(replace(self._book, papers=papers, cards=cards))


def _grey(text: PageText) -> PageImage:
    """A stand-in for the picture: small, with enough contrast not to be taken for an empty page."""
    pixels = np.full((16, 16), 255, np.uint8)
    pixels[4:8] = 0
    return PageImage(pixels=pixels, dpi=text.dpi)
