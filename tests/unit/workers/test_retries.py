"""Retrying is decided by the class of the error alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dossiers.errors import EngineError, InputCode, InputError, IntegrityError, ResourceError, StoreInDoubt
from dossiers.tasks import MAX_STARTS, Lease, Priority, Task, TaskKind
from workers.retries import pause_before_retry


def _lease(starts: int, interruptions: int = 0) -> Lease:
    task = Task(
        task_id="t",
        kind=TaskKind.READ_PAGE,
        subject_id="p",
        dossier_id="d",
        priority=Priority.BATCH,
        due_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return Lease(task=task, fence=1, starts=starts, interruptions=interruptions)


def test_an_engine_is_given_three_starts():
    error = EngineError("TIMEOUT", "120 s")
    given = [pause_before_retry(error, _lease(starts)) is not None for starts in range(1, MAX_STARTS + 1)]
    assert given == [True, True, False]


def test_a_kill_of_the_whole_program_does_not_count_against_the_page():
    assert pause_before_retry(EngineError("TIMEOUT", ""), _lease(9, interruptions=8)) is not None
    assert not _lease(9, interruptions=8).is_exhausted


def test_a_task_that_always_kills_the_program_is_given_up_in_the_end():
    assert _lease(21, interruptions=20).is_exhausted


def test_three_starts_without_an_end_exhaust_a_task():
    assert not _lease(3).is_exhausted
    assert _lease(4).is_exhausted


@pytest.mark.parametrize("starts", [1, 5, 50])
def test_a_store_that_is_away_is_waited_for_without_end(starts):
    pause = pause_before_retry(ResourceError("AWAY", vi="v", en="e"), _lease(starts))
    assert pause is not None
    assert timedelta(0) < pause <= timedelta(minutes=5)


@pytest.mark.parametrize("starts", [1, 5])
def test_a_store_in_doubt_says_nothing_about_the_page_either(starts):
    assert pause_before_retry(StoreInDoubt("STORE_UNAVAILABLE", vi="v", en="e"), _lease(starts)) is not None


def test_damage_is_not_tried_again():
    assert pause_before_retry(InputError(InputCode.DAMAGED), _lease(1)) is None
    assert pause_before_retry(IntegrityError("HASH", vi="v", en="e"), _lease(1)) is None
