"""Trains a model and tries it on pages that it has not seen, known types and hidden ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

import numpy as np
import numpy.typing as npt

from classifiers.statistical.choice import CLUES, Evidence, candidates, choose, clues_of
from classifiers.statistical.model import LinearModel
from classifiers.training.engine import logistic_regression
from classifiers.training.example import Example
from classifiers.training.fitting import fit
from classifiers.training.folds import by_dossier, by_type, without_its_rule
from dossiers.document_types import UNKNOWN

#: How much the pages of hidden types count beside those of known ones when the choice is fitted.
_HIDDEN_SHARE: Final = 0.7
#: The same when probabilities are made to fit: one paper in so many is of a type that nobody knows.
_HIDDEN_AT_COUNTER: Final = 0.05
#: Of papers of hidden types, this share shall be called unknown, unless too many others would be.
_UNKNOWN_SHARE: Final = 0.94
_MOST_ABSTAINED: Final = 0.025
_CHOICE_FREEDOM: Final = 0.5
_NO_CHOICE: Final = np.zeros(len(CLUES) + 1, np.float32)

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a model said of a page that it had not seen.

    Attributes:
        example_id: the page.
        wanted: the right answer: ``unknown`` where the type was hidden from model and rules.
        shown: the type that the page really has.
        found: the best candidate, before abstaining; ``unknown`` where there was none.
        probability: of the candidate.
    """

    example_id: str
    wanted: str
    shown: str
    found: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """A trained model with what its equals said of unseen pages.

    Attributes:
        model: trained on everything.
        known: verdicts on pages of known types, and on papers of no type, by dossier.
        unseen: verdicts on pages of types hidden from model and rules.
    """

    model: LinearModel
    known: tuple[Verdict, ...]
    unseen: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Weighed:
    """One unseen page with the opinion of a model on it."""

    example: Example
    evidence: Evidence
    wanted: str
    weight: float
    is_hidden: bool


def train(examples: Sequence[Example], ruled: Collection[str]) -> Trial:
    """Trains on examples of at least two types from at least two dossiers; deterministic.

    Args:
        examples: pages with truth.
        ruled: types that the rules know.

    Raises:
        ConfigurationError: scikit-learn is not installed.
    """
    pages = [*_known(examples, ruled), *_hidden(examples, ruled)]
    choice = _fit_choice(pages)
    known = tuple(_verdict(each, choice) for each in pages if each.weight == 1)
    unseen = tuple(_verdict(each, choice) for each in pages if each.is_hidden)
    model = fit(examples, choice, _threshold(known, unseen))
    return Trial(model=replace(model, version=_version(model, examples)), known=known, unseen=unseen)


def evidence_of(model: LinearModel, example: Example, ruled: Collection[str]) -> Evidence:
    """What a model sees on the page of an example."""
    scores, known = model.scores(example.sight.counts, example.sight.look)
    return Evidence(
        sight=example.sight,
        classes=model.classes,
        scores=scores,
        known=known,
        ruled=ruled,
        distances=model.distances(scores),
    )


def _known(examples: Sequence[Example], ruled: Collection[str]) -> Iterator[_Weighed]:
    for fold in by_dossier(examples):
        model = fit(fold.train, _NO_CHOICE, 0.0)
        for each in fold.judge:
            evidence = evidence_of(model, each, ruled)
            yield _Weighed(example=each, evidence=evidence, wanted=each.type_id, weight=1, is_hidden=False)


def _hidden(examples: Sequence[Example], ruled: Collection[str]) -> Iterator[_Weighed]:
    """Every page twice: its type hidden from the statistics, and from the rules as well."""
    for fold in by_type(examples):
        model = fit(fold.train, _NO_CHOICE, 0.0)
        for each in fold.judge:
            seen = evidence_of(model, each, ruled)
            if each.type_id in ruled:
                yield _Weighed(
                    example=each,
                    evidence=seen,
                    wanted=each.type_id,
                    weight=_HIDDEN_SHARE / 3,
                    is_hidden=False,
                )
            blind = without_its_rule(each)
            unseen = evidence_of(model, blind, frozenset(ruled) - {each.type_id})
            yield _Weighed(
                example=blind, evidence=unseen, wanted=UNKNOWN, weight=_HIDDEN_SHARE, is_hidden=True
            )


def _fit_choice(pages: Sequence[_Weighed]) -> Floats:
    rows, truth, weights = [], [], []
    for page in pages:
        for candidate in candidates(page.evidence):
            rows.append(clues_of(page.evidence, candidate))
            truth.append(candidate == page.wanted)
            weights.append(page.weight)
    if len(set(truth)) < 2:
        return _NO_CHOICE
    fitted = logistic_regression(np.stack(rows), truth, freedom=_CHOICE_FREEDOM, sample_weights=weights)
    return _calibrated(pages, np.append(fitted.weights[0], fitted.bias[0]).astype(np.float32))


def _calibrated(pages: Sequence[_Weighed], choice: Floats) -> Floats:
    """The same order of candidates, but probabilities as they are met at the counter (Platt scaling).

    Hidden types count much for telling known from unknown, yet most papers of an office are known to it.
    """
    odds, truth, weights = [], [], []
    for page in pages:
        best = choose(page.evidence, choice)
        if best is not None:
            odds.append([float(np.log(best.probability / (1 - best.probability + 1e-9) + 1e-9))])
            truth.append(best.type_id == page.wanted)
            weights.append(_HIDDEN_AT_COUNTER if page.is_hidden else page.weight)
    if len(set(truth)) < 2:
        return choice
    fitted = logistic_regression(np.asarray(odds), truth, freedom=10.0, sample_weights=weights)
    scaled = choice * max(0.2, float(fitted.weights[0][0]))
    scaled[-1] += float(fitted.bias[0])
    return scaled.astype(np.float32)


def _verdict(page: _Weighed, choice: Floats) -> Verdict:
    best = choose(page.evidence, choice)
    return Verdict(
        example_id=page.example.example_id,
        wanted=page.wanted,
        shown=page.example.type_id,
        found=best.type_id if best else UNKNOWN,
        probability=best.probability if best else 0.0,
    )


def _threshold(known: Sequence[Verdict], unseen: Sequence[Verdict]) -> float:
    """The bar that keeps hidden types out, but lets the right answers pass."""
    right = [each.probability for each in known if each.wanted != UNKNOWN]
    foreign = [each.probability for each in unseen]
    foreign += [each.probability for each in known if each.wanted == UNKNOWN]
    wanted = float(np.quantile(foreign, _UNKNOWN_SHARE)) if foreign else 0.5
    bearable = float(np.quantile(right, _MOST_ABSTAINED)) if right else 0.5
    return round(float(np.clip(min(wanted, bearable), 0.3, 0.98)), 4)


def _version(model: LinearModel, examples: Sequence[Example]) -> str:
    return f"{len(examples)}-{sha256(model.encode()).hexdigest()[:10]}"
