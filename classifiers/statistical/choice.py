"""The final choice: rules and statistics together give each candidate one probability of being right.

The weights are learned on pages that the model had not seen, among them pages whose type was hidden from
the statistics, from the rules, or from both: so the probability also answers whether the paper is of a
known type at all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from classifiers.statistical.sight import Sight
from dossiers.document_types import UNKNOWN

Floats = npt.NDArray[np.float32]
#: What speaks for or against a candidate, in the order of the weights; the last weight is the constant.
CLUES: Final = (
    "rule_confidence", "rule_certain", "rule_says_another", "rules_silent_though_they_know", "both_agree",
    "log_odds", "lead", "score", "score_if_known", "statistics_know", "unknown_odds", "rule_only",
    "known_ngrams", "title_fits", "title_exact", "title_of_another", "title_foreign", "few_words",
    "labels", "labels_missing", "labels_of_another", "untypical", "typical", "title_foreign_though_ruled",
    "title_foreign_though_alike", "title_fits_and_labels",
)  # fmt: skip


#: A title this much alike may be that of a type.
_FITTING: Final = 0.8
#: A page with a smaller share of a type's labels hardly carries any.
_FEW_LABELS: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """A page with the statistics' opinion of it.

    Attributes:
        sight: what the page shows.
        classes: the classes of the model.
        scores: their logits.
        known: share of the page's n-grams that the model knows, 0 to 1.
        ruled: types that the rules know.
        distances: of the scores from those of pages of the class, in their standard deviations.
    """

    sight: Sight
    classes: Sequence[str]
    scores: Floats
    known: float
    ruled: Collection[str]
    distances: Floats

    def probabilities(self) -> Floats:
        """Of the classes, as the statistics alone see them."""
        raised = np.exp(self.scores - self.scores.max())
        return np.asarray(raised / raised.sum(), np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A type and the probability that it is right."""

    type_id: str
    probability: float


def candidates(evidence: Evidence) -> list[str]:
    """The types worth weighing: what the rules say and the statistics' two best."""
    order = np.argsort(-evidence.scores)[:3]
    found = [evidence.sight.rule.type_id, *(evidence.classes[place] for place in order)]
    return [each for each in dict.fromkeys(found) if each != UNKNOWN][:3]


def choose(evidence: Evidence, weights: Floats) -> Candidate | None:
    """The likeliest candidate, or ``None`` where there is none."""
    weighed = [
        Candidate(type_id=each, probability=probability(clues_of(evidence, each), weights))
        for each in candidates(evidence)
    ]
    return max(weighed, key=lambda each: each.probability, default=None)


def probability(clues: Floats, weights: Floats) -> float:
    """From clues to a probability."""
    total = float(clues @ weights[:-1] + weights[-1])
    return 1 / (1 + float(np.exp(-np.clip(total, -30, 30))))


def clues_of(evidence: Evidence, type_id: str) -> Floats:
    """What speaks for and against a type, in the order of ``CLUES``."""
    sight, rule = evidence.sight, evidence.sight.rule
    says, silent = rule.type_id == type_id, rule.type_id == UNKNOWN
    p = evidence.probabilities()
    place = evidence.classes.index(type_id) if type_id in evidence.classes else None
    own = float(p[place]) if place is not None else 0.0
    others = np.delete(p, place) if place is not None else p
    score = float(evidence.scores[place]) if place is not None else 0.0
    unknown = float(p[evidence.classes.index(UNKNOWN)]) if UNKNOWN in evidence.classes else 0.0
    fits = sight.titles.get(type_id, 0.0)
    labels = sight.labels.get(type_id, 0.0)
    others_labels = [sight.labels.get(each, 0.0) for each in candidates(evidence) if each != type_id]
    is_foreign = float(sight.has_title and fits < _FITTING)
    distance = float(evidence.distances[place]) if place is not None else 0.0
    other_title = max((v for each, v in sight.titles.items() if each != type_id), default=0.0)
    return np.asarray(
        [
            rule.confidence * says,
            float(says and rule.confidence >= 0.9),
            rule.confidence * (not says and not silent),
            float(silent and type_id in evidence.ruled),
            float(says and place is not None and own >= 0.5),
            _log_odds(own) if place is not None else 0.0,
            own - float(others.max(initial=0.0)) if place is not None else 0.0,
            score / 5,
            max(0.0, score) / 5,
            float(place is not None),
            _log_odds(unknown) if UNKNOWN in evidence.classes else -1.0,
            float(says and place is None),
            evidence.known,
            max(0.0, fits - 0.8) * 5,
            float(fits >= 0.96),
            max(0.0, other_title - max(fits, 0.8)) * 5,
            is_foreign,
            max(0.0, 0.6 - float(sight.look[5])),
            labels,
            float(type_id in evidence.ruled and labels < _FEW_LABELS),
            max(0.0, max(others_labels, default=0.0) - labels),
            float(np.clip(-distance - 1.0, 0.0, 6.0)) / 3,
            float(np.clip(distance, -3.0, 3.0)) / 3,
            is_foreign * rule.confidence * says,
            is_foreign * max(0.0, own - 0.5),
            float(fits >= _FITTING) * labels,
        ],
        np.float32,
    )


def _log_odds(share: float) -> float:
    return float(np.clip(np.log((share + 1e-4) / (1 - share + 1e-4)), -6, 6)) / 3
