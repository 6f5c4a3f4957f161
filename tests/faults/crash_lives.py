"""Processes of one office that are killed at random in F2: a counter, a worker, a watcher of a hot folder."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from scanners.drivers.hot_folder.hot_folder import HotFolder
from scanners.drivers.hot_folder.profile import FolderProfile
from scanners.drivers.hot_folder.settings import HotFolderSettings
from scanners.separators.verdict import SheetVerdict
from sohoa.hot_folder_taking import FolderTaking
from sohoa.scanning import LocalCentre
from tests.faults.office import CodeReader, office_in
from workers.sweeper import Sweeper

#: Between two looks of a process that has nothing to do, seconds.
_PAUSE = 0.02
#: Told by every process that is at work; papers are numbered from 1.
BEGUN = 0
KINDS = ("counter", "worker", "watcher")


def key_of(number: int) -> str:
    """The intake key of the dossier that a paper of the counter goes to: ten papers a dossier."""
    return f"k{(number - 1) // 10}"


def counter(folder: Path, first: int, tell: Callable[[int], None]) -> None:
    """Receives papers from a number on, without end; tells each that is acknowledged."""
    with office_in(folder) as office:
        tell(BEGUN)
        number = first
        while True:
            office.receive(office.open(key_of(number)), number)
            tell(number)
            number += 1


def worker(folder: Path, first: int, tell: Callable[[int], None]) -> None:
    """Frees what the dead held, then does what is due, without end."""
    with office_in(folder) as office:
        tell(BEGUN)
        Sweeper(office.records).step()
        while True:
            if not office.performer.answer():
                time.sleep(_PAUSE)


def watcher(folder: Path, first: int, tell: Callable[[int], None]) -> None:
    """Takes files of the hot folder, without end."""
    settings = HotFolderSettings(stable_seconds=0.0, keep_days=0)
    profile = FolderProfile(name="f", path=folder / "hot", settings=settings)
    with office_in(folder) as office, closing(HotFolder(profile.path, settings)) as hot:
        taking = FolderTaking(
            profile,
            agency="H29.119",
            centre=LocalCentre(office.intake, office.records),
            inspector=CodeReader(),
            see_page=lambda content, index: SheetVerdict(),
            notes=folder / "notes",
        )
        tell(BEGUN)
        while True:
            items = list(hot.scan())
            for item in items:
                taking.take(item, hot)
            if not items:
                time.sleep(_PAUSE)


def main(kind: str, folder: str, first: int, tells) -> None:
    """A life of a process; only a kill ends it."""
    {"counter": counter, "worker": worker, "watcher": watcher}[kind](Path(folder), first, tells.send)
