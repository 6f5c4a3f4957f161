"""A hot folder that is watched: a store that is away is told once and tried again; batches end in quiet."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from dossiers.errors import InputCode, InputError, ResourceError, StoreInDoubt
from scanners.driver import RawPage, Unreadable
from scanners.drivers.hot_folder.profile import FolderProfile
from scanners.drivers.hot_folder.settings import HotFolderSettings
from sohoa import hot_folder_run
from sohoa.hot_folder_run import take_once, take_until
from sohoa.hot_folder_taking import FolderTaking, Taken

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
        self.taken = Taken()

    def take(self, item, folder):
        if self.away:
            self.away -= 1
            raise ResourceError("STORE_AWAY", vi="Kho không trả lời.", en="The store is away.")
        return ()

    def end_batch(self) -> None:
        self.ended += 1


class InDoubt:
    """A process that can store nothing any more."""

    taken = Taken()

    def take(self, item, folder):
        raise StoreInDoubt("STORE_UNAVAILABLE", vi="v", en="e")


class Stuck:
    """A folder of two files of which the first, a refused one, cannot leave: its disk is full."""

    moved = False

    def scan(self):
        yield Unreadable(sequence=0, name="full.jpg", reason=InputCode.EMPTY)
        if not self.moved:
            yield Unreadable(sequence=1, name="next.jpg", reason=InputCode.EMPTY)

    def accept(self, sequence):
        raise AssertionError

    def refuse(self, sequence, refusal):
        if sequence == 0:
            raise ResourceError("FOLDER_NOT_WRITABLE", vi="Đĩa đầy.", en="The disk is full.")
        self.moved = True


class Told:
    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.files: list[str] = []
        self.outcomes: list[object] = []
        self.troubles: list[str] = []

    def taken(self, item, outcome) -> None:
        self.files.append(item.name)
        self.outcomes.append(outcome)
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


def test_a_refused_file_that_cannot_leave_its_place_is_told_once_and_holds_up_no_other(tmp_path):
    profile = FolderProfile(
        name="a", path=Path("/srv/a"), settings=HotFolderSettings(stable_seconds=0, patience_seconds=0)
    )
    taking = FolderTaking(
        profile, agency="H29.119", centre=None, inspector=None, see_page=None, notes=tmp_path
    )  # nothing readable comes: neither the centre nor a reader is asked
    told = Told(threading.Event())
    take_once(taking, Stuck(), profile, told)
    assert told.files == ["full.jpg", "next.jpg"]
    assert [type(each) for each in told.outcomes] == [ResourceError, InputError]
    assert taking.taken.stays == {"full.jpg"}
    assert taking.taken.refused == [("next.jpg", "EMPTY")]


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
