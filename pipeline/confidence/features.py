"""What tells how sure a read word is: the engine's confidence, its shape, its neighbours, its size.

Every feature is 0 to 1 (``rare`` a little more), so that weights can be compared.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.language.model import LanguageModel
from pipeline.language.syllable import canonical, is_syllable
from pipeline.language.tokens import BOUNDARY, parts, word_tokens
from pipeline.text import Line, PageText, Word

#: The engine's confidence is cut into ramps here: most of its words lie between 0.9 and 0.97.
KNOTS: Final = (0.0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 1.0)
#: One ramp between two knots each: their weights are never negative, so a surer engine is never less sure.
RAMPS: Final = tuple(f"engine>{knot:g}" for knot in KNOTS[:-1])
SHAPES: Final = (
    "sign", "number", "mixed", "foreign", "rare", "capital", "capitals", "odd_case", "single", "length",
    "strange", "led_in",
)  # fmt: skip
PLACES: Final = ("seen_before", "seen_behind", "repaired", "doubtful", "tall", "wide", "alone")
AROUND: Final = ("line", "page", "coarse")
NAMES: Final = (*RAMPS, *SHAPES, *PLACES, *AROUND)

#: Signs of ordinary print beside letters and digits.
_STRANGE: Final = re.compile(r"[^\w\s.,;:()/\-–\"'“”‘’%&+]|_")
_LED_IN: Final = re.compile(r"[^\w\s(\"'“‘\-–+]")
_NUMBER: Final = re.compile(r"[\d.,:/()\-–%]+")
#: Nats at which a word counts as rare.
_RARE: Final = 14.0
#: A scan at this resolution or above is fine.
_FINE_DPI: Final = 200.0

Features = npt.NDArray[np.float64]


def features_of(text: PageText, model: LanguageModel) -> Features:
    """Returns a row for every word of the page in reading order, a column for each of ``NAMES``."""
    words = text.words
    if not words:
        return np.zeros((0, len(NAMES)))
    engine = np.array([word.confidence for word in words])
    low, high = np.array(KNOTS[:-1]), np.array(KNOTS[1:])
    ramps = np.clip((engine[:, None] - low) / (high - low), 0.0, 1.0)
    inner = np.array([row for line in text.lines for row in _line_rows(line, model)], dtype=np.float64)
    letters = np.array([max(1, len(word.text)) for word in words])
    page = float(np.average(engine, weights=letters))
    coarse = min(1.0, max(0.0, (_FINE_DPI - text.dpi) / 100))
    around = np.column_stack(
        (_line_means(text, engine, letters), np.full(len(words), page), np.full(len(words), coarse))
    )
    return np.column_stack((ramps, inner, around))


def _line_means(text: PageText, engine: Features, letters: Features) -> Features:
    """The mean confidence of the other words of the line; its own for a word that stands alone."""
    counts = [len(line.words) for line in text.lines if line.words]
    starts = np.cumsum([0, *counts[:-1]])
    weighted = np.repeat(np.add.reduceat(engine * letters, starts), counts) - engine * letters
    others = np.repeat(np.add.reduceat(letters, starts), counts) - letters
    return np.where(others > 0, weighted / np.maximum(1, others), engine)


def _line_rows(line: Line, model: LanguageModel) -> list[tuple[float, ...]]:
    words = line.words
    if not words:
        return []
    tokens = [_token(word.text, model) for word in words]
    height = sorted(word.box.bottom - word.box.top for word in words)[len(words) // 2]
    alone = float(len(words) == 1)
    return [
        (*_shape(word.text, model), *_place(words, tokens, at, height, model), alone)
        for at, word in enumerate(words)
    ]


def _place(
    words: Sequence[Word], tokens: Sequence[int], at: int, height: int, model: LanguageModel
) -> tuple[float, ...]:
    word, own = words[at], tokens[at]
    before = at > 0 and model.has_bigram(tokens[at - 1], own)
    behind = at + 1 < len(words) and model.has_bigram(own, tokens[at + 1])
    tall = abs(math.log((word.box.bottom - word.box.top) / height))
    usual = 0.5 * height * max(1, len(word.text))
    wide = abs(math.log((word.box.right - word.box.left) / usual))
    return (
        float(before), float(behind), float(word.raw is not None), float(bool(word.alternatives)),
        min(1.0, tall), min(1.0, wide),
    )  # fmt: skip


@lru_cache(maxsize=1 << 13)
def _token(text: str, model: LanguageModel) -> int:
    found = [each for each in word_tokens(text) if each != BOUNDARY]
    return model.number_of(found[0]) if found else model.boundary


@lru_cache(maxsize=1 << 13)
def _shape(text: str, model: LanguageModel) -> tuple[float, ...]:
    """The features of ``SHAPES``."""
    letters = [sign for sign in text if sign.isalpha()]
    digits = any(sign.isdigit() for sign in text)
    core = parts(text)[1]
    is_word = bool(core) and is_syllable(core)
    rare = model.unigram(model.number_of(canonical(core))) / _RARE if is_word else 0.0
    lower = [sign.islower() for sign in letters]
    is_odd = any(before and not after for before, after in pairwise(lower))
    return (
        float(not letters and not digits),
        float(digits and _NUMBER.fullmatch(text) is not None),
        float(digits and bool(letters)),
        float(bool(letters) and not is_word and not digits),
        rare,
        float(bool(letters) and letters[0].isupper() and any(lower)),
        float(len(letters) > 1 and not any(lower)),
        float(is_odd and not digits),
        float(sum(sign.isalnum() for sign in text) == 1),
        min(1.0, math.log(max(1, len(text))) / 3),
        float(_STRANGE.search(text) is not None),
        float(_LED_IN.match(text) is not None),
    )
