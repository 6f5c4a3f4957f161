"""The one place that knows scikit-learn; it is installed with the ``train`` extra only."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

from dossiers.errors import ConfigurationError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regression:
    """A fitted regression: classes in sorted order."""

    weights: Floats
    bias: Floats


def check_engine() -> None:
    """Makes sure that training is possible here.

    Raises:
        ConfigurationError: ``TRAINING_UNAVAILABLE``, scikit-learn is not installed.
    """
    if find_spec("sklearn") is None:
        raise ConfigurationError(
            "TRAINING_UNAVAILABLE",
            vi="Chưa cài thư viện để huấn luyện (scikit-learn).",
            en="scikit-learn, which training needs, is not installed",
            hint="pip install 'sohoa[train]'",
        )


def logistic_regression(
    rows: npt.NDArray[np.floating],
    truth: Sequence[str] | Sequence[bool],
    *,
    freedom: float,
    sample_weights: Sequence[float] | None = None,
) -> Regression:
    """Fits a (multinomial) logistic regression; deterministic.

    Raises:
        ConfigurationError: see ``check_engine``.
    """
    check_engine()
    # An optional heavy library, inside its own adapter.
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=freedom, max_iter=400, tol=1e-4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not converged to the last digit is good enough
        fitted.fit(rows, truth, sample_weight=sample_weights)
    return Regression(
        weights=np.asarray(fitted.coef_, np.float64), bias=np.asarray(fitted.intercept_, np.float64)
    )
