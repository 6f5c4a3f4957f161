"""A hot folder that is watched: a store that is away is told once and tried again; batches end in quiet."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from dossiers.errors import ResourceError, StoreInDoubt
from scanners.driver import RawPage
from scanners.drivers.hot_folder.profile import FolderProfile
from sohoa import hot_folder_run
from sohoa.hot_folder_run import take_until

PAGE = RawPage(sequence=0, name="a.jpg", content=b"a")


class OneFile:
    """A folder in which one file lies until it is taken."""

    def scan(self):
        yield PAGE


class Taking:
    """Away so many times, then there."""

    def __init__(self, away: int) -> None:
        self.away = away
        self.ended = 0

    def take(self, item, folder):
        if self.away:
            self.away -= 1
            raise ResourceError("STORE_AWAY", vi="Kho không trả lời.", en="The store is away.")
        return ()

    def end_batch(self) -> None:
        self.ended += 1


class InDoubt:
    """A process that can store nothing any more."""

    def take(self, item, folder):
        raise StoreInDoubt("STORE_UNAVAILABLE", vi="v", en="e")


class Told:
    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.files: list[str] = []
        self.troubles: list[str] = []

    def taken(self, item, outcome) -> None:
        self.files.append(item.name)
        self.stop.set()

    def postponed(self, trouble) -> None:
        self.troubles.append(trouble.code)


def test_a_store_that_is_away_is_told_once_and_tried_until_it_is_back(monkeypatch):
    monkeypatch.setattr(hot_folder_run, "_PAUSE_SECONDS", 0.0)
    stop = threading.Event()
    told, taking = Told(stop), Taking(away=3)
    profile = FolderProfile(name="a", path=Path("/srv/a"))
    take_until(stop, taking, OneFile(), profile, told)
    assert (told.files, told.troubles) == (["a.jpg"], ["STORE_AWAY"])
    assert taking.ended == 0


def test_a_batch_ends_when_nothing_came_for_its_pause(monkeypatch):
    monkeypatch.setattr(hot_folder_run, "_PAUSE_SECONDS", 0.0)
    stop = threading.Event()

    class Empty:
        looks = 0

        def scan(self):
            self.looks += 1
            if self.looks == 3:
                stop.set()
            return iter(())

    taking = Taking(away=0)
    profile = FolderProfile(name="a", path=Path("/srv/a"), batch_pause_seconds=0.0)
    take_until(stop, taking, Empty(), profile, Told(stop))
    assert taking.ended == 3


def test_a_store_in_doubt_ends_the_watch_so_that_a_new_process_looks_at_the_disk():
    stop = threading.Event()
    told = Told(stop)
    with pytest.raises(StoreInDoubt):
        take_until(stop, InDoubt(), OneFile(), FolderProfile(name="a", path=Path("/srv/a")), told)
    assert (told.files, told.troubles) == ([], [])
