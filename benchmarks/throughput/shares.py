"""Who used the processors: CPU seconds of a tree of processes, by what they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

import psutil

#: What stands in the command line of a process, and what it is; the first that fits.
_KINDS: Final = (
    ("page_child", "page processes"),
    ("pipeline.confine", "page processes"),
    ("worker", "worker processes"),
    ("postgres", "PostgreSQL"),
    ("redis-server", "Redis"),
    ("beam", "RabbitMQ"),
    ("ministack", "S3 server"),
    ("radosgw", "S3 server"),
    ("ceph", "S3 server"),
)
#: The process that measures: receiving is told apart by its thread.
OWN: Final = "relay and supervision"
OTHER: Final = "others"


class Shares:
    """CPU seconds by kind of process since it was made; ended ones count up to the last look."""

    def __init__(self, extra: Iterable[int] = ()) -> None:
        self._extra = tuple(extra)
        self._before = self._seen()
        self._last = dict(self._before)

    def look(self) -> None:
        """Notes what the processes have used by now; call it now and then, so that ended ones count."""
        self._last.update(self._seen())

    def seconds(self) -> Mapping[str, float]:
        """CPU seconds by kind."""
        self.look()
        used: defaultdict[str, float] = defaultdict(float)
        for (pid, kind), seconds in self._last.items():
            used[kind] += seconds - self._before.get((pid, kind), 0.0)
        return dict(used)

    def _seen(self) -> dict[tuple[int, str], float]:
        own = psutil.Process()
        seen = {(own.pid, OWN): _used(own)}
        others = [psutil.Process(pid) for pid in self._extra if psutil.pid_exists(pid)]
        for process in (*own.children(recursive=True), *others):
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                seen[process.pid, _kind(process)] = _used(process)
        return seen


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _kind(process: psutil.Process) -> str:
    words = " ".join((process.name(), *process.cmdline()))
    return next((kind for mark, kind in _KINDS if mark in words), OTHER)
