"""The tries at one place: the engine sees it alone, larger, then black on white; the readings vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dossiers.reading import Box
from pipeline.image import PageImage
from pipeline.ocr.found_words import plain_word, without_leaders
from pipeline.ports import LineReader
from pipeline.second_tries.doubts import letters_of
from pipeline.second_tries.pictures import Cutting, bilevel, enlarged
from pipeline.second_tries.spots import Spot
from pipeline.second_tries.votes import Slot, choose, confidence_of, slots_of, text_of
from pipeline.text import Word

#: The middle of a word may lie this far outside its place, px.
_OUTSIDE: Final = 3


def plain_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """Takes control characters and remains of leaders off words, and words away that are nothing else."""
    return tuple(
        replace(word, text=plain) for word in words if (plain := without_leaders(plain_word(word.text)))
    )


def best_reading(
    spot: Spot, first: Sequence[Word], beside: Sequence[Box], prepared: PageImage, engine: LineReader
) -> tuple[Word, ...]:
    """Reads a place once more, and a third time where the two readings differ.

    Args:
        spot: the place.
        first: the words read there at first; plain, px of ``prepared``.
        beside: boxes of the other words of the line; what is read inside them is not asked for.
        prepared: the cleaned page.
        engine: reads single lines.

    Returns:
        The chosen words, with the first reading in ``raw`` and others in ``alternatives``.
    """
    if spot.is_row:
        first = [replace(word, box=_within(word.box, spot.box)) for word in first]
    second = _read(enlarged(prepared, spot.view, spot.room_for_marks), spot.box, beside, engine)
    if text_of(first) == text_of(second):
        return tuple(
            replace(word, confidence=max(word.confidence, again.confidence))
            for word, again in zip(first, second, strict=True)
        )
    third = _read(bilevel(prepared, spot.view, spot.room_for_marks), spot.box, beside, engine)
    return tuple(word for slot in slots_of([first, second, third]) for word in _chosen(slot))


def _within(box: Box, limits: Box) -> Box:
    """Returns the part of a word's box inside its row: boxes of rubbish reach far across the page."""
    left = min(max(box.left, limits.left), limits.right - 1)
    return replace(box, left=left, right=max(left + 1, min(box.right, limits.right)))


def _read(cutting: Cutting, box: Box, beside: Sequence[Box], engine: LineReader) -> tuple[Word, ...]:
    """Reads a picture; only words of the place itself are returned, px of the page."""
    found = [replace(word, box=cutting.on_page(word)) for word in engine.recognise_line(cutting.image)]
    return plain_words([word for word in found if _is_asked(word.box, box, beside)])


def _is_asked(found: Box, box: Box, beside: Sequence[Box]) -> bool:
    middle = (found.left + found.right) / 2
    is_inside = box.left - _OUTSIDE <= middle <= box.right + _OUTSIDE
    return is_inside and not any(other.left < middle < other.right for other in beside)


def _chosen(slot: Slot) -> tuple[Word, ...]:
    """Returns the chosen words with the first reading and with what else was read."""
    words = choose(slot)
    if not words:
        return ()
    chosen, first = text_of(words), text_of(slot[0])
    texts = {text_of(reading): confidence_of(reading) for reading in slot if reading}
    others = tuple(
        text
        for text in sorted(texts, key=lambda text: -texts[text])
        if " " not in text and letters_of(text) not in ("", letters_of(chosen))
    )
    opening = replace(
        words[0],
        raw=first if first and first != chosen else None,
        alternatives=others if len(words) == 1 else (),
    )
    return (opening, *words[1:])
