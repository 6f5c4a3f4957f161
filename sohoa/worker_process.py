"""A worker process as its parent sees it."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable

from dossiers.tasks import Priority, TaskKind
from sohoa.settings import Settings
from workers.laps import Done


class WorkerProcess:
    """Implements ``workers.supervisor.Child``.

    Args:
        number: its place, from 0.
        settings: of the process; ``workers`` is its number of threads.
        tell: hears what became of every task; called from a thread.
        module: of the program.
    """

    def __init__(
        self,
        number: int,
        settings: Settings,
        tell: Callable[[Done], None],
        module: str = "sohoa.worker_child",
    ) -> None:
        self._tell = tell
        #: Set once its threads have started.
        self.is_ready = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._write(settings.model_dump_json() + "\n")
        threading.Thread(target=self._listen, name=f"worker-{number}", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit code once it has ended."""
        return self._process.poll()

    def drain(self) -> None:
        """Asks it to finish what it is at and to end."""
        self._write("drain\n")

    def kill(self) -> None:
        """Ends it at once; its page processes end with it."""
        self._process.kill()

    def _write(self, line: str) -> None:
        pipe = self._process.stdin
        if pipe is not None:
            with contextlib.suppress(OSError, ValueError):  # it has ended
                pipe.write(line)
                pipe.flush()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            try:
                said = json.loads(line)
            except ValueError:
                continue  # a library that prints
            if "ready" in said:
                self.is_ready.set()
            elif "done" in said:
                self._tell(_done(said["done"]))
        for pipe in (self._process.stdout, self._process.stdin):
            if pipe is not None:
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()


def _done(told: dict[str, object]) -> Done:
    stages = told["stages"]
    timed = stages.items() if isinstance(stages, dict) else ()
    return Done(
        kind=TaskKind(str(told["kind"])),
        priority=Priority(str(told["priority"])),
        branch=str(told["branch"]),
        outcome=str(told["outcome"]),
        waited_seconds=float(str(told["waited_seconds"])),
        stages={str(name): float(value) for name, value in timed},
    )
