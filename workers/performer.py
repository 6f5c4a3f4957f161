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
from dossiers.tasks import Lease, TaskKind
from dossiers.trace import tracing
from workers.heartbeat import Heartbeat
from workers.laps import Done, Laps
from workers.retries import pause_before_retry
from workers.steps import Services, Steps

#: Best due tasks that are looked at: others may lease the first ones in the same moment.
_CHOICE: Final = 8

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

    def answer(self, rung: str = "") -> bool:
        """Does the best due task, whichever doorbell was rung; returns whether there was one.

        Args:
            rung: the task whose doorbell it was, where the records know of doorbells; if another one is
                better, it will be rung again.

        Raises:
            ConfigurationError: a tool is missing; the task stays due and its starts are counted.
            StoreInDoubt: this process can store nothing any more and is to end; the task is due again.
            ResourceError: the records are away; whatever was leased is due again when its lease lapses.
        """
        now = self._services.clock()
        laps, outcome = Laps(), "cannot_work"
        with laps.lap("take"):
            lease = self._take(rung)
        if lease is None:
            return False
        try:
            with tracing(lease.task.task_id[:_TRACE_LENGTH]), self._heartbeat.holding(lease):
                outcome = self._perform(lease, laps)
        finally:
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
        return True

    def give_rest_back(self) -> int:
        """Frees what this process still holds, as interruptions; what it does from now on has no effect."""
        own = self._services.owner
        with self._services.records.transaction() as work:
            return work.tasks.release_interrupted(lambda owner: owner != own)

    def _take(self, rung: str) -> Lease | None:
        services = self._services
        now = services.clock()
        lease = None
        with services.records.transaction() as work:
            for task in work.tasks.due(now, limit=_CHOICE):
                until = now + self._heartbeat.lease_time
                lease = work.tasks.lease(task.task_id, services.owner, now, until)
                if lease is not None:
                    break
        if rung and (lease is None or lease.task.task_id != rung):
            # In a transaction of its own: two workers that take each other's task never wait for each other.
            with services.records.transaction() as work:
                work.tasks.forget_rung([rung])
        return lease

    def _perform(self, lease: Lease, laps: Laps) -> str:
        try:
            if lease.is_exhausted:
                return self._give_up(lease, "TOO_MANY_STARTS")
            self._steps.do(lease, laps)
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
