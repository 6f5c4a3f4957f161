"""Sides of cards, told by their bilingual labels, their machine zone and the code on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from classifiers.folding import begins_like, is_within
from classifiers.layout import Segment, Sheet
from classifiers.rules.book import CardRule, Phrase, RuleBook
from dossiers.reading import FieldValue, Source

#: A page with more words than this is a paper that talks about cards.
MOST_WORDS: Final = 170
#: This many labels make a card certain.
ENOUGH_LABELS: Final = 5
#: What each word adds that stands on one side only: backs have few words, and seals cover some.
_ONLY_THERE: Final = 0.1
_BACKS: Final = frozenset({"cccd_back", "can_cuoc_back"})
#: The code stands on the front of the chip card and on the back of the 2024 card.
_WITH_CODE: Final = frozenset({"cccd_front", "can_cuoc_back"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSight:
    """How much a page looks like one side of a card; confidence 0 to 1."""

    type_id: str
    confidence: float
    evidence: str
    is_back: bool = False


def sight_cards(sheet: Sheet, book: RuleBook, values: Sequence[FieldValue]) -> list[CardSight]:
    """Lists the sides of cards that the page may show, most likely first."""
    if sum(len(row.tokens) for row in sheet.rows) > MOST_WORDS:
        return []
    segments = [segment for row in sheet.rows for segment in row.segments]
    sights = [sight for rule in book.cards if (sight := _sight(rule, segments, sheet, values)) is not None]
    return sorted(sights, key=lambda sight: -sight.confidence)


def _sight(
    rule: CardRule, segments: Sequence[Segment], sheet: Sheet, values: Sequence[FieldValue]
) -> CardSight | None:
    title = _title(rule, segments)
    page_key = sheet.key.replace("\n", "")
    labels = sum(is_within(phrase.key, page_key, 0.86) for phrase in rule.labels)
    against = sum(is_within(phrase.key, page_key, 0.86) for phrase in rule.against)
    later = sum(is_within(phrase.key, page_key, 0.86) for phrase in rule.continues)
    code = _code_bonus(rule.type_id, values) + _ONLY_THERE * min(2, later)
    score = (
        0.3 * (title is not None) + 0.65 * min(1.0, labels / ENOUGH_LABELS) + code - 0.22 * min(2, against)
    )
    if labels + (title is not None) + (code > 0) < 2 or score < 0.4:
        return None
    evidence = title or _first_label(rule, segments)
    is_back = title is None and later > 0
    return CardSight(type_id=rule.type_id, confidence=min(0.99, score), evidence=evidence, is_back=is_back)


def _title(rule: CardRule, segments: Sequence[Segment]) -> str | None:
    """The segment that is a title of this card and not the longer title of another."""
    for segment in segments:
        for phrase in rule.titles:
            is_short = len(segment.key) <= 2.2 * len(phrase.key) + 4
            if (
                is_short
                and begins_like(phrase.key, segment.key, 0.85) >= 0.85
                and not _is_longer(phrase, segment)
            ):
                return segment.text
    return None


def _is_longer(phrase: Phrase, segment: Segment) -> bool:
    """``CĂN CƯỚC`` must not be taken from ``CĂN CƯỚC CÔNG DÂN``, nor ``BỘ CÔNG AN`` from a sentence."""
    rest = segment.key[len(phrase.key) :]
    return rest.startswith(("cong", "so", "va"))


def _first_label(rule: CardRule, segments: Sequence[Segment]) -> str:
    for segment in segments:
        if any(is_within(phrase.key, segment.key, 0.86) for phrase in rule.labels):
            return segment.text
    return ""


def _code_bonus(type_id: str, values: Sequence[FieldValue]) -> float:
    """What the code readers add: a machine zone for a back, a passport number, a card's QR code."""
    names = {(value.source, value.name) for value in values}
    has_card_code = (Source.QR, "personal_number") in names
    has_zone = (Source.MRZ, "birth_date") in names
    is_passport = (Source.MRZ, "passport_number") in names
    bonus = 0.0
    if has_card_code and type_id in _WITH_CODE:
        bonus += 0.3
    if is_passport:
        bonus += 0.6 if type_id == "ho_chieu" else 0.0
    elif has_zone and type_id in _BACKS:
        bonus += 0.4
    return bonus
