"""How well confidences foretell what is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

#: Bins of equal width, as usual for this error.
BINS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """One row of a reliability table: words foretold from ``low`` on, and what became of them."""

    low: float
    count: int
    foretold: float
    right: float


def reliability(confidence: Numbers, is_right: npt.NDArray[np.bool_], bins: int = BINS) -> list[Reliability]:
    """Returns the bins that hold any word."""
    places = np.minimum(bins - 1, (confidence * bins).astype(int))
    return [
        Reliability(
            low=place / bins,
            count=int((places == place).sum()),
            foretold=float(confidence[places == place].mean()),
            right=float(is_right[places == place].mean()),
        )
        for place in range(bins)
        if (places == place).any()
    ]


def expected_error(confidence: Numbers, is_right: npt.NDArray[np.bool_], bins: int = BINS) -> float:
    """Returns the expected calibration error, 0 to 1: how far the bins are off, weighted by their words."""
    rows = reliability(confidence, is_right, bins)
    return sum(row.count * abs(row.foretold - row.right) for row in rows) / max(1, len(confidence))


def adaptive_error(confidence: Numbers, is_right: npt.NDArray[np.bool_], bins: int = BINS) -> float:
    """Returns the same over bins of equally many words: it sees what happens among the many sure words."""
    parts = np.array_split(np.argsort(confidence, kind="stable"), bins)
    off = [
        len(part) * abs(float(confidence[part].mean() - is_right[part].mean())) for part in parts if len(part)
    ]
    return sum(off) / max(1, len(confidence))


def brier(confidence: Numbers, is_right: npt.NDArray[np.bool_]) -> float:
    """Returns the mean squared difference between confidence and truth, 0 to 1."""
    return float(np.mean((confidence - is_right) ** 2))


def separation(confidence: Numbers, is_right: npt.NDArray[np.bool_]) -> float:
    """Returns how often a right word is surer than a wrong one (area under the curve), 0.5 to 1."""
    ranks = np.empty(len(confidence))
    order = np.argsort(confidence, kind="stable")
    _, place, count = np.unique(confidence[order], return_inverse=True, return_counts=True)
    middles = np.cumsum(count) - (count - 1) / 2
    ranks[order] = middles[place]
    right, wrong = int(is_right.sum()), int((~is_right).sum())
    if not right or not wrong:
        return 1.0
    return float((ranks[is_right].sum() - right * (right + 1) / 2) / (right * wrong))
