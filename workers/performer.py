"""Answering the doorbell: lease the best due task, work, record the effect, or give it back.

Rule: whatever happens in between, the task is either finished in the same transaction as its effect or
due again; the start is counted before the work begins (C6).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from dossiers.errors import (
    ConfigurationError,
    EngineError,
    ResourceError,
    SohoaError,
    StaleVersion,
    StoreInDoubt,
)
from dossiers.ports import UnitOfWork
from dossiers.tasks import Lease, TaskKind
from dossiers.trace import tracing
from workers.doorbells import NextDoorbell, none_waits
from workers.following import Following
from workers.heartbeat import Heartbeat
from workers.laps import Done, Laps
from workers.matter import Taken, taken
from workers.retries import pause_before_retry
from workers.steps import Services, Steps

#: Letters of a task's id in the log: enough to tell tasks apart.
_TRACE_LENGTH: Final = 16

_log = logging.getLogger(__name__)


class Performer:
    """Performs due tasks, one a call; safe to call from several threads.

    Args:
        services: what the work needs.
        heartbeat: renews the leases of what is at work; somebody must let it beat.
        tell: hears what became of every task.
    """

    def __init__(
        self, services: Services, heartbeat: Heartbeat, tell: Callable[[Done], None] = lambda _: None
    ) -> None:
        self._services = services
        self._heartbeat = heartbeat
        self._tell = tell
        self._steps = Steps(services)

    def answer(self, rung: str = "", another: NextDoorbell = none_waits) -> bool:
        """Does the best due task, whichever doorbell was rung; returns whether there was one.

        Args:
            rung: the task whose doorbell it was, where the records know of doorbells; if another one is
                better, it will be rung again.
            another: gives a further doorbell to be answered at once. The best due task is then taken in the
                transaction that ends the one before it: its start is counted before it begins all the same.

        Raises:
            ConfigurationError: a tool is missing; the task stays due and its starts are counted.
            StoreInDoubt: this process can store nothing any more and is to end; the task is due again.
            ResourceError: the records are away; whatever was leased is due again when its lease lapses.
        """
        laps = Laps()
        with laps.lap("take"):
            first = task = self._take_for(rung)
        while task is not None:
            task, laps = self._perform(task, laps, another), Laps()
        return first is not None

    def give_rest_back(self) -> int:
        """Frees what this process still holds, as interruptions; what it does from now on has no effect."""
        own = self._services.owner
        with self._services.records.transaction() as work:
            return work.tasks.release_interrupted(lambda owner: owner != own)

    def _take_for(self, rung: str) -> Taken | None:
        with self._services.records.transaction() as work:
            task = self._take(work)
        self._use_up(rung, task)
        return task

    def _take(self, work: UnitOfWork) -> Taken | None:
        now = self._services.clock()
        lease = work.tasks.take(self._services.owner, now, now + self._heartbeat.lease_time)
        return None if lease is None else taken(work, lease, now)

    def _use_up(self, rung: str, task: Taken | None) -> None:
        """Whoever hears the doorbell of the task that was taken will take the one that was rung now.

        Where there is no such doorbell, the one that was rung now has to be rung again.
        """
        is_stood_for = task is not None and (task.lease.is_rung or task.lease.task.task_id == rung)
        if not rung or is_stood_for:
            return
        # In a transaction of its own: two workers that take each other's task never wait for each other.
        try:
            with self._services.records.transaction() as work:
                work.tasks.forget_rung([rung])
        except ResourceError:
            if task is None:
                raise
            # What was taken is begun all the same, or its start would count for nothing. The relay takes the
            # doorbell for lost after a while and rings it again.
            _log.warning("the doorbell of task %s will be rung late", rung)

    def _perform(self, task: Taken, laps: Laps, another: NextDoorbell) -> Taken | None:
        """Does a task; returns the one that was taken when it ended."""
        lease, now, outcome = task.lease, self._services.clock(), "cannot_work"
        following = Following(self._take, another)
        try:
            with tracing(lease.task.task_id[:_TRACE_LENGTH]), self._heartbeat.holding(lease):
                outcome = self._outcome(task, laps, following)
        finally:
            following.put_back()
            self._tell(
                Done(
                    kind=lease.task.kind,
                    priority=lease.task.priority,
                    branch=lease.task.branch,
                    outcome=outcome,
                    waited_seconds=max(0.0, (now - lease.task.due_at).total_seconds()),
                    stages=laps.seconds,
                )
            )
        follower, rung = following.settle()
        self._use_up(rung, follower)
        if follower is not None and self._services.clock() - follower.at >= self._heartbeat.lease_time:
            # The broker held us up: the task is anybody's by now, and this start says nothing about it.
            self._give_back_quietly(follower.lease, timedelta(0), "stale", is_counted=False)
            return None
        return follower

    def _outcome(self, task: Taken, laps: Laps, following: Following) -> str:
        lease = task.lease
        try:
            if lease.is_exhausted:
                return self._give_up(lease, "TOO_MANY_STARTS")
            self._steps.do(task, laps, following)
            following.confirm()
        except StaleVersion:
            _log.info("task %s was taken over by another worker", lease.task.task_id)
            return self._give_back_quietly(lease, timedelta(0), "stale")
        except ConfigurationError:
            self._give_back_quietly(lease, timedelta(0), "cannot_work")
            raise
        except StoreInDoubt as trouble:
            self._after_failure(lease, trouble)
            raise
        except SohoaError as error:
            return self._after_failure(lease, error)
        except Exception:  # noqa: BLE001 - the last handler of the actor: a bug must not hold the task
            _log.exception("task %s ended by an unforeseen error", lease.task.task_id)
            return self._after_failure(lease, EngineError("UNFORESEEN", "an error of the program"))
        return "done"

    def _after_failure(self, lease: Lease, error: SohoaError) -> str:
        pause = pause_before_retry(error, lease)
        _log.warning("task %s failed: %s, start %d", lease.task.task_id, error.code, lease.starts)
        if pause is None:
            return self._give_up(lease, error.code)
        # A store that is away says nothing about the page: such a start must never send it to quarantine.
        return self._give_back_quietly(
            lease, pause, "retried", is_counted=not isinstance(error, ResourceError)
        )

    def _give_up(self, lease: Lease, code: str) -> str:
        try:
            if lease.task.kind is TaskKind.READ_PAGE:
                self._services.filing.quarantine_page(lease, code)
            else:
                self._services.filing.abandon(lease, code)
        except StaleVersion:
            return "stale"
        return "given_up"

    def _give_back_quietly(
        self, lease: Lease, pause: timedelta, outcome: str, *, is_counted: bool = True
    ) -> str:
        try:
            with self._services.records.transaction() as work:
                work.tasks.give_back(lease, self._services.clock() + pause, is_counted=is_counted)
        except StaleVersion:
            return "stale"
        return outcome
