"""Which way up a page stands: a cheap guess from the shape of its rows, for recognition to confirm.

Works on 1-bit, grey and colour pages alike. The guess costs some 0.1 s; only where recognition finds the
guessed page illegible are the other ways tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.stages.deskew import Rows, find_rows
from pipeline.stages.glyphs import Glyphs

#: Rows along one axis this much sharper than along the other decide between level and sideways.
_CLEAR_RATIO: Final = 1.5
#: Below this asymmetry, up and down are as good as equal.
_CLEAR_ASYMMETRY: Final = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """One way the page may have to be turned.

    Attributes:
        turn_degrees: clockwise turn that makes it upright: 0, 90, 180 or 270.
        skew_degrees: angle left after that turn, positive = content turned clockwise.
    """

    turn_degrees: int
    skew_degrees: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """Ways a page may stand, the likeliest first; all four, each once."""

    stances: tuple[Stance, ...]
    is_clear: bool


def guess_stances(glyphs: Glyphs) -> Guess:
    """Orders the four ways by likelihood from the rows that the letters stand in."""
    level, sideways = find_rows(glyphs, is_sideways=False), find_rows(glyphs, is_sideways=True)
    level_ways = _ways(level, (0, 180))
    sideways_ways = _ways(sideways, (270, 90))
    is_level = level.strength >= sideways.strength or not sideways.is_clear
    ratio = max(level.strength, sideways.strength) / max(1e-9, min(level.strength, sideways.strength))
    chosen = level if is_level else sideways
    return Guess(
        stances=level_ways + sideways_ways if is_level else sideways_ways + level_ways,
        is_clear=ratio >= _CLEAR_RATIO and chosen.is_clear and abs(chosen.asymmetry) >= _CLEAR_ASYMMETRY,
    )


def _ways(rows: Rows, turns: tuple[int, int]) -> tuple[Stance, ...]:
    """Orders the two ways along one axis: the rows' sharper edge goes down."""
    skew = rows.angle_degrees if rows.is_clear else 0.0
    ordered = turns if rows.asymmetry >= -_CLEAR_ASYMMETRY else turns[::-1]
    return tuple(Stance(turn_degrees=turn, skew_degrees=skew) for turn in ordered)
