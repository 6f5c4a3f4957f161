"""Signatures: pen strokes of their size, below a line that asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from classifiers.layout import Segment, Sheet
from classifiers.marks.pen import Strokes
from classifiers.marks.rings import Ring
from classifiers.marks.sight import Sight
from classifiers.marks.words import MarkWords
from dossiers.reading import Box, Mark, MarkKind

#: Sizes of a signature, mm: its box and its longest and highest single stroke.
_WIDTH_MM: Final = (6.0, 80.0)
_HEIGHT_MM: Final = (3.2, 38.0)
_LONGEST_MM: Final = 5.5
_TALLEST_MM: Final = 3.0
#: A stroke is thin: its ink fills at most this much of its box; touching letters fill more.
_MOST_FILLED: Final = 0.34
#: A signature lies so far below the line that asks for it, and so far beside its middle, mm.
_BELOW_MM: Final = (-3.0, 42.0)
_BESIDE_MM: Final = 34.0
#: Dark strokes must be higher and thinner than blue ones: remains of print are dark too.
_DARK_TALLEST_MM: Final = 4.2
_DARK_FILLED: Final = 0.28
#: Initials stand below this share of the page's height.
_FOOT: Final = 0.86
#: Longer lines are sentences.
_LONGEST_LINE: Final = 44
#: Confidences: where a signature is asked for, with the pen's colour, and blue but anywhere.
_ASKED: Final = 0.8
_ASKED_BLUE: Final = 0.95
_BLUE: Final = 0.6
_DARK_FOOT: Final = 0.5
#: What runs out of a seal: where, mm and shares of the seal's radius, and how long a stroke must be, mm.
_SEALED: Final = 0.7
_SEAL_GAP_MM: Final = 3.0
_SEAL_BAND: Final = 0.7
_SEALED_LONGEST_MM: Final = 4.5
#: A signature that nobody asked for is larger, mm.
_FREE_LONGEST_MM: Final = 9.0
_FREE_TALLEST_MM: Final = 6.5


def signing_places(sheet: Sheet, words: MarkWords) -> tuple[Box, ...]:
    """Boxes of the lines that stand above signatures; px of the page."""
    return tuple(segment.box for row in sheet.rows for segment in row.segments if _asks(segment, words))


def _asks(segment: Segment, words: MarkWords) -> bool:
    key = segment.key
    if not 2 <= len(key) <= _LONGEST_LINE or ":" in segment.text or not key.startswith(words.signing):
        return False
    return segment.text.isupper() or any(
        key.startswith(each) and (len(each) > 3 or key == each) for each in words.signing
    )


def find_signatures(
    sight: Sight, groups: Sequence[Strokes], places: Sequence[Box], rings: Sequence[Ring]
) -> tuple[Mark, ...]:
    """Tells which groups of strokes are signatures.

    Args:
        sight: the page.
        groups: strokes of pens.
        places: lines that stand above signatures, px of the page.
        rings: seals, which stand over the left third of a signature.
    """
    marks = []
    for group in groups:
        confidence = max(
            _confidence(sight, group, places), _SEALED if _is_sealed(sight, group, rings) else 0.0
        )
        if confidence:
            box = sight.on_page(group.left, group.top, group.right, group.bottom)
            marks.append(Mark(kind=MarkKind.SIGNATURE, box=box, confidence=confidence))
    return tuple(marks)


def _confidence(sight: Sight, group: Strokes, places: Sequence[Box]) -> float:
    """How sure it is that a group is a signature; 0 where it is none."""
    width, height = group.width_mm(sight.per_mm), group.height_mm(sight.per_mm)
    is_sized = _WIDTH_MM[0] <= width <= _WIDTH_MM[1] and _HEIGHT_MM[0] <= height <= _HEIGHT_MM[1]
    is_stroke = (
        group.longest >= _LONGEST_MM and group.tallest >= _TALLEST_MM and group.filling <= _MOST_FILLED
    )
    if not (is_sized and is_stroke):
        return 0.0
    if not group.is_blue and (group.tallest < _DARK_TALLEST_MM or group.filling > _DARK_FILLED):
        return 0.0
    if group.is_blue and group.is_read and group.tallest < _DARK_TALLEST_MM:
        return 0.0
    if _is_asked_for(sight, group, places):
        return _ASKED_BLUE if group.is_blue else _ASKED
    if group.top > _FOOT * sight.ink.shape[0]:
        return _BLUE if group.is_blue else _DARK_FOOT
    is_large = group.longest >= _FREE_LONGEST_MM and group.tallest >= _FREE_TALLEST_MM
    return _BLUE if group.is_blue and is_large else 0.0


def _is_sealed(sight: Sight, group: Strokes, rings: Sequence[Ring]) -> bool:
    """Whether thin strokes run out of a seal at the height of its middle; print stands above or below."""
    middle = (group.top + group.bottom) / 2
    near = _SEAL_GAP_MM * sight.per_mm
    return (
        group.longest >= _SEALED_LONGEST_MM
        and group.filling <= _MOST_FILLED
        and any(
            abs(middle - ring.y) <= _SEAL_BAND * ring.radius
            and -near <= group.left - (ring.x + 0.7 * ring.radius) <= 0.4 * ring.radius + near
            for ring in rings
        )
    )


def _is_asked_for(sight: Sight, group: Strokes, places: Sequence[Box]) -> bool:
    per_mm = sight.per_mm / sight.scale
    middle = (group.left + group.right) / 2 / sight.scale
    centre = (group.top + group.bottom) / 2 / sight.scale
    return any(
        _BELOW_MM[0] * per_mm <= centre - place.bottom <= _BELOW_MM[1] * per_mm
        and abs(middle - (place.left + place.right) / 2) <= _BESIDE_MM * per_mm
        for place in places
    )
