"""Figures for Prometheus; no ids and no personal data (S48)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from dossiers.ledger import Gap, GapKind
from dossiers.queue_ports import QueueLine
from dossiers.tasks import Priority
from workers.laps import Done

#: Upper ends of the histograms, seconds: a page takes about four, a clerk waits at most fifteen.
_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300)


class Metrics:
    """The figures of one ``sohoa worker``; a registry of its own, nothing is global."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._tasks = Counter(
            "sohoa_tasks", "Starts of tasks by what became of them.", ("kind", "class", "outcome"),
            registry=self._registry,
        )  # fmt: skip
        self._stages = Histogram(
            "sohoa_stage_seconds", "Seconds of a task by stage.", ("kind", "stage"),
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._waited = Histogram(
            "sohoa_queue_wait_seconds", "Seconds from due to start.", ("class",),
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._open = Gauge(
            "sohoa_queue_tasks", "Open tasks.", ("branch", "class", "state"), registry=self._registry
        )
        self._age = Gauge(
            "sohoa_queue_age_seconds", "Age of the oldest task that waits.", ("class",),
            registry=self._registry,
        )  # fmt: skip
        self._paused = Gauge("sohoa_branches_paused", "Paused branches.", registry=self._registry)
        self._gaps = Gauge(
            "sohoa_ledger_gap_pages", "Pages that are nowhere; anything but 0 is an alarm.", ("kind",),
            registry=self._registry,
        )  # fmt: skip
        self._spool = Gauge(
            "sohoa_spool_bytes", "Scanned pages that wait for the centre, and room left.", ("state",),
            registry=self._registry,
        )  # fmt: skip
        self._processes = Gauge("sohoa_worker_processes", "Processes at work.", registry=self._registry)
        self._restarts = Gauge("sohoa_worker_restarts", "Processes started again.", registry=self._registry)

    def note_done(self, done: Done) -> None:
        """Counts what became of a task."""
        kind, priority = done.kind.value, done.priority.value
        self._tasks.labels(kind, priority, done.outcome).inc()
        self._waited.labels(priority).observe(done.waited_seconds)
        for stage, seconds in done.stages.items():
            self._stages.labels(kind, stage).observe(seconds)

    def note_queue(self, lines: Sequence[QueueLine], paused: int, now: datetime) -> None:
        """Shows what is open now."""
        self._open.clear()
        for line in lines:
            self._open.labels(line.branch, line.priority.value, "waiting").set(line.waiting)
            self._open.labels(line.branch, line.priority.value, "in_hand").set(line.in_hand)
        for priority in Priority:
            due = [line.oldest_due_at for line in lines if line.priority is priority and line.oldest_due_at]
            age = (now - min(due)).total_seconds() if due else 0.0
            self._age.labels(priority.value).set(max(0.0, age))
        self._paused.set(paused)

    def note_gaps(self, gaps: Sequence[Gap]) -> None:
        """Shows the ledger's gaps."""
        for kind in GapKind:
            self._gaps.labels(kind.value).set(sum(gap.pages for gap in gaps if gap.kind is kind))

    def note_spool(self, used_bytes: int, free_bytes: int) -> None:
        """Shows how full the spool is."""
        self._spool.labels("used").set(used_bytes)
        self._spool.labels("free").set(free_bytes)

    def note_processes(self, alive: int, restarts: int) -> None:
        """Shows the processes."""
        self._processes.set(alive)
        self._restarts.set(restarts)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)
