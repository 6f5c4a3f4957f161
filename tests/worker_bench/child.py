"""A nursery of worker processes: ``python -m tests.worker_bench.child``.

It has loaded everything and forks a worker process for each line of options (JSON) that it reads, so that a
trial does not pay for loading. It answers with the process id. A worker process says ``ready`` by a file, and
finishes what it is at on SIGTERM. When the nursery ends, so do all.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path

from tests.worker_bench.bench import Bench, Options

_DIE_WITH_PARENT = 1


def _work(options: Options) -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    logging.basicConfig(filename=f"{options.folder}/child.log", level=logging.INFO, force=True)
    bench = Bench(options)
    workers = bench.workers()
    workers.start()
    (Path(options.folder) / f"ready-{os.getpid()}").touch()
    while not ending.wait(0.1):
        pass
    workers.stop(options.drain_seconds)


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the dead
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                _work(Options(**json.loads(line)))
            finally:
                os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
