"""All finders of marks as one."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.layout import sheet_of
from classifiers.marks.handwriting import find_handwriting
from classifiers.marks.pen import group_strokes, pen_ink
from classifiers.marks.seals import find_edge_seals, find_round_seals
from classifiers.marks.sight import look_at
from classifiers.marks.signatures import find_signatures, signing_places
from classifiers.marks.wording import find_worded_marks
from classifiers.marks.words import MarkWords, load_words
from dossiers.reading import Mark
from pipeline.ports import ReadPage


class EvidenceFinder:
    """Finds seals, signatures, marks of copies and handwriting."""

    name = "marks/1"

    def __init__(self, words: MarkWords) -> None:
        self._words = words

    def find(self, page: ReadPage) -> Sequence[Mark]:
        """Returns the marks from top to bottom."""
        sight, sheet = look_at(page), sheet_of(page.text)
        seals = find_round_seals(sight)
        rings = tuple(ring for _, ring in seals)
        pen = pen_ink(sight, rings)
        places = signing_places(sheet, self._words)
        signatures = find_signatures(sight, group_strokes(sight, pen), places, rings)
        worded = find_worded_marks(sheet, self._words)
        found = (
            *(mark for mark, _ in seals),
            *find_edge_seals(sight, rings),
            *signatures,
            *worded,
            *find_handwriting(sight, pen, (*signatures, *worded)),
        )
        return sorted(found, key=lambda mark: (mark.box.top, mark.box.left))


def make() -> EvidenceFinder:
    """Makes the finder with the words delivered with the package.

    Raises:
        ConfigurationError: the word file is broken.
    """
    return EvidenceFinder(load_words())
