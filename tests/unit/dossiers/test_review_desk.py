"""Two people where the procedure demands it; claims that end by themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dossiers.errors import RecordError
from dossiers.review_draft import IDLE, ReviewDraft

NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)


def draft(clerk: str = "a1") -> ReviewDraft:
    return ReviewDraft(document_id="x", clerk=clerk, held_until=NOW).taken(clerk, NOW)


def test_a_held_document_is_not_taken_by_another_until_it_is_idle() -> None:
    held = draft()
    with pytest.raises(RecordError, match="REVIEW_HELD"):
        held.taken("a2", NOW + IDLE - timedelta(seconds=1))
    typed = held.typed("n", "v", NOW + timedelta(minutes=9))
    with pytest.raises(RecordError, match="REVIEW_HELD"):
        typed.taken("a2", NOW + IDLE)
    taken = typed.taken("a2", NOW + timedelta(minutes=19))
    assert (taken.clerk, taken.edits) == ("a2", (("n", "v"),))
    assert held.released(NOW).taken("a2", NOW).clerk == "a2"


def test_the_second_check_is_anothers() -> None:
    checked = draft().typed("n", "v", NOW).seen("m", NOW).checked_first(NOW)
    assert (checked.first_check, checked.edits, checked.looked_at) == ("a1", (("n", "v"),), ())
    with pytest.raises(RecordError, match="SAME_PERSON"):
        checked.taken("a1", NOW)
    assert checked.taken("a2", NOW).clerk == "a2"


def test_looking_again_takes_an_edit_back() -> None:
    seen = draft().typed("n", "v", NOW).seen("n", NOW)
    assert (seen.edits, seen.looked_at) == ((), ("n",))
