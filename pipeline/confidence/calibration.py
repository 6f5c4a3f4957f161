"""From the engine's confidence to the share of such words that are exactly right.

A logistic model over a few features, fitted by ``benchmarks.confidence.fit`` on pages with truth and kept as
a small table. It never turns the order of two words around that differ in the engine's confidence alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np

from dossiers.errors import ConfigurationError
from pipeline.confidence.features import NAMES, RAMPS, Features, features_of
from pipeline.language.model import LanguageModel
from pipeline.text import Line, PageText

FORMAT: Final = "sohoa-confidence/1"
#: Nobody is surer than this, or less sure than its opposite: fewer pages were measured.
_SUREST: Final = 0.999


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calibration:
    """The fitted table.

    Attributes:
        intercept: log-odds of a word all whose features are 0.
        weights: log-odds that each feature adds, in the order of ``NAMES``; none of a ramp is negative.
    """

    intercept: float
    weights: Features

    def probabilities(self, features: Features) -> Features:
        """Returns the probability that each word is exactly right, 0.001 to 0.999."""
        odds = self.intercept + features @ self.weights
        return np.clip(1.0 / (1.0 + np.exp(-odds)), 1.0 - _SUREST, _SUREST)

    def calibrate(self, text: PageText, model: LanguageModel) -> PageText:
        """Returns the same words with calibrated confidences.

        Args:
            text: words with the engine's own confidences, repaired and with alternatives.
            model: what words stand beside each other.
        """
        sure = iter(self.probabilities(features_of(text, model)).tolist())
        blocks = tuple(
            replace(block, lines=tuple(_with(line, [next(sure) for _ in line.words]) for line in block.lines))
            for block in text.blocks
        )
        return replace(text, blocks=blocks)


@cache
def load_calibration() -> Calibration:
    """Reads the table delivered with the package.

    Raises:
        ConfigurationError: it is missing or not of this version.
    """
    try:
        content = (files("pipeline.confidence") / "data" / "words.json").read_text("utf-8")
        return calibration_of(json.loads(content))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            "BAD_CONFIDENCES",
            vi="Không đọc được bảng độ tin cậy đi kèm chương trình.",
            en="The table of confidences is missing or cannot be read.",
        ) from error


def calibration_of(table: Mapping[str, object]) -> Calibration:
    """Reads a table.

    Raises:
        KeyError, TypeError, ValueError: it is no table of this version.
    """
    weights, intercept = table["weights"], table["intercept"]
    if table["format"] != FORMAT or not isinstance(weights, dict) or not isinstance(intercept, int | float):
        raise ValueError("not a table of this version")
    if set(weights) != set(NAMES) or any(weights[name] < 0 for name in RAMPS):
        raise ValueError("other features, or a surer engine would be less sure")
    return Calibration(intercept=float(intercept), weights=np.array([float(weights[name]) for name in NAMES]))


def _with(line: Line, confidences: list[float]) -> Line:
    words = zip(line.words, confidences, strict=True)
    return replace(line, words=tuple(replace(word, confidence=round(sure, 4)) for word, sure in words))
