"""The classifier by rules: title first, then layout, then labels; abstains when none of them decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from classifiers.layout import Sheet, sheet_of
from classifiers.rules.book import Nature, RuleBook, load_book
from classifiers.rules.cards import CardSight, sight_cards
from classifiers.rules.copies import copy_kind_of
from classifiers.rules.letterhead import Letterhead, letterhead_of
from classifiers.rules.papers import PaperSight, begins_later, sight_marked, sight_titled, sight_untitled
from classifiers.rules.titles import TitleLine, title_lines
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.reading import Classification, CopyKind, FieldValue
from pipeline.page_number import find_page_number
from pipeline.ports import OcrEngine, ReadPage

#: Below this the classifier abstains.
LEAST_CONFIDENCE: Final = 0.5
#: Fewer letters than this on a page of even colour: blank.
_FEWEST_LETTERS: Final = 3


class RulesClassifier:
    """Names page types by the rule book; the same page always gives the same answer."""

    name = "rules/1"

    def __init__(self, book: RuleBook) -> None:
        self._book = book

    def classify(self, page: ReadPage, values: Sequence[FieldValue]) -> Classification:
        """Names the page's type, or abstains with ``unknown``; may be repeated."""
        sheet = sheet_of(page.text)
        if len(sheet.key.replace("\n", "")) < _FEWEST_LETTERS and float(page.image.pixels.std()) < 12:
            return self._result(PaperSight(type_id=BLANK, confidence=0.9, evidence="", is_first_page=False))
        card = next(iter(sight_cards(sheet, self._book, values)), None)
        paper = self._paper(sheet)
        if card is not None and (paper is None or card.confidence >= paper.confidence):
            return self._card(card, sheet, page)
        if paper is None or paper.confidence < LEAST_CONFIDENCE:
            return self._abstain(sheet, page, paper)
        return self._finish(paper, sheet, page)

    def _paper(self, sheet: Sheet) -> PaperSight | None:
        head = letterhead_of(sheet, self._book)
        lines = title_lines(sheet, self._book)
        titled = sight_titled(sheet, lines, head, self._book)
        if titled and (titled[0].type_id != "van_ban_khac" or not head.is_decision_number):
            return _as_decision(titled[0], head)
        official = self._official(lines, head)
        if official is not None:
            return self._by_labels(official, sheet, head)
        if titled:
            return titled[0]
        marked = sight_marked(sheet, self._book)
        untitled = sight_untitled(sheet, head, self._book)
        return max((*marked[:1], *untitled[:1]), key=lambda each: each.confidence, default=None)

    def _by_labels(self, official: PaperSight, sheet: Sheet, head: Letterhead) -> PaperSight:
        """Prefers a paper told by most of its labels to "some official document": its title was lost."""
        if official.type_id != "van_ban_khac":
            return official
        issued = {rule.type_id for rule in self._book.papers if rule.nature is Nature.ISSUED}
        for sight in sight_untitled(sheet, head, self._book):
            if sight.type_id in issued and sight.is_first_page and sight.confidence > official.confidence:
                return sight
        return official

    def _official(self, lines: Sequence[TitleLine], head: Letterhead) -> PaperSight | None:
        """Names a document with a letterhead but without a known title: a decision, a letter or another.

        A certificate or a form of a kind that nobody knows has a letterhead too; it is not called official.
        """
        if not head.number or not (head.motto or head.subject):
            return None
        if head.is_decision_number and head.motto:
            return PaperSight(type_id="quyet_dinh", confidence=0.75, evidence=head.number, is_first_page=True)
        if head.subject or (head.addressee and not _capital_title(lines)):
            sure = 0.6 + 0.18 * bool(head.subject) + 0.18 * bool(head.addressee)
            evidence = head.subject or head.addressee
            return PaperSight(type_id="cong_van", confidence=sure, evidence=evidence, is_first_page=True)
        if self._has_foreign_title(lines):
            return None
        return PaperSight(type_id="van_ban_khac", confidence=0.6, evidence=head.number, is_first_page=True)

    def _has_foreign_title(self, lines: Sequence[TitleLine]) -> bool:
        """Whether the page bears the title of a paper of its own kind (an application, a certificate, …)."""
        openers = tuple(phrase.key for phrase in self._book.openers)
        return any(
            line.is_capital and line.is_centred and line.place < 0.45 and not line.is_continued
            and line.own_key.startswith(openers)
            for line in lines
        )  # fmt: skip

    def _card(self, card: CardSight, sheet: Sheet, page: ReadPage) -> Classification:
        kind = copy_kind_of(sheet, page.image.pixels, self._book, is_sealed=True)
        is_front = not (card.is_back or DOCUMENT_TYPES[card.type_id].joins)
        sight = PaperSight(
            type_id=card.type_id,
            confidence=card.confidence,
            evidence=card.evidence,
            is_first_page=is_front,
        )
        return self._result(sight, kind)

    def _finish(self, paper: PaperSight, sheet: Sheet, page: ReadPage) -> Classification:
        nature = next((rule.nature for rule in self._book.papers if rule.type_id == paper.type_id), None)
        is_sealed = nature is not Nature.FORM
        kind = copy_kind_of(sheet, page.image.pixels, self._book, is_sealed=is_sealed)
        if paper.type_id == "giay_khai_sinh" and kind is CopyKind.EXTRACT_COPY:
            paper = PaperSight(
                type_id="giay_khai_sinh_ban_sao",
                confidence=paper.confidence,
                evidence=paper.evidence,
                is_first_page=paper.is_first_page,
            )
        return self._result(paper, kind)

    def _abstain(self, sheet: Sheet, page: ReadPage, paper: PaperSight | None) -> Classification:
        head = letterhead_of(sheet, self._book)
        number = find_page_number(page.text)
        is_opening = bool(head.motto) or _big_title(sheet, self._book)
        is_later = (number is not None and number > 1) or not is_opening
        is_later |= begins_later(sheet, head, self._book)
        confidence = 0.9 if paper is None else 1 - paper.confidence
        sight = PaperSight(type_id=UNKNOWN, confidence=confidence, evidence="", is_first_page=not is_later)
        return self._result(sight)

    def _result(self, sight: PaperSight, kind: CopyKind = CopyKind.UNKNOWN) -> Classification:
        return Classification(
            type_id=sight.type_id,
            confidence=round(max(0.0, min(1.0, sight.confidence)), 3),
            evidence=sight.evidence,
            is_first_page=sight.is_first_page,
            copy_kind=kind,
            method=self.name,
        )


def make(engine: OcrEngine | None = None, data_dir: Path | None = None) -> RulesClassifier:
    """Makes the classifier with the delivered rules and the office's own; it needs no OCR engine.

    Args:
        engine: not used.
        data_dir: the data folder; ``None`` for the delivered rules alone.

    Raises:
        ConfigurationError: the rule file is broken.
    """
    del engine
    return RulesClassifier(load_book(data_dir))


def _as_decision(sight: PaperSight, head: Letterhead) -> PaperSight:
    """A decision needs its number or a motto above; both make it certain."""
    if sight.type_id != "quyet_dinh" or not head.is_decision_number:
        return sight
    return PaperSight(
        type_id=sight.type_id,
        confidence=max(sight.confidence, 0.97),
        evidence=sight.evidence,
        is_first_page=True,
    )


def _capital_title(lines: Sequence[TitleLine]) -> bool:
    return any(line.is_capital and line.is_centred and 0.1 < line.place < 0.45 for line in lines)


def _big_title(sheet: Sheet, book: RuleBook) -> bool:
    """Whether a line in capitals opens the page, other than the title of an annex."""
    annexes = tuple(phrase.key for phrase in book.annexes)
    titles = [
        line
        for line in title_lines(sheet, book)
        if line.is_capital and line.is_centred and line.place < 0.4 and len(line.own_key) >= 8
    ]
    return bool(titles) and not titles[0].own_key.startswith(annexes)
