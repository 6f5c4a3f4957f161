from __future__ import annotations

from collections.abc import Callable

import pytest

from dossiers.reading import Box
from pipeline.language.candidates import Knowledge
from pipeline.language.repair import load_knowledge
from pipeline.text import Block, Line, PageText, Word


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def page() -> Callable[..., PageText]:
    def make(*lines: str, confidence: float = 0.95) -> PageText:
        rows = []
        for number, text in enumerate(lines):
            words = tuple(
                Word(
                    text=word,
                    box=Box(left=40 * at, top=30 * number, right=40 * at + 35, bottom=30 * number + 20),
                    confidence=confidence,
                )
                for at, word in enumerate(text.split())
            )
            rows.append(
                Line(words=words, box=Box(left=0, top=30 * number, right=900, bottom=30 * number + 20))
            )
        box = Box(left=0, top=0, right=1000, bottom=30 * len(rows) + 1)
        return PageText(width=1000, height=2000, dpi=200.0, blocks=(Block(lines=tuple(rows), box=box),))

    return make
