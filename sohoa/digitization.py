"""The main job on one machine: receive the papers of planned dossiers while workers read them.

Safe to stop at any moment: what was acknowledged is on record, and running the same plan again goes on
where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from dossiers.dossier import Dossier
from dossiers.intake import MAX_FILE_BYTES
from dossiers.page import PageState
from dossiers.tasks import Priority
from scanners.folder import FolderSource
from scanners.station import Arrival, Station
from sohoa.bootstrap import Application
from sohoa.plan import PlannedDossier

#: How often progress is looked at, seconds.
_LOOK_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is: pages received, pages no longer waiting to be read, tasks still open."""

    received: int
    read: int
    open_tasks: int


class Watcher(Protocol):
    """Whoever shows a run to people."""

    def opened(self, dossier: Dossier) -> None:
        """A dossier was opened, or found again."""
        ...

    def arrived(self, dossier: Dossier, arrival: Arrival) -> None:
        """A file was received or refused."""
        ...

    def progressed(self, progress: Progress) -> None:
        """Something may have moved; called several times a second."""
        ...


def digitize(
    application: Application, plans: Sequence[PlannedDossier], watcher: Watcher, *, reads: bool = True
) -> tuple[Dossier, ...]:
    """Receives, reads and files every planned dossier; returns when no work is left.

    Args:
        application: the application.
        plans: the dossiers.
        watcher: shows the run.
        reads: whether this process reads; otherwise it only receives, and workers elsewhere read.

    Raises:
        ResourceError: a store became unavailable; run the same plan again.
        ConfigurationError: a tool is missing; what was received is safe, run the same plan again.
    """

    def receive() -> tuple[Dossier, ...]:
        return tuple(
            _receive(application, application.intake.open_dossier(plan.opening), plan.paths, watcher)
            for plan in plans
        )

    return _run(application, receive, watcher) if reads else receive()


def add_papers(application: Application, dossier: Dossier, paths: Sequence[Path], watcher: Watcher) -> None:
    """Receives, reads and files papers into a dossier that is there; returns when no work is left.

    Raises:
        ResourceError: a store became unavailable; do it again.
        ConfigurationError: a tool is missing; what was received is safe, do it again.
    """
    _run(application, lambda: (_receive(application, dossier, paths, watcher),), watcher)


def read_dossier(application: Application, dossier: Dossier) -> None:
    """Reads and files what waits in a dossier; returns when no work is left.

    Raises:
        ConfigurationError: a tool is missing; do it again.
    """
    application.readers.probe()
    application.workers.start()
    try:
        wait_until_read(application, (dossier.dossier_id,), lambda _: None)
    finally:
        application.workers.stop()


def wait_until_read(
    application: Application, dossier_ids: Sequence[str], progressed: Callable[[Progress], None]
) -> None:
    """Returns when no work on the dossiers is left; the workers must have been started.

    Raises:
        ConfigurationError: a tool is missing.
    """
    while (progress := _progress(application, dossier_ids)).open_tasks:
        application.workers.check()
        progressed(progress)
        time.sleep(_LOOK_SECONDS)
    progressed(progress)


def _run(
    application: Application, receive: Callable[[], tuple[Dossier, ...]], watcher: Watcher
) -> tuple[Dossier, ...]:
    application.readers.probe()
    application.workers.start()
    try:
        dossiers = receive()
        ids = [dossier.dossier_id for dossier in dossiers]
        wait_until_read(application, ids, watcher.progressed)
    finally:
        application.workers.stop()
    return dossiers


def _receive(application: Application, dossier: Dossier, paths: Sequence[Path], watcher: Watcher) -> Dossier:
    watcher.opened(dossier)
    driver = FolderSource(paths, MAX_FILE_BYTES)
    station = Station(application.intake, dossier.dossier_id, Priority.COUNTER)
    station.run(driver, lambda arrival: watcher.arrived(dossier, arrival))
    driver.close()
    return dossier


def _progress(application: Application, dossier_ids: Sequence[str]) -> Progress:
    with application.records.transaction() as work:
        states = [page.state for each in dossier_ids for page in work.pages.of_dossier(each)]
        open_tasks = sum(work.tasks.open_count(each) for each in dossier_ids)
    waiting = sum(state is PageState.RECEIVED for state in states)
    return Progress(received=len(states), read=len(states) - waiting, open_tasks=open_tasks)
