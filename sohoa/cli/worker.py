"""``sohoa worker``: reads pages as long as it runs."""

from __future__ import annotations

import signal
import time
from typing import Final

import click

from dossiers.errors import ResourceError
from dossiers.tasks import Priority
from sohoa.cli.session import Session, pass_session
from sohoa.worker_office import WorkerOffice, usual_threads

#: A line of progress at most so often, seconds.
_TELL_SECONDS: Final = 5.0


@click.command()
@click.option("--processes", type=click.IntRange(1, 64), default=1, help="Worker processes; default 1.")
@click.option("--threads", type=click.IntRange(1, 64), help="Pages at a time in each.")
@click.option("--metrics-port", type=click.IntRange(0, 65535), help="Serve /health, /ready, /metrics.")
@click.option("--metrics-address", default="127.0.0.1", help="Where; default this machine only.")
@click.option("--quiet", is_flag=True, help="No lines of progress.")
@pass_session
def worker(
    session: Session,
    processes: int,
    threads: int | None,
    metrics_port: int | None,
    metrics_address: str,
    quiet: bool,
) -> None:
    """Reads, files and renders what is due, until it is told to end (SIGTERM, Ctrl-C).

    Pages at work are finished first, for `drain_seconds` at most; what is left is given back. A second
    signal ends it at once. Without the setting `broker_url` every process looks for work itself.

    \b
    Examples:
      sohoa worker
      sohoa worker --processes 2 --threads 4 --metrics-port 9464
      SOHOA_BROKER_URL=redis://127.0.0.1:6379/0 sohoa worker
    """
    with session.open() as application:
        each = threads or usual_threads(processes, session.settings.workers)
        office = WorkerOffice(application, processes=processes, threads=each)
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: office.stop())
        port = office.start(metrics_address, metrics_port)
        session.remark("worker_started", processes=processes, threads=each)
        if port is not None:
            session.remark("worker_metrics", address=metrics_address, port=port)
        office.run(_say_nothing if quiet else _Progress(session, office).step)
        session.remark("worker_ended", pages=office.tally.pages)


def _say_nothing() -> None:
    """Progress nobody wants to hear of."""


class _Progress:
    """Says how much waits, whenever that has changed."""

    def __init__(self, session: Session, office: WorkerOffice) -> None:
        self._session = session
        self._office = office
        self._next = 0.0
        self._told = ""
        self._pages, self._at = 0, time.monotonic()

    def step(self) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _TELL_SECONDS
        try:
            lines = self._office.queue()
        except ResourceError as trouble:
            self._session.complain(trouble)
            return
        pages = self._office.tally.pages
        speed = (pages - self._pages) / max(now - self._at, 0.001)
        self._pages, self._at = pages, now
        told = self._session.messages.say(
            "worker_progress",
            counter=sum(line.waiting for line in lines if line.priority is Priority.COUNTER),
            batch=sum(line.waiting for line in lines if line.priority is Priority.BATCH),
            in_hand=sum(line.in_hand for line in lines),
            pages=pages,
            speed=f"{speed:.1f}".replace(".", "," if self._session.messages.language == "vi" else "."),
            processes=self._office.alive,
        )
        if told != self._told:
            self._session.err.print(told, markup=False, highlight=False, soft_wrap=True)
            self._told = told
