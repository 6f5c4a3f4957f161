"""Logistic regression with a ridge and with weights that may not be negative, in plain numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_MOST_STEPS: Final = 60
_SMALLEST_STEP: Final = 1e-7


def fit_logistic(
    features: Numbers, is_right: npt.NDArray[np.bool_], share: Numbers, ridge: float, positive: Sequence[int]
) -> tuple[float, Numbers]:
    """Returns intercept and weights by Newton's method; a weight that would turn negative is held at 0.

    Args:
        features: a row for each case.
        is_right: what is to be foretold.
        share: how much each case counts.
        ridge: strength of the pull towards 0, in cases; the intercept is free.
        positive: columns whose weights may not be negative.
    """
    inputs = np.column_stack((np.ones(len(features)), features))
    bound = np.zeros(inputs.shape[1], dtype=bool)
    bound[[column + 1 for column in positive]] = True
    pull = np.full(inputs.shape[1], ridge)
    pull[0] = 1e-9
    weights = np.zeros(inputs.shape[1])
    target = is_right.astype(np.float64)
    for _ in range(_MOST_STEPS):
        foretold = 1.0 / (1.0 + np.exp(-(inputs @ weights)))
        slope = inputs.T @ (share * (foretold - target)) + pull * weights
        free = ~(bound & (weights <= 0) & (slope > 0))
        curve = (inputs[:, free] * (share * foretold * (1 - foretold))[:, None]).T @ inputs[:, free]
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(curve + np.diag(pull[free]), slope[free])
        moved = np.where(bound, np.maximum(0.0, weights - step), weights - step)
        change = float(np.abs(moved - weights).max())
        weights = moved
        if change < _SMALLEST_STEP:
            break
    return float(weights[0]), weights[1:]
