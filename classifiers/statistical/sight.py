"""What one page shows to the statistical classifier: n-grams, look, what the rules say, its titles."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from classifiers.folding import begins_like
from classifiers.layout import Sheet
from classifiers.rules.book import Phrase, RuleBook
from classifiers.rules.cards import ENOUGH_LABELS as ENOUGH_CARD_LABELS
from classifiers.rules.papers import ENOUGH_LABELS as ENOUGH_PAPER_LABELS
from classifiers.rules.papers import count
from classifiers.rules.titles import TitleLine, has_other_word, title_lines
from classifiers.statistical.look import Look, look_of
from classifiers.statistical.ngrams import Counts, counts_of
from dossiers.reading import Classification, FieldValue
from pipeline.image import PageImage
from pipeline.text import PageText

#: Headings less alike than this to a title of the page do not support a type.
_LEAST_SUPPORT: Final = 0.6
#: What a title is worth that says another word than the heading.
_OTHER_WORD: Final = 0.7
#: So many later-page phrases make a later page sure.
_ENOUGH_LATER: Final = 3
#: A title stands above this share of the page height.
_TITLE_ZONE: Final = 0.5
_SHORTEST_TITLE: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVote:
    """What the rules say: a type id or ``unknown``, and how sure, 0 to 1."""

    type_id: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """A page in numbers; holds no text of it.

    Attributes:
        counts: hashed n-grams.
        look: see ``classifiers.statistical.look``.
        rule: what the rules say.
        titles: how alike the page's titles are to the best heading of each type, 0.6 to 1; types without
            such a heading are left out.
        has_title: whether the page carries a line that can only be a title.
        labels: how much of what a page of a type must carry stands on this one, above 0 to 1; types of which
            nothing does, or that were not asked for, are left out.
    """

    counts: Counts
    look: Look
    rule: RuleVote
    titles: Mapping[str, float]
    has_title: bool
    labels: Mapping[str, float] = field(default_factory=dict)


def sight_of(
    text: PageText,
    sheet: Sheet,
    image: PageImage | None,
    values: Sequence[FieldValue],
    rule: Classification,
    book: RuleBook,
) -> Sight:
    """Looks at a page that the rules have seen."""
    lines = [line for line in title_lines(sheet, book) if line.place < _TITLE_ZONE and not line.is_continued]
    return Sight(
        counts=counts_of(sheet),
        look=look_of(text, sheet, image, values),
        rule=RuleVote(type_id=rule.type_id, confidence=rule.confidence),
        titles=_titles(lines, book),
        has_title=any(_is_title(line, book) for line in lines),
    )


def labels_of(sheet: Sheet, book: RuleBook, types: Collection[str] | None = None) -> dict[str, float]:
    """How much of what pages of each type must carry stands on this one.

    Args:
        sheet: the page.
        book: the rules.
        types: those asked for; ``None`` for all.
    """
    page_key = sheet.key
    squeezed = page_key.replace("\n", "")
    shares = {
        rule.type_id: max(
            _share(rule.labels, page_key, ENOUGH_PAPER_LABELS),
            _share(rule.continues, page_key, _ENOUGH_LATER),
        )
        for rule in book.papers
        if types is None or rule.type_id in types
    }
    shares |= {
        rule.type_id: _share(rule.labels, squeezed, ENOUGH_CARD_LABELS)
        for rule in book.cards
        if types is None or rule.type_id in types
    }
    return {type_id: round(share, 3) for type_id, share in shares.items() if share}


def _share(phrases: Sequence[Phrase], page_key: str, enough: int) -> float:
    wanted = min(enough, len(phrases))
    return min(1.0, count(phrases, page_key) / wanted) if wanted else 0.0


def _titles(lines: Sequence[TitleLine], book: RuleBook) -> dict[str, float]:
    candidates = [line for line in lines if line.is_capital or line.is_centred]
    found = {
        rule.type_id: max(
            (_support(heading, line) for heading in rule.headings for line in candidates), default=0.0
        )
        for rule in book.papers
    }
    capitals = [line for line in candidates if line.is_capital]
    found |= {
        rule.type_id: max(
            (_card_support(phrase, line) for phrase in rule.titles for line in capitals), default=0.0
        )
        for rule in book.cards
    }
    return {type_id: round(best, 3) for type_id, best in found.items() if best >= _LEAST_SUPPORT}


def _support(heading: Phrase, line: TitleLine) -> float:
    """How alike a title is to a heading; a title with another word in it is little alike."""
    likeness = begins_like(heading.key, line.joined_key, _LEAST_SUPPORT)
    is_other = likeness > _OTHER_WORD and has_other_word(heading, line.joined_key)
    return _OTHER_WORD if is_other else likeness


def _card_support(phrase: Phrase, line: TitleLine) -> float:
    """The same for the title of a card, which is nothing but its words: CĂN CƯỚC is no CĂN CƯỚC CÔNG DÂN."""
    likeness = begins_like(phrase.key, line.own_key, _LEAST_SUPPORT)
    spare = len(line.own_key) - len(phrase.key)
    return likeness if spare <= max(2, len(phrase.key) // 3) else min(likeness, _OTHER_WORD)


def _is_title(line: TitleLine, book: RuleBook) -> bool:
    """Capitals in the middle, beginning like papers begin: ``ĐƠN``, ``GIẤY``, ``TỜ KHAI`` …"""
    openers = tuple(phrase.key for phrase in book.openers)
    is_prominent = line.is_capital and line.is_centred and len(line.own_key) >= _SHORTEST_TITLE
    return is_prominent and line.own_key.startswith(openers)
