"""Fits the linear model: multinomial logistic regression on the pages' own span, then 8-bit weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from classifiers.statistical.look import NAMES
from classifiers.statistical.model import LOOK_WEIGHT, LinearModel, Vocabulary, source_of
from classifiers.statistical.ngrams import BUCKETS
from classifiers.training.engine import logistic_regression
from classifiers.training.example import Example

#: A bucket counts only if pages of so many dossiers fill it: what stands in one dossier only stays out.
LEAST_GROUPS: Final = 2
#: Buckets kept, those with the greatest weights.
MOST_BUCKETS: Final = 12_000
#: Scores of the few pages of a class may lie closer together than those of pages to come.
_LEAST_SPREAD: Final = 0.5
#: Inverse strength of the regularisation.
_FREEDOM: Final = 60.0

Matrix = npt.NDArray[np.float32]


def fit(examples: Sequence[Example], choice: npt.NDArray[np.float32], threshold: float) -> LinearModel:
    """Fits a model to examples of at least two types; its version is still empty."""
    vocabulary = _vocabulary(examples)
    rows = np.stack([_row(example, vocabulary) for example in examples])
    classes = tuple(sorted({example.type_id for example in examples}))
    weights, bias = _fitted(rows, [example.type_id for example in examples], classes)
    text, look = weights[:, : -len(NAMES)], weights[:, -len(NAMES) :]
    kept = np.sort(np.argsort(-np.abs(text).max(axis=0), kind="stable")[:MOST_BUCKETS])
    text = text[:, kept]
    scales = np.maximum(np.abs(text).max(axis=1), 1e-9) / 127
    model = LinearModel(
        version="",
        classes=classes,
        vocabulary=replace(
            vocabulary,
            buckets=vocabulary.buckets[kept],
            rarity=vocabulary.rarity[kept].astype(np.float16).astype(np.float32),
        ),
        weights=np.round(text / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32),
        usual=np.ones((len(classes), 2), np.float32),
        look_weights=look.astype(np.float16).astype(np.float32),
        bias=bias.astype(np.float32),
        choice=choice,
        threshold=threshold,
        sources=np.unique(np.asarray([source_of(each.example_id) for each in examples], np.uint64)),
    )
    return replace(model, usual=_usual(model, examples))


def _usual(model: LinearModel, examples: Sequence[Example]) -> Matrix:
    """Mean and standard deviation of the score that the pages of a class give to it, one row a class."""
    scores: dict[str, list[float]] = {each: [] for each in model.classes}
    for example in examples:
        found, _ = model.scores(example.sight.counts, example.sight.look)
        scores[example.type_id].append(float(found[model.classes.index(example.type_id)]))
    rows = [(np.mean(each), max(_LEAST_SPREAD, float(np.std(each)))) for each in scores.values()]
    return np.asarray(rows, np.float32)


def _vocabulary(examples: Sequence[Example]) -> Vocabulary:
    """Buckets of at least two dossiers, with their inverse document frequency."""
    by_group: dict[str, list[npt.NDArray[np.uint16]]] = {}
    frequency = np.zeros(BUCKETS, np.int32)
    for example in examples:
        by_group.setdefault(example.group, []).append(example.sight.counts.buckets)
        frequency[example.sight.counts.buckets] += 1
    groups = np.zeros(BUCKETS, np.int32)
    for pages in by_group.values():
        groups[np.unique(np.concatenate(pages))] += 1
    buckets = np.flatnonzero(groups >= min(LEAST_GROUPS, len(by_group))).astype(np.uint16)
    rarity = 1 + np.log((1 + len(examples)) / (1 + frequency[buckets]))
    return Vocabulary(buckets=buckets, rarity=rarity.astype(np.float32))


def _row(example: Example, vocabulary: Vocabulary) -> Matrix:
    row = np.zeros(len(vocabulary.buckets) + len(NAMES), np.float32)
    places, weights, _ = vocabulary.vector_of(example.sight.counts)
    row[places] = weights
    row[-len(NAMES) :] = example.sight.look * LOOK_WEIGHT
    return row


def _fitted(rows: Matrix, truth: Sequence[str], classes: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Weights and bias by class.

    The solution lies in the span of the pages, so it is looked for there: as many unknowns as pages, not as
    buckets.
    """
    values, vectors = np.linalg.eigh((rows @ rows.T).astype(np.float64))
    is_real = values > 1e-6 * values.max()
    roots = np.sqrt(values[is_real])
    inner = vectors[:, is_real] * roots
    often = Counter(truth)
    model = logistic_regression(
        inner, truth, freedom=_FREEDOM, sample_weights=[often[each] ** -0.5 for each in truth]
    )
    outer, bias = _all_classes(
        model.weights @ (vectors[:, is_real] / roots).T @ rows, model.bias, len(classes)
    )
    return outer.astype(np.float32), bias.astype(np.float32)


def _all_classes(
    weights: npt.NDArray[np.float64], bias: npt.NDArray[np.float64], count: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """With two classes the regression gives one row only: the other is its opposite."""
    if count == 2:
        return np.vstack((-weights, weights)) / 2, np.concatenate((-bias, bias)) / 2
    return weights, bias
