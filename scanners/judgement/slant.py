"""By how much the sheet went in askew, from the rows of print."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels

#: Angles that are tried, degrees.
_REACH: Final = 12.0
_STEP: Final = 0.5
#: Fewer points of ink say nothing; more than the second add nothing.
_FEWEST_POINTS: Final = 600
_MOST_POINTS: Final = 12_000
#: Rows at the best angle stand out so much more than at the usual one.
_CLEAR: Final = 1.25

_Points = npt.NDArray[np.float32]


def slant_degrees(own: Pixels) -> float:
    """Returns the angle of the rows, clockwise positive, -12 to 12; 0 where there are no clear rows.

    Args:
        own: the darkness at ``darkness.MAP_DPI``.
    """
    rows, columns = np.nonzero(own >= 70)
    if rows.size < _FEWEST_POINTS:
        return 0.0
    take = np.linspace(0, rows.size - 1, min(rows.size, _MOST_POINTS)).astype(np.intp)
    down, across = rows[take].astype(np.float32), columns[take].astype(np.float32)
    found = [_best(down, across), _best(across, -down)]  # rows of a page that lies sideways run down
    return max(found, key=lambda each: each[1])[0]


def _best(down: _Points, across: _Points) -> tuple[float, float]:
    angles = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)
    scores = np.array([_sharpness(down, across, float(angle)) for angle in angles])
    usual = float(np.median(scores))
    place = int(scores.argmax())
    clear = float(scores[place]) / usual if usual else 0.0
    return (float(angles[place]), clear) if clear >= _CLEAR else (0.0, 0.0)


def _sharpness(down: _Points, across: _Points, degrees: float) -> float:
    turn = np.radians(degrees)
    place = down * np.cos(turn) - across * np.sin(turn)
    counts = np.bincount((place - place.min()).astype(np.intp))
    return float((counts.astype(np.float64) ** 2).sum())
