"""Charts as plain geometry: pure functions, drawn by templates as SVG that escapes every word.

A chart never lies: bars begin at zero and all have one scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Width and height of a chart, in its own units.
WIDTH: Final = 560
HEIGHT: Final = 190
_LEFT: Final = 34
_TOP: Final = 16
_BOTTOM: Final = 30
#: Height of a label.
_LABEL: Final = 13.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; ``value`` is ``None`` where nothing is known: no bar is drawn then."""

    left: float
    top: float
    width: float
    height: float
    label: str
    value: float | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line across the chart, such as a limit."""

    top: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars over a floor with lines across."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    floor: float
    left: float = _LEFT
    width: float = WIDTH
    height: float = HEIGHT


def bar_chart(
    points: Sequence[tuple[str, float | None]], limits: Sequence[float] = (), states: Sequence[str] = ()
) -> Chart:
    """Lays out bars.

    Args:
        points: label and value of each, 0 or more.
        limits: values at which a line is drawn.
        states: name of the look of each bar; the usual one where it is not given.
    """
    known = [value for _, value in points if value is not None]
    most = max([*known, *limits, 1.0])
    floor = HEIGHT - _BOTTOM
    scale = (floor - _TOP) / most
    step = (WIDTH - _LEFT) / max(1, len(points))
    bars = [
        Bar(
            left=round(_LEFT + step * place + step * 0.15, 1),
            top=round(floor - (value or 0) * scale, 1),
            width=round(step * 0.7, 1),
            height=round((value or 0) * scale, 1),
            label=label,
            value=value,
            state=states[place] if place < len(states) else "usual",
        )
        for place, (label, value) in enumerate(points)
    ]
    lines = _lines([(round(floor - each * scale, 1), f"{each:g}") for each in sorted(limits, reverse=True)])
    return Chart(bars=tuple(bars), lines=lines, floor=floor)


def _lines(limits: Sequence[tuple[float, str]]) -> tuple[Line, ...]:
    """Lines from the top; one whose label would run into the label above has none."""
    found: list[Line] = []
    last = -_LABEL
    for top, label in limits:
        is_free = top - last >= _LABEL
        found.append(Line(top=top, label=label if is_free else ""))
        last = top if is_free else last
    return tuple(found)
