"""From labelled pages to a calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from benchmarks.confidence.logistic import Numbers, fit_logistic
from benchmarks.confidence.pages import LabelledPage
from pipeline.confidence.calibration import Calibration
from pipeline.confidence.features import NAMES, RAMPS

#: Groups that are never fitted on: real scans only judge.
LEFT_OUT: Final = ("scans", "spoilt-scans")
#: Every group counts like so many words, however many pages it has.
_WORDS_A_GROUP: Final = 5000.0
#: Pull of every weight towards 0, in words.
_RIDGE: Final = 3.0


def fitted(pages: Sequence[LabelledPage]) -> Calibration:
    """Fits a calibration; all groups count alike.

    Raises:
        ValueError: there are no pages.
    """
    words = Counter[str]()
    for page in pages:
        words[page.group] += len(page.engine)
    share = np.concatenate(
        [np.full(len(page.engine), _WORDS_A_GROUP / words[page.group]) for page in pages if len(page.engine)]
    )
    intercept, weights = fit_logistic(
        np.vstack([page.features for page in pages]),
        np.concatenate([page.is_right for page in pages]),
        share,
        _RIDGE,
        [NAMES.index(name) for name in RAMPS],
    )
    return Calibration(intercept=intercept, weights=weights)


def held_out(
    pages: Sequence[LabelledPage], left_out: Sequence[str]
) -> Iterator[tuple[LabelledPage, Numbers]]:
    """Yields every page with confidences from a fit that saw neither its document nor a group left out."""
    for document in sorted({page.document for page in pages}):
        known = [page for page in pages if page.document != document and page.group not in left_out]
        calibration = fitted(known)
        for page in pages:
            if page.document == document:
                yield page, calibration.probabilities(page.features)
