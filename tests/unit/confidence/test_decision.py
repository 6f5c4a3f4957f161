"""No silent page: what was not read, or hardly, goes to a person."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from dossiers.reading import Outcome
from pipeline.confidence.decision import (
    FEWEST_UNREAD,
    LEAST_RIGHT,
    MOSTLY_UNREAD,
    PARTLY_UNREAD,
    outcome_of,
    reading_issues,
)
from pipeline.confidence.unread import Unread, find_unread
from pipeline.geometry import Placement
from pipeline.stages.glyphs import Glyphs
from pipeline.text import PageText

MakePage = Callable[..., PageText]


def test_ink_without_words_always_needs_a_person(page: MakePage) -> None:
    assert outcome_of(page(), Unread(), is_blank=False) is Outcome.NEEDS_PERSON
    assert outcome_of(page(), Unread(), is_blank=True) is Outcome.BLANK


def test_too_few_expected_right_words_need_a_person(page: MakePage) -> None:
    assert outcome_of(page("a b", confidence=LEAST_RIGHT + 0.01), Unread(), is_blank=False) is Outcome.READ
    unsure = page("a b", confidence=LEAST_RIGHT - 0.01)
    assert outcome_of(unsure, Unread(), is_blank=False) is Outcome.NEEDS_PERSON


@pytest.mark.parametrize(
    ("pieces", "share", "outcome", "issues"),
    [
        (FEWEST_UNREAD, MOSTLY_UNREAD + 0.01, Outcome.NEEDS_PERSON, ("PARTLY_UNREAD",)),
        (FEWEST_UNREAD, PARTLY_UNREAD + 0.01, Outcome.READ, ("PARTLY_UNREAD",)),
        (FEWEST_UNREAD, PARTLY_UNREAD - 0.01, Outcome.READ, ()),
        (FEWEST_UNREAD - 1, 1.0, Outcome.READ, ()),
    ],
)
def test_a_half_read_page_is_told_and_a_mostly_unread_one_needs_a_person(
    page: MakePage, pieces: int, share: float, outcome: Outcome, issues: tuple[str, ...]
) -> None:
    unread = Unread(pieces=pieces, share=share)
    assert outcome_of(page("a b"), unread, is_blank=False) is outcome
    assert reading_issues(unread) == issues


def _glyphs(*middles: tuple[int, int]) -> Glyphs:
    """Pieces of 6 x 8 px in a working picture of half the size of the page of 1000 px."""
    ink = np.zeros((500, 500), np.uint8)
    boxes = np.array([(x - 3, y - 4, 6, 8) for x, y in middles], np.int32).reshape(-1, 4)
    return Glyphs(boxes=boxes, ink=ink, all_ink=ink, dpi=100.0)


def _placement(matrix: tuple[float, float, float, float, float, float, float, float, float]) -> Placement:
    return Placement(
        original_width=1000, original_height=1000, width=1000, height=1000, dpi=200.0, rotated_degrees=0,
        skew_degrees=0.0, to_original=matrix,
    )  # fmt: skip


def test_letters_under_no_word_are_counted(page: MakePage) -> None:
    text = page("Quyết định")  # 100 to 210 px, 100 to 120 px
    straight = _placement((1, 0, 0, 0, 1, 0, 0, 0, 1))
    assert find_unread(_glyphs((60, 55), (75, 55)), text, straight) == Unread(pieces=0, share=0.0)
    assert find_unread(_glyphs((60, 55), (75, 300)), text, straight) == Unread(pieces=1, share=0.5)
    assert find_unread(_glyphs(), text, straight) == Unread()


def test_letters_are_looked_for_where_the_page_lay_and_only_on_the_sheet(page: MakePage) -> None:
    text = page("Quyết định")
    upside_down = _placement((-1, 0, 1000, 0, -1, 1000, 0, 0, 1))
    assert find_unread(_glyphs((440, 445)), text, upside_down) == Unread(pieces=0, share=0.0)
    assert find_unread(_glyphs((60, 55)), text, upside_down) == Unread(pieces=1, share=1.0)
    cropped = _placement((1, 0, 400, 0, 1, 400, 0, 0, 1))
    assert find_unread(_glyphs((60, 55)), text, cropped) == Unread()
