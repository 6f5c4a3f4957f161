"""Fields whose place was written by hand: their value is not guessed, their place is kept for the clerk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dossiers.reading import Box, FieldValue, Mark, MarkKind, Source

#: The rule that a value was printed; it does not hold for these.
PRINTED: Final = "printed"
#: A value is handwritten if zones cover this share of its box.
_LEAST_COVERED: Final = 0.5
#: A zone begins at most so many of its heights behind an empty label.
_REACH: Final = 6.0


def without_guesses(fields: Sequence[FieldValue], marks: Sequence[Mark]) -> tuple[FieldValue, ...]:
    """Returns the fields; those written by hand are empty, with the zone as their box and ``printed`` broken.

    Values of codes and of PDF text are never touched.
    """
    zones = [mark.box for mark in marks if mark.kind is MarkKind.HANDWRITING]
    return tuple(_checked(field, zones) for field in fields) if zones else tuple(fields)


def _checked(field: FieldValue, zones: Sequence[Box]) -> FieldValue:
    if field.box is None or field.source is not Source.OCR:
        return field
    box = field.box
    if field.value is None:
        behind = [zone for zone in zones if _is_behind(box, zone)]
        return _by_hand(field, min(behind, key=lambda zone: zone.left)) if behind else field
    covering = [zone for zone in zones if _shared(box, zone) > 0]
    area = (box.right - box.left) * (box.bottom - box.top)
    if sum(_shared(box, zone) for zone in covering) >= _LEAST_COVERED * area:
        return _by_hand(field, max(covering, key=lambda zone: _shared(box, zone)))
    return field


def _by_hand(field: FieldValue, zone: Box) -> FieldValue:
    return replace(field, value=None, box=zone, alternatives=(), checks=(*field.checks, (PRINTED, False)))


def _is_behind(label: Box, zone: Box) -> bool:
    """Whether a zone stands on the label's line, to the right and near."""
    height = zone.bottom - zone.top
    level = min(label.bottom, zone.bottom) - max(label.top, zone.top)
    is_level = level >= 0.5 * min(label.bottom - label.top, height)
    return is_level and zone.left >= label.left and zone.left - label.right <= _REACH * height


def _shared(one: Box, other: Box) -> int:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across * down if across > 0 and down > 0 else 0
