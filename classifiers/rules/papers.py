"""How strongly a page looks like each type of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from classifiers.folding import is_within
from classifiers.layout import Sheet
from classifiers.rules.book import Nature, PaperRule, Phrase, RuleBook
from classifiers.rules.letterhead import Letterhead
from classifiers.rules.titles import Heading, TitleLine, find_headings

#: This many labels beside the heading make a paper certain.
ENOUGH_LABELS: Final = 4
#: A page without a title needs this many signs of a later page.
_LEAST_CONTINUING: Final = 2
#: Rows at the top of a page in which words of later pages tell that it is one; shorter words tell nothing.
_OPENING_ROWS: Final = 4
_TELLING: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSight:
    """How much a page looks like a type; confidence 0 to 1."""

    type_id: str
    confidence: float
    evidence: str
    is_first_page: bool


def sight_titled(
    sheet: Sheet, lines: Sequence[TitleLine], head: Letterhead, book: RuleBook
) -> list[PaperSight]:
    """Lists the types whose heading the page carries, most likely first."""
    rules = {rule.type_id: rule for rule in book.papers}
    page_key = sheet.key
    sights = []
    for heading in find_headings(lines, book.papers):
        rule = rules[heading.type_id]
        if _is_ruled_out(rule, heading, head, page_key):
            continue
        sights.append(_titled(heading, rule, page_key))
    return sorted(sights, key=lambda sight: -sight.confidence)


def _is_ruled_out(rule: PaperRule, heading: Heading, head: Letterhead, page_key: str) -> bool:
    needs_head = rule.nature is Nature.OFFICIAL
    if needs_head and not (head.motto or head.number):
        return True
    own = heading.line.joined_key
    return any(is_within(phrase.key, own) or is_within(phrase.key, page_key[:400]) for phrase in rule.against)


def _titled(heading: Heading, rule: PaperRule, page_key: str) -> PaperSight:
    labels = min(1.0, count(rule.labels, page_key) / ENOUGH_LABELS)
    mark = 0.08 if any(is_within(phrase.key, page_key) for phrase in rule.marks) else 0.0
    confidence = 0.68 * heading.strength + 0.3 * labels + mark
    return PaperSight(
        type_id=rule.type_id,
        confidence=min(0.99, confidence),
        evidence=heading.line.text,
        is_first_page=True,
    )


def sight_marked(sheet: Sheet, book: RuleBook) -> list[PaperSight]:
    """Lists the types whose form number the page carries in a line of its own, without a legible title."""
    sights = []
    page_key = sheet.key
    for rule in book.papers:
        for row in sheet.rows:
            for segment in row.segments:
                marks = [p for p in rule.marks if is_within(p.key, segment.key) and len(p.key) >= 6]
                is_high = (row.box.top + row.box.bottom) / 2 < 0.35 * sheet.height
                if marks and is_high and len(segment.key) < len(marks[0].key) + 90:
                    labels = min(1.0, count(rule.labels, page_key) / ENOUGH_LABELS)
                    sights.append(
                        PaperSight(
                            type_id=rule.type_id,
                            confidence=0.4 + 0.45 * labels,
                            evidence=segment.text,
                            is_first_page=True,
                        )
                    )
    return sorted(sights, key=lambda sight: -sight.confidence)


def sight_untitled(sheet: Sheet, head: Letterhead, book: RuleBook) -> list[PaperSight]:
    """Lists the types that a page without title may belong to, by its labels; most likely first."""
    page_key = sheet.key
    sights = []
    for rule in book.papers:
        later = count(rule.continues, page_key)
        first = count(rule.labels, page_key)
        opens = bool(head.motto) and first >= ENOUGH_LABELS
        share = max(later / 3, first / 6 if rule.nature is not Nature.OFFICIAL else 0.0)
        if later < _LEAST_CONTINUING and first < ENOUGH_LABELS and not _is_named(rule, page_key):
            continue
        evidence = _evidence((*rule.continues, *rule.labels), sheet)
        named = 0.1 if _is_named(rule, page_key) else 0.0
        confidence = min(0.8, 0.38 + named + 0.3 * min(1.2, share) + 0.02 * (later + first))
        sights.append(
            PaperSight(type_id=rule.type_id, confidence=confidence, evidence=evidence, is_first_page=opens)
        )
    return sorted(sights, key=lambda sight: -sight.confidence)


def _is_named(rule: PaperRule, page_key: str) -> bool:
    """Whether the page speaks of itself: ``Nghị định này`` tells an official text by one phrase."""
    return any(phrase.key.endswith("nay") and phrase.key in page_key for phrase in rule.continues)


def begins_later(sheet: Sheet, head: Letterhead, book: RuleBook) -> bool:
    """Whether the page begins with words that only later pages and backs of some paper carry."""
    if head.motto:
        return False
    keys = [row.key for row in sheet.rows[:_OPENING_ROWS]]
    phrases = [phrase for rule in book.papers for phrase in rule.continues]
    phrases += [phrase for rule in book.cards for phrase in rule.continues]
    later = [phrase.key for phrase in phrases if len(phrase.key) >= _TELLING]
    return any(is_within(phrase, key[: len(phrase) + 1], 0.86) for key in keys for phrase in later)


def count(phrases: Sequence[Phrase], page_key: str) -> int:
    """How many of the phrases occur on the page; short ones must occur exactly."""
    return sum(is_within(phrase.key, page_key, 0.86) for phrase in phrases)


def _evidence(phrases: Sequence[Phrase], sheet: Sheet) -> str:
    for row in sheet.rows:
        if any(is_within(phrase.key, row.key, 0.86) for phrase in phrases):
            return row.text
    return ""
