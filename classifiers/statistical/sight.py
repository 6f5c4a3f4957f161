"""What one page shows to the statistical classifier: n-grams, look, what the rules say, its titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from classifiers.folding import begins_like
from classifiers.layout import Sheet
from classifiers.rules.book import RuleBook
from classifiers.rules.titles import TitleLine, title_lines
from classifiers.statistical.look import Look, look_of
from classifiers.statistical.ngrams import Counts, counts_of
from dossiers.reading import Classification, FieldValue
from pipeline.image import PageImage
from pipeline.text import PageText

#: Headings less alike than this to a title of the page do not support a type.
_LEAST_SUPPORT: Final = 0.6
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
    """

    counts: Counts
    look: Look
    rule: RuleVote
    titles: Mapping[str, float]
    has_title: bool


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


def _titles(lines: Sequence[TitleLine], book: RuleBook) -> dict[str, float]:
    found = {}
    candidates = [line for line in lines if line.is_capital or line.is_centred]
    for rule in book.papers:
        best = max(
            (
                begins_like(heading.key, line.joined_key, _LEAST_SUPPORT)
                for heading in rule.headings
                for line in candidates
            ),
            default=0.0,
        )
        if best >= _LEAST_SUPPORT:
            found[rule.type_id] = round(best, 3)
    return found


def _is_title(line: TitleLine, book: RuleBook) -> bool:
    """Capitals in the middle, beginning like papers begin: ``ĐƠN``, ``GIẤY``, ``TỜ KHAI`` …"""
    openers = tuple(phrase.key for phrase in book.openers)
    is_prominent = line.is_capital and line.is_centred and len(line.own_key) >= _SHORTEST_TITLE
    return is_prominent and line.own_key.startswith(openers)
