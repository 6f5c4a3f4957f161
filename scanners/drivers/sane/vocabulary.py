"""The words that SANE backends use for sources and modes, in our vocabulary.

Backends agree on no spelling: ``ADF``, ``ADF Front``, ``Automatic Document Feeder(left aligned,Duplex)``,
``Document Table``, ``24bit Color[Fast]``, ``Gray[Error Diffusion]`` are all in use.
"""

from __future__ import annotations

from collections.abc import Iterable

from scanners.settings import ColourMode, Source


def source_of(word: str) -> Source | None:
    """The source that a word names; ``None`` for backs alone, film, automatic choice and the unknown."""
    text = word.casefold()
    if any(
        each in text for each in ("transparen", "negative", "slide", "film", "tpu", "back", "auto ", "card")
    ):
        return None
    if "duplex" in text:
        return Source.FEEDER_DUPLEX
    if "adf" in text or "feeder" in text:
        return Source.FEEDER
    if any(each in text for each in ("flatbed", "platen", "document table", "normal", "reflective")):
        return Source.FLATBED
    return None


def mode_of(word: str) -> ColourMode | None:
    """The mode that a word names; ``None`` for dithered ones and the unknown."""
    text = word.casefold()
    if any(each in text for each in ("halftone", "diffusion", "dither")):
        return None
    if any(each in text for each in ("lineart", "line art", "binary", "black", "monochrome", "bitonal")):
        return None if "color" in text or "colour" in text else ColourMode.BITONAL
    if "color" in text or "colour" in text:
        return ColourMode.COLOUR
    if "gray" in text or "grey" in text:
        return ColourMode.GREY
    return None


def words_by_mode(words: Iterable[str]) -> dict[ColourMode, str]:
    """The word to say for each mode: the shortest is the plainest (``Color``, not ``Color[Fast]``)."""
    said: dict[ColourMode, str] = {}
    for word in sorted(words, key=len):
        mode = mode_of(word)
        if mode is not None:
            said.setdefault(mode, word)
    return said


def words_by_source(words: Iterable[str]) -> dict[Source, str]:
    """The word to say for each source: the first in the order of the device."""
    said: dict[Source, str] = {}
    for word in words:
        source = source_of(word)
        if source is not None:
            said.setdefault(source, word)
    return said
