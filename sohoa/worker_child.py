"""One worker process: ``python -m sohoa.worker_child NUMBER``, started by ``sohoa worker`` only.

It is given its settings as the first line of standard input, so that no password stands on a command line;
``drain`` or the end of the input asks it to finish what it is at. It tells what became of every task as one
line of JSON on standard output. Signals go to the parent: a terminal and systemd send them to all.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Final, Protocol

from dossiers.errors import ConfigurationError, ResourceError
from pipeline.reader import PageReader
from sohoa.bootstrap import Application, bootstrap
from sohoa.logs import log_to
from sohoa.settings import Settings
from workers.brokers.choosing import make_broker
from workers.crew import Crew
from workers.laps import Done

#: How often it is looked whether the threads can work, seconds.
_CHECK_SECONDS: Final = 0.2

_log = logging.getLogger(__name__)


class _Workers(Protocol):
    def start(self) -> None: ...

    def check(self) -> None: ...

    def stop(self, drain_seconds: float) -> None: ...


def main(number: str, reader: Callable[[Settings], PageReader] | None = None) -> int:
    """Works until it is told to end; returns the exit code.

    Args:
        number: its place among its parent's processes.
        reader: makes a page reader; by default the one that reads.
    """
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    settings = Settings.model_validate_json(sys.stdin.readline())
    told_to_end = threading.Event()
    threading.Thread(target=_listen, args=(told_to_end,), name="control", daemon=True).start()
    try:
        with bootstrap(settings, _tell, reader) as application:
            log_to(settings.data_dir, verbose=False, name=f"sohoa-worker-{number}.log")
            _work(application, told_to_end)
    except (ConfigurationError, ResourceError) as error:
        _log.error("the worker ends: %s", error.code)
        _say({"error": error.code, "vi": error.vi, "en": error.en, "hint": error.hint})
        return error.exit_code
    return 0


def _work(application: Application, told_to_end: threading.Event) -> None:
    application.readers.probe()
    workers = _workers(application)
    workers.start()
    _say({"ready": True})
    try:
        while not told_to_end.wait(_CHECK_SECONDS):
            workers.check()
    finally:
        workers.stop(application.settings.drain_seconds)


def _workers(application: Application) -> _Workers:
    settings = application.settings
    if not settings.broker_url:
        return application.workers
    return Crew(
        broker=make_broker(settings.broker_url),
        performer=application.performer,
        heartbeat=application.heartbeat,
        threads=settings.workers,
    )


def _listen(told_to_end: threading.Event) -> None:
    for line in sys.stdin:
        if line.strip() == "drain":
            break
    told_to_end.set()


def _tell(done: Done) -> None:
    _say({"done": {**asdict(done), "stages": dict(done.stages)}})


def _say(value: object) -> None:
    # One write a line: threads share the pipe.
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
