"""Where the words of a question stand on a page."""

from __future__ import annotations

import re

from dossiers.page_layout import PageLayout
from dossiers.reading import Box
from dossiers.search_words import phrases_of, words_of

#: Most marks on one page.
_MOST = 200


def marks_on(layout: PageLayout, words: str, *, exact_tones: bool) -> tuple[Box, ...]:
    """The boxes of the printed words that a question asks for, in reading order.

    A printed word may hold several comparable ones (``17/QĐ-UBND``); a phrase is marked where all of its
    words follow one another, over the end of a line too.
    """
    runs = [
        (key, word.box)
        for line in layout.lines
        for word in line
        for key in words_of(word.text, exact_tones=exact_tones)
    ]
    keys = [key for key, _ in runs]
    found: dict[int, Box] = {}
    for phrase in phrases_of(words, exact_tones=exact_tones):
        for at in range(len(keys) - len(phrase) + 1):
            if tuple(keys[at : at + len(phrase)]) == phrase:
                found |= {place: runs[place][1] for place in range(at, at + len(phrase))}
    return tuple(dict.fromkeys(found[place] for place in sorted(found)))[:_MOST]


def pieces_of_line(line: str, words: str, *, exact_tones: bool) -> tuple[tuple[str, bool], ...]:
    """A line cut into pieces, with whether each is a word that was asked for; joined they are the line."""
    phrases = phrases_of(words, exact_tones=exact_tones)
    parts = re.split(r"(\s+)", line)
    keys = [(key, at) for at, part in enumerate(parts) for key in words_of(part, exact_tones=exact_tones)]
    found: set[int] = set()
    for phrase in phrases:
        for at in range(len(keys) - len(phrase) + 1):
            run = keys[at : at + len(phrase)]
            if tuple(key for key, _ in run) == phrase:
                found |= {place for _, place in run}
    return tuple((part, at in found) for at, part in enumerate(parts) if part)
