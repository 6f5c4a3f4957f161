"""Fronts and backs of cards, joined in one assignment over the whole stack.

Sides of one card lie side by side, or a pile of fronts is followed by the pile of their backs, or something
came between them and only their numbers tell that they belong together. A side whose type was not recognised
is found beside its other side by the number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from classifiers.cut.cues import front_of, is_blank
from classifiers.merging import merge_fields
from dossiers.assignment import best_assignment
from dossiers.document_types import DOCUMENT_TYPES, UNKNOWN
from dossiers.reading import PageReading, Source

_CARD_SIDES: Final = frozenset(
    each for kind in DOCUMENT_TYPES.values() if kind.joins for each in (kind.type_id, kind.joins)
)
#: Worth of two sides with the same number; more than that of any number of sides that merely lie close.
_SAME_NUMBER: Final = 1_000_000
#: Sides that follow each other; less by the square of the distance, so that piles are matched in order.
_CLOSE: Final = 1_000
#: A number is sure enough to keep sides apart if a code or a machine zone told it, or print this surely.
_SURE: Final = 0.9
#: More letters than a card has room for.
_LONG_TEXT: Final = 900
#: A card's own QR code gives at least so many fields.
_CARD_CODE_FIELDS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card: its type (that of its front) and where its sides lie; ``None`` where one is missing."""

    type_id: str
    front: int | None
    back: int | None

    @property
    def positions(self) -> list[int]:
        """Places of the sides that are there, ascending."""
        return sorted(at for at in (self.front, self.back) if at is not None)

    def with_side(self, position: int) -> Card:
        """The card with the side that it lacks."""
        return replace(self, front=position) if self.front is None else replace(self, back=position)


def find_cards(readings: Sequence[PageReading]) -> tuple[Card, ...]:
    """Returns all cards in the stack; no page is in two of them."""
    sides = [at for at, reading in enumerate(readings) if _is_side(reading)]
    fronts = [at for at in sides if _type(readings[at]) == front_of(_type(readings[at]))]
    backs = [at for at in sides if at not in set(fronts)]
    runs = list(accumulate(int(not (_is_side(each) or is_blank(each))) for each in readings))
    worths = [[_worth(front, back, readings, runs) for back in backs] for front in fronts]
    chosen = best_assignment(worths) if backs else (None,) * len(fronts)
    cards = []
    for front, place in zip(fronts, chosen, strict=True):
        back = None if place is None else backs[place]
        cards.append(Card(type_id=_type(readings[front]), front=front, back=back))
    joined = {card.back for card in cards}
    lone = [back for back in backs if back not in joined]
    cards += [Card(type_id=front_of(_type(readings[back])), front=None, back=back) for back in lone]
    return tuple(_completed(sorted(cards, key=lambda card: card.positions), readings))


def _is_side(reading: PageReading) -> bool:
    return _type(reading) in _CARD_SIDES and not is_blank(reading)


def _type(reading: PageReading) -> str:
    return reading.classification.type_id


def _worth(front: int, back: int, readings: Sequence[PageReading], runs: Sequence[int]) -> int | None:
    """What it is worth to join two sides; ``runs`` counts the other papers up to each page."""
    one, other = readings[front], readings[back]
    if front_of(_type(other)) != _type(one):
        return None
    distance = sum(not is_blank(each) for each in readings[min(front, back) + 1 : max(front, back) + 1])
    close = max(1, _CLOSE - distance * distance)
    if _numbers(one) & _numbers(other):
        return _SAME_NUMBER + close
    known, number = _sure_number(one), _sure_number(other)
    is_other_card = known is not None and number is not None and known != number
    return None if is_other_card or runs[front] != runs[back] else close


def _numbers(reading: PageReading) -> set[str]:
    """All personal numbers read on the side; two sides do not agree on one by chance."""
    return {each.value for each in reading.fields if each.name == "personal_number" and each.value}


def _sure_number(reading: PageReading) -> str | None:
    for each in merge_fields(each for each in reading.fields if each.name == "personal_number"):
        if each.value is not None and (each.source in {Source.QR, Source.MRZ} or each.confidence >= _SURE):
            return each.value
    return None


def _completed(cards: Sequence[Card], readings: Sequence[PageReading]) -> list[Card]:
    """Gives lone sides the unrecognised page beside them that bears their number."""
    taken = {at for card in cards for at in card.positions}
    found = []
    for card in cards:
        if len(card.positions) == 1:
            at = card.positions[0]
            beside = (_next_page(at, step, readings) for step in (1, -1))
            other = next((each for each in beside if _is_other_side(at, each, taken, readings)), None)
            if other is not None:
                taken.add(other)
                card = card.with_side(other)
        found.append(card)
    return found


def _next_page(position: int, step: int, readings: Sequence[PageReading]) -> int | None:
    position += step
    while 0 <= position < len(readings) and is_blank(readings[position]):
        position += step
    return position if 0 <= position < len(readings) else None


def _is_other_side(
    side: int, position: int | None, taken: Collection[int], readings: Sequence[PageReading]
) -> bool:
    if position is None or position in taken:
        return False
    page = readings[position]
    is_nameless = _type(page) == UNKNOWN and len(page.text) < _LONG_TEXT
    return (is_nameless or _has_card_code(page)) and _share_number(readings[side], page)


def _has_card_code(page: PageReading) -> bool:
    sources = [each.source for each in page.fields]
    return Source.MRZ in sources or sources.count(Source.QR) >= _CARD_CODE_FIELDS


def _share_number(side: PageReading, page: PageReading) -> bool:
    """Whether a number of one of them stands in the text of the other, between other digits perhaps."""
    return any(
        number in re.sub(r"\s", "", other.text) or number in _numbers(other)
        for one, other in ((side, page), (page, side))
        for number in _numbers(one) | set(re.findall(r"(?<!\d)\d{12}(?!\d)", one.text))
    )
