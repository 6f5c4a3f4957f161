"""How straight a page was put: the printed lines of the truth, carried onto the upright page."""

from __future__ import annotations

import math
import statistics

import numpy as np
import numpy.typing as npt

from benchmarks.page_case import PageCase
from pipeline.geometry import Placement

Ends = npt.NDArray[np.float64]

#: Lines shorter than this share of the page width say little about its angle.
_LEAST_SHARE = 0.12


def residual_degrees(page: PageCase, placement: Placement) -> float | None:
    """Angle at which the printed lines stand on the upright page, see ``residual_of_lines``."""
    truth = page.truth
    scale = np.array([placement.original_width / truth["width"], placement.original_height / truth["height"]])
    ends = np.array([_ends(line["quad"]) for line in truth["lines"]], np.float64).reshape(-1, 2, 2)
    return residual_of_lines(ends * scale, placement)


def residual_of_lines(ends: Ends, placement: Placement, least_share: float = _LEAST_SHARE) -> float | None:
    """Angle at which lines stand on the upright page, -180 to 180, clockwise positive.

    0 is perfect; near 90, 180 or -90 the page lies on its side or its head. ``None`` where no line is long
    enough.

    Args:
        ends: (n, 2, 2) start and end of each line, px of the original.
        placement: where the upright page lies in the original.
        least_share: shorter lines do not count, share of the page width.
    """
    to_upright = np.linalg.inv(np.array(placement.to_original).reshape(3, 3))
    angles: list[tuple[float, float]] = []
    for left, right in ends:
        start, end = _moved(to_upright, *left), _moved(to_upright, *right)
        run, rise = end[0] - start[0], end[1] - start[1]
        if math.hypot(run, rise) >= max(1.0, least_share * placement.width):
            angles.append((run, rise))
    return _middle(angles) if angles else None


def is_upright(residual: float) -> bool:
    """Whether the lines run from left to right."""
    return abs(residual) < 45


def off_level(residual: float) -> float:
    """Degrees off the nearest quarter turn, 0 to 45."""
    return abs((residual + 45) % 90 - 45)


def _middle(runs: list[tuple[float, float]]) -> float:
    """Median angle, taken about the common direction so that 180 and -180 are neighbours."""
    common = math.atan2(sum(rise for _, rise in runs), sum(run for run, _ in runs))
    turned = [math.degrees(math.remainder(math.atan2(rise, run) - common, math.tau)) for run, rise in runs]
    return math.remainder(math.degrees(common) + statistics.median(turned), 360)


def _ends(quad: list[list[float]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Middles of the left and the right edge."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    return ((ax + dx) / 2, (ay + dy) / 2), ((bx + cx) / 2, (by + cy) / 2)


def _moved(
    matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]], x: float, y: float
) -> tuple[float, float]:
    a, b, c = matrix @ np.array([x, y, 1.0])
    return float(a / c), float(b / c)
