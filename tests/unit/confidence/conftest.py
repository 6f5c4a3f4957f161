from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from dossiers.reading import Box
from pipeline.language.candidates import Knowledge
from pipeline.language.repair import load_knowledge
from pipeline.ocr.found_words import block_of, line_of
from pipeline.text import PageText, Word


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def page() -> Callable[..., PageText]:
    """Makes a page of 1000 x 1000 px: words 10 px a letter, 20 px high, lines 40 px apart from y 100 on."""

    def make(*lines: str, confidence: float | Sequence[float] = 0.96) -> PageText:
        total = sum(len(line.split()) for line in lines)
        sure = iter([confidence] * total if isinstance(confidence, float) else confidence)
        rows = []
        for number, line in enumerate(lines):
            left, words, top = 100, [], 100 + 40 * number
            for text in line.split():
                right = left + 10 * len(text)
                box = Box(left=left, top=top, right=right, bottom=top + 20)
                words.append(Word(text=text, box=box, confidence=next(sure)))
                left = right + 10
            rows.append(line_of(words))
        return PageText(width=1000, height=1000, dpi=200.0, blocks=(block_of(rows),) if rows else ())

    return make
