"""How long each part of a task took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from dossiers.tasks import Priority, TaskKind


class Laps:
    """Measures the parts of one task.

    Args:
        stopwatch: seconds since any moment.
    """

    def __init__(self, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._stopwatch = stopwatch
        self.seconds: dict[str, float] = {}

    @contextmanager
    def lap(self, stage: str) -> Iterator[None]:
        """Adds the time of the block to the stage."""
        started = self._stopwatch()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + self._stopwatch() - started


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one start of a task; no ids, no personal data.

    Attributes:
        kind: what was to be done.
        priority: counter or batch.
        branch: whose it was.
        outcome: ``done``, ``stale``, ``retried`` or ``given_up``.
        waited_seconds: from due to start.
        stages: seconds by stage: ``take``, ``fetch``, ``read``, ``render``, ``store``, ``record``.
    """

    kind: TaskKind
    priority: Priority
    branch: str
    outcome: str
    waited_seconds: float
    stages: Mapping[str, float] = field(default_factory=dict)
