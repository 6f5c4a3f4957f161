"""Dotted leader lines of forms: rows of dots that are no text, yet stand right under what is filled in.

Free dots are found as chains. Each chain then tells the level, the pitch and the size of its dots, so that
the dots hidden under words are found too and taken out where no stroke of a letter passes through them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels
from pipeline.stages.dots_below import LARGER, LEVEL_PX, OFF_LEVEL, SLACK_PX, dots_below_letters
from pipeline.stages.paper import MM_PER_INCH
from pipeline.stages.pieces import Pieces, find_pieces

#: A leader dot is at most this wide and high, mm.
_LARGEST_MM: Final = 0.85
#: Neighbouring dots of one leader are at most this far apart, mm.
_WIDEST_GAP_MM: Final = 2.2
#: Dots of one leader stand level within this, mm.
_LEVEL_MM: Final = 0.4
#: Px within which two dots stand equally level; the next one is taken then, else the more level one.
_SAME_LEVEL: Final = 1.5
#: Fewer dots in a row than this may be an ellipsis or the dots under letters.
_FEWEST: Final = 6
#: How far a leader is followed under words beyond its last free dot, mm.
_REACH_MM: Final = 170.0
#: Dots stand at most this far from where the pitch puts them, of the pitch.
_OFF_PITCH: Final = 0.3
#: The same for free dots among words, where the dot under a letter (ạ) must not be taken for one.
_OFF_PITCH_FREE: Final = 0.18
#: A dot fills this share of its box at least; letters have holes and corners.
_LEAST_FILLING: Final = 0.5
#: Dots of a leader differ in size by at most this share, and in such a share of cases at most otherwise.
_UNLIKE: Final = 0.3
_EVEN_SHARE: Final = 0.75
#: A column of ink this much higher than a dot is a stroke of a letter.
_STROKE: Final = 1.35

_Floats = npt.NDArray[np.float64]
_Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Dots:
    """Dot-like pieces of a page: middle, width and height in px, and their labels."""

    x: _Floats
    y: _Floats
    size: _Floats
    labels: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leader:
    """A dotted line: where it runs and how its dots repeat; px."""

    level: float
    slope: float
    start: float
    pitch: float
    size: float
    left: float
    right: float

    def y(self, x: _Floats | float) -> _Floats:
        return np.asarray(self.level + self.slope * np.asarray(x, np.float64))

    def is_on_pitch(self, x: _Floats) -> _Bools:
        steps = (x - self.start) / self.pitch
        return np.asarray(np.abs(steps - np.round(steps)) <= _OFF_PITCH_FREE)


def leader_dots(ink: Pixels, dpi: float, pieces: Pieces | None = None) -> Pixels:
    """Returns a mask (255) of the leader dots in a binarised page (ink 255).

    Args:
        ink: the binarised page.
        dpi: of the page.
        pieces: of the ink, where they are known already.
    """
    per_mm = dpi / MM_PER_INCH
    pieces = pieces or find_pieces(ink)
    dots = _dots(pieces.stats, pieces.centres, per_mm)
    chains = _chains(dots, per_mm)
    chosen = np.zeros(len(pieces.stats), bool)
    hidden = np.zeros(ink.shape, np.uint8)
    for chain in chains:
        if _leader(dots, chain) is None:
            chosen[dots.labels[chain]] = True
    kept, own = np.zeros(len(pieces.stats), bool), np.zeros(len(pieces.stats), bool)
    for leader in _leaders(ink, dots, chains, per_mm):
        chosen[dots.labels[_on_leader(dots, leader)]] = True
        _mark_hidden(ink, leader, hidden)
        marks, its_own = _marks_of_letters(ink, pieces, leader, per_mm)
        kept |= marks
        own |= its_own
    kept &= ~own  # two chains of one line may tell its places differently
    chosen &= ~kept
    if chosen.any():
        hidden[chosen[pieces.labels]] = 255
    if kept.any():
        hidden[kept[pieces.labels]] = 0
    return hidden


def _marks_of_letters(ink: Pixels, pieces: Pieces, leader: _Leader, per_mm: float) -> tuple[_Bools, _Bools]:
    x, y = pieces.centres[:, 0], pieces.centres[:, 1]
    near = (x >= leader.left - leader.pitch) & (x <= leader.right + leader.pitch)
    off = y - leader.y(x)
    return dots_below_letters(ink, pieces, near, off, leader.is_on_pitch(x), leader.size, per_mm)


def _dots(stats: npt.NDArray[np.int32], centres: _Floats, per_mm: float) -> _Dots:
    most = max(3.0, _LARGEST_MM * per_mm)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    filling = stats[:, cv2.CC_STAT_AREA] / np.maximum(1, width * height)
    is_dot = (width <= most) & (height <= most) & (filling >= _LEAST_FILLING)
    is_dot[0] = False
    return _Dots(
        x=centres[is_dot, 0],
        y=centres[is_dot, 1],
        size=(width + height)[is_dot] / 2.0,
        labels=np.nonzero(is_dot)[0],
    )


def _chains(dots: _Dots, per_mm: float) -> list[npt.NDArray[np.int64]]:
    """Chains dots to the next one on their right; returns chains that are long enough, as numbers of dots."""
    gap, level = _WIDEST_GAP_MM * per_mm, _LEVEL_MM * per_mm
    order = np.argsort(dots.x, kind="stable")
    x, y, size = dots.x[order], dots.y[order], dots.size[order]
    ends = np.searchsorted(x, x + gap, side="right")
    follower = np.full(len(x), -1)
    for index, end in enumerate(ends):
        off = np.abs(y[index + 1 : end] - y[index])
        is_like = np.abs(size[index + 1 : end] - size[index]) <= _UNLIKE * size[index] + 0.75
        near = np.nonzero((off <= level) & is_like)[0]
        if near.size:
            follower[index] = index + 1 + near[np.argmin(np.round(off[near] / _SAME_LEVEL))]
    heads = np.setdiff1d(np.arange(len(x)), follower[follower >= 0])
    chains = []
    for head in heads:
        chain = [int(head)]
        while follower[chain[-1]] >= 0:
            chain.append(int(follower[chain[-1]]))
        members = order[np.array(chain)]
        if len(chain) >= _FEWEST and _is_even(dots.x[members], dots.size[members]):
            chains.append(members)
    return chains


def _is_even(x: _Floats, size: _Floats) -> bool:
    """Whether dots are alike and stand at even steps; small letters and tone marks are neither."""
    steps = np.diff(x)
    step, usual = float(np.median(steps)), float(np.median(size))
    if step <= 0:  # marks above one another
        return False
    is_regular = np.abs(steps / step - np.round(steps / step)) <= 0.25
    is_alike = np.abs(size - usual) <= _UNLIKE * usual + 1
    return bool(is_regular.mean() >= _EVEN_SHARE and is_alike.mean() >= _EVEN_SHARE)


def _leaders(
    ink: Pixels, dots: _Dots, chains: Sequence[npt.NDArray[np.int64]], per_mm: float
) -> list[_Leader]:
    found = [leader for leader in (_leader(dots, chain) for chain in chains) if leader is not None]
    return [
        replace(each, left=_end(ink, each, -1, per_mm), right=_end(ink, each, 1, per_mm)) for each in found
    ]


def _end(ink: Pixels, leader: _Leader, direction: int, per_mm: float) -> float:
    """Follows a leader under words from dot to dot; it ends where a dot is missing."""
    x = leader.left if direction < 0 else leader.right
    slack = max(1, round(_OFF_PITCH * leader.pitch))
    for _ in range(int(_REACH_MM * per_mm / leader.pitch)):
        following = x + direction * leader.pitch
        column, row = round(following), round(float(leader.y(following)))
        if not 1 <= row < ink.shape[0] - 1 or not slack <= column < ink.shape[1] - slack:
            break
        if not ink[row - 1 : row + 2, column - slack : column + slack + 1].any():
            break
        x = following
    return x


def _leader(dots: _Dots, chain: npt.NDArray[np.int64]) -> _Leader | None:
    """Fits level, slope and pitch to a chain; ``None`` where its dots do not repeat evenly.

    The mark below a letter may have been taken into the chain: larger dots and those off its level go first.
    """
    chain = chain[dots.size[chain] <= LARGER * np.median(dots.size[chain]) + SLACK_PX]
    off = (
        np.abs(dots.y[chain] - np.median(dots.y[chain]))
        if len(chain) < 2 * _FEWEST
        else _off_line(dots, chain)
    )
    chain = chain[off <= max(LEVEL_PX, OFF_LEVEL * float(np.median(dots.size[chain])))]
    if len(chain) < _FEWEST:
        return None
    x, y = dots.x[chain], dots.y[chain]
    step = float(np.median(np.diff(x)))
    numbers = np.concatenate([[0.0], np.cumsum(np.maximum(1, np.round(np.diff(x) / step)))])
    pitch, start = np.polyfit(numbers, x, 1)
    if np.abs(x - start - pitch * numbers).mean() > 0.15 * pitch:
        return None
    slope, level = np.polyfit(x, y, 1) if len(x) >= 2 * _FEWEST else (0.0, float(y.mean()))
    return _Leader(
        level=float(level), slope=float(slope), start=float(start), pitch=float(pitch),
        size=float(np.median(dots.size[chain])), left=float(x[0]), right=float(x[-1]),
    )  # fmt: skip


def _off_line(dots: _Dots, chain: npt.NDArray[np.int64]) -> _Floats:
    """How far each dot of a long chain stands off the line through most of them, px."""
    x, y = dots.x[chain], dots.y[chain]
    slope, level = np.polyfit(x, y, 1)
    steady = np.abs(y - slope * x - level)
    usual = steady <= np.quantile(steady, 0.8)
    slope, level = np.polyfit(x[usual], y[usual], 1)
    return np.asarray(np.abs(y - slope * x - level), np.float64)


def _on_leader(dots: _Dots, leader: _Leader) -> _Bools:
    """Returns which dots belong to the leader though words part them from its free dots."""
    return np.asarray(
        (dots.x >= leader.left - 1) & (dots.x <= leader.right + 1)
        & (np.abs(dots.y - leader.y(dots.x)) <= max(1.0, 0.4 * leader.size))
        & (dots.size <= 1.25 * leader.size + 0.5) & leader.is_on_pitch(dots.x)
    )  # fmt: skip


def _mark_hidden(ink: Pixels, leader: _Leader, mask: Pixels) -> None:
    """Marks dots that touch letters: rows in which no stroke of a letter runs on beside the dot."""
    reach, width = int(np.ceil(2 * leader.size)), round(leader.size) + 1
    middles = _places(leader)
    rows = np.round(leader.y(middles)).astype(int)[:, None] + np.arange(-reach, reach + 1)
    columns = np.round(middles - leader.size / 2).astype(int)[:, None] + np.arange(-1, width + 1)
    is_inside = (
        (rows[:, 0] >= 0) & (rows[:, -1] < ink.shape[0])
        & (columns[:, 0] >= 0) & (columns[:, -1] < ink.shape[1])
    )  # fmt: skip
    rows, columns = rows[is_inside], columns[is_inside]
    runs = _runs(ink[rows[:, :, None], columns[:, None, :]] > 0, reach)
    runs &= runs.sum(axis=1, keepdims=True) <= _STROKE * leader.size + 1
    hidden = runs[:, :, 1:-1] & ~(runs[:, :, :1] | runs[:, :, -1:])
    place, row, column = np.nonzero(hidden)
    mask[rows[place, row], columns[place, column + 1]] = 255


def _places(leader: _Leader) -> _Floats:
    """Returns the middles of the leader's dots, free and hidden."""
    first = int(np.ceil((leader.left - leader.start) / leader.pitch - _OFF_PITCH))
    last = int((leader.right - leader.start) / leader.pitch + _OFF_PITCH)
    return np.asarray(leader.start + leader.pitch * np.arange(first, last + 1), np.float64)


def _runs(windows: _Bools, middle: int) -> _Bools:
    """Returns, in each column of each window, the run of ink through or next to the middle row."""
    runs = np.zeros_like(windows)
    runs[:, middle - 1 : middle + 2] = windows[:, middle - 1 : middle + 2]
    for row in range(middle - 2, -1, -1):
        runs[:, row] = windows[:, row] & runs[:, row + 1]
    for row in range(middle + 2, windows.shape[1]):
        runs[:, row] = windows[:, row] & runs[:, row - 1]
    return runs
