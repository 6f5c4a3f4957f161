"""One hot folder at work: looked at once, or again and again until somebody stops it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Protocol

from dossiers.batch_desk import BatchDesk
from dossiers.errors import EngineError, InputError, ResourceError, StoreInDoubt
from scanners.driver import RawPage, Unreadable
from scanners.drivers.hot_folder.hot_folder import HotFolder
from scanners.drivers.hot_folder.profile import FolderProfile
from scanners.judgement.judge import Child
from scanners.profiles import choose_profile, load_profiles
from scanners.separators.book import SeparatorBook
from scanners.separators.job import sheet_request, sight_of
from scanners.separators.judging import judge_sheet
from scanners.separators.verdict import SheetFlag, SheetVerdict
from sohoa.batch_centre import BatchCentre, folder_batch
from sohoa.bootstrap import Application
from sohoa.clock import utc_now
from sohoa.feeder_sandbox import feeder_sandbox
from sohoa.hot_folder_taking import FolderTaking, Outcome
from sohoa.scanning import LocalCentre

#: Folder of the notes in the data folder.
NOTES_FOLDER = "hot-folders"
#: Between two looks at the folder, seconds.
_PAUSE_SECONDS = 1.0


class FolderWatcher(Protocol):
    """Told of every file."""

    def taken(self, item: RawPage | Unreadable, outcome: Outcome) -> None:
        """A file was accepted or refused, and moved; or it could not be moved, which is told once a file."""
        ...

    def postponed(self, trouble: ResourceError) -> None:
        """A store is unavailable; files stay where they are. Told once until it works again."""
        ...


@contextmanager
def taking_of(application: Application, profile: FolderProfile) -> Iterator[FolderTaking]:
    """Puts together what takes the files of a hot folder; its judging child ends with the block.

    Raises:
        ConfigurationError: the profile of its separators is missing.
    """
    settings = application.settings
    profiles = load_profiles(settings.data_dir, settings.counter)
    book = choose_profile(profiles, profile.scan_profile or settings.scan_profile).separators
    with closing(feeder_sandbox(unsafe=settings.unsafe_sandbox)) as child:
        yield FolderTaking(
            profile,
            agency=settings.agency,
            centre=BatchCentre(
                LocalCentre(application.intake, application.records),
                BatchDesk(records=application.records, clock=utc_now),
                *folder_batch(profile),
            ),
            inspector=application.readers,
            see_page=lambda content, index: see_page(child, book, content, index),
            notes=settings.data_dir / NOTES_FOLDER,
        )


def see_page(child: Child, book: SeparatorBook, content: bytes, index: int) -> SheetVerdict:
    """Whether a page of a file is a separator; one that cannot be looked at is flagged, never swallowed."""
    try:
        return judge_sheet(sight_of(child.ask(sheet_request(content, index))), book)
    except (InputError, EngineError):
        return SheetVerdict(flag=SheetFlag.UNREADABLE)


def take_once(
    taking: FolderTaking, folder: HotFolder, profile: FolderProfile, watcher: FolderWatcher
) -> None:
    """Takes what is ready, now and once more when files have had their time to come to rest.

    What is taken is one batch, where a batch is one dossier.

    Raises:
        ResourceError: a store is unavailable; run it again.
    """
    for look in range(2):
        if look and profile.settings.stable_seconds:
            time.sleep(profile.settings.stable_seconds)
        for item in folder.scan():
            _take(item, taking, folder, watcher)
    taking.end_batch()


def take_until(
    stop: threading.Event,
    taking: FolderTaking,
    folder: HotFolder,
    profile: FolderProfile,
    watcher: FolderWatcher,
) -> None:
    """Takes what comes until it is told to stop; an unavailable store is tried again and again.

    Raises:
        StoreInDoubt: this process can store nothing any more; files stay where they are for a new one.
    """
    quiet_since, is_away = time.monotonic(), False
    while not stop.is_set():
        try:
            for item in folder.scan():
                _take(item, taking, folder, watcher)
                quiet_since, is_away = time.monotonic(), False
                if stop.is_set():
                    return
            if time.monotonic() - quiet_since > profile.batch_pause_seconds:
                taking.end_batch()
        except StoreInDoubt:
            raise
        except ResourceError as trouble:
            if not is_away:
                watcher.postponed(trouble)
            quiet_since, is_away = time.monotonic(), True
        stop.wait(_PAUSE_SECONDS)


def _take(
    item: RawPage | Unreadable, taking: FolderTaking, folder: HotFolder, watcher: FolderWatcher
) -> None:
    was_told = item.name in taking.taken.stays
    outcome = taking.take(item, folder)
    if not (was_told and isinstance(outcome, ResourceError)):
        watcher.taken(item, outcome)
