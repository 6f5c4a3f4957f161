"""Classifiers of the kind that document managers use: a bag of n-grams, a linear model or a small network.

They are trained on the same pages as Sohoa's model, know nothing but the n-grams and never abstain. Their
input is TF-IDF over hashed n-grams, as scikit-learn's ``HashingVectorizer`` and ``TfidfTransformer`` give it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from classifiers.statistical.ngrams import BUCKETS, Counts
from classifiers.training.example import Example

LINEAR: Final = "TF-IDF + linear"
NETWORK: Final = "TF-IDF + MLP"


class Peer:
    """A trained peer; ``name`` is how tables call it."""

    def __init__(self, name: str, examples: Sequence[Example]) -> None:
        self.name = name
        self._tfidf = TfidfTransformer(sublinear_tf=False)
        rows = self._tfidf.fit_transform(_matrix([example.sight.counts for example in examples]))
        self._model: Any = (
            LogisticRegression(C=10, max_iter=200)
            if name == LINEAR
            else MLPClassifier(hidden_layer_sizes=(64,), max_iter=40, random_state=1)
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # stopped early, as document managers do
            self._model.fit(rows, [example.type_id for example in examples])

    def classify(self, counts: Counts) -> tuple[str, float]:
        """The likeliest type and its probability."""
        [shares] = self._model.predict_proba(self._tfidf.transform(_matrix([counts])))
        best = int(np.argmax(shares))
        return str(self._model.classes_[best]), float(shares[best])


def _matrix(pages: Sequence[Counts]) -> csr_matrix:
    starts = np.cumsum([0, *(len(page.buckets) for page in pages)])
    return csr_matrix(
        (
            np.concatenate([page.weights for page in pages]),
            np.concatenate([page.buckets for page in pages]).astype(np.int64),
            starts,
        ),
        shape=(len(pages), BUCKETS),
    )
