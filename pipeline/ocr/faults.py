"""Engines that fail on purpose: whoever uses an engine must withstand these."""

from __future__ import annotations

import os
import signal
import time

from dossiers.errors import EngineError
from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.ocr.found_words import block_of, line_of
from pipeline.ocr.options import EngineOptions
from pipeline.text import PageText, Word

#: Longer than any limit in a test; the page's limit must strike first.
_FOR_EVER_SECONDS = 3600.0


class CrashEngine:
    """Kills its own process, as a fault in a library would."""

    @property
    def signature(self) -> str:
        """``crash``."""
        return "crash"

    def recognise(self, image: PageImage) -> PageText:
        """Never returns."""
        os.kill(os.getpid(), signal.SIGSEGV)
        raise EngineError("CRASHED", f"on {image.width} x {image.height} px")

    def close(self) -> None:
        """Holds nothing."""


class SlowEngine:
    """Takes for ever."""

    @property
    def signature(self) -> str:
        """``slow``."""
        return "slow"

    def recognise(self, image: PageImage) -> PageText:
        """Returns long after everybody's limit."""
        time.sleep(_FOR_EVER_SECONDS)
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=())

    def close(self) -> None:
        """Holds nothing."""


class GarbageEngine:
    """Reads noise: hostile letters, boxes outside the page, confidences of nothing."""

    @property
    def signature(self) -> str:
        """``garbage``."""
        return "garbage"

    def recognise(self, image: PageImage) -> PageText:
        """Returns words that mean nothing, some of them far off the page."""
        words = (
            Word(text="<script>", box=Box(left=-50, top=-50, right=10, bottom=10), confidence=0.01),
            Word(text="=1+1", box=Box(left=5, top=5, right=99_999, bottom=40), confidence=0.0),
            Word(text="\u202e\u0301", box=Box(left=7, top=60, right=8, bottom=61), confidence=0.02),
        )
        block = block_of([line_of(words)])
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=(block,))

    def close(self) -> None:
        """Holds nothing."""


def make_crash(options: EngineOptions) -> CrashEngine:
    """Makes the engine; options do not matter."""
    del options
    return CrashEngine()


def make_slow(options: EngineOptions) -> SlowEngine:
    """Makes the engine; options do not matter."""
    del options
    return SlowEngine()


def make_garbage(options: EngineOptions) -> GarbageEngine:
    """Makes the engine; options do not matter."""
    del options
    return GarbageEngine()
