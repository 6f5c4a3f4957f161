"""Which pages a person must look at.

Rule: a page with ink on it is never silently without text.
"""

from __future__ import annotations

from typing import Final

from dossiers.reading import Outcome
from pipeline.confidence.unread import Unread
from pipeline.text import PageText

#: Of the letters at least this share must stand in words that are right, as expected.
LEAST_RIGHT: Final = 0.7
#: Fewer letter-like pieces than this under no word are dirt, a stamp, a signature.
FEWEST_UNREAD: Final = 40
#: Above this share of them a page counts as read in part; above the second as not read.
PARTLY_UNREAD: Final = 0.25
MOSTLY_UNREAD: Final = 0.5


def outcome_of(text: PageText, unread: Unread, *, is_blank: bool) -> Outcome:
    """Decides how reading a page ended.

    Args:
        text: words with calibrated confidences.
        unread: letter-like ink under no word.
        is_blank: whether there is nothing on the page.
    """
    if is_blank:
        return Outcome.BLANK
    if not text.words or text.confidence < LEAST_RIGHT or _is_unread(unread, MOSTLY_UNREAD):
        return Outcome.NEEDS_PERSON
    return Outcome.READ


def reading_issues(unread: Unread) -> tuple[str, ...]:
    """Returns stable codes of what a clerk should know: ``PARTLY_UNREAD``."""
    return ("PARTLY_UNREAD",) if _is_unread(unread, PARTLY_UNREAD) else ()


def _is_unread(unread: Unread, share: float) -> bool:
    return unread.pieces >= FEWEST_UNREAD and unread.share > share
