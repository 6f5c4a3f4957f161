"""Hot folders among the devices of an office: what came of their files, and what lies in them now."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dossiers.errors import InputError, ResourceError
from dossiers.ports import RecordStore
from dossiers.scanner_use import ScannerUse
from scanners.driver import DeviceInfo, RawPage, Unreadable
from scanners.drivers.hot_folder.profile import FolderProfile, load_folders
from scanners.drivers.hot_folder.settings import HotFolderSettings
from scanners.drivers.hot_folder.sighting import is_passed_over, sighting_of
from sohoa.clock import utc_now
from sohoa.hot_folder_run import FolderWatcher
from sohoa.hot_folder_taking import Outcome

#: Heads the keys of hot folders among those of devices.
FOLDER_DRIVER: Final = "folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderState:
    """A hot folder as it is now.

    Attributes:
        path: the folder.
        waiting: files in it that were not taken yet; ``None``: it cannot be opened.
    """

    path: Path
    waiting: int | None


class NotedFolder:
    """Implements ``FolderWatcher``: notes every file as a use of the folder, then tells the next watcher.

    A file that was there already is no use. Records that are away are no error: this is no ledger.
    """

    def __init__(self, told: FolderWatcher, records: RecordStore, profile: FolderProfile) -> None:
        self._told = told
        self._records = records
        self._profile = profile

    def taken(self, item: RawPage | Unreadable, outcome: Outcome) -> None:
        """Notes pages that are new, or the code of what went wrong."""
        if isinstance(outcome, InputError | ResourceError):
            self._note(0, outcome.code)
        elif pages := sum(each.file.page_count for each in outcome if each.is_new):
            self._note(pages, "")
        self._told.taken(item, outcome)

    def postponed(self, trouble: ResourceError) -> None:
        """Passes it on: the records may be what is away."""
        self._told.postponed(trouble)

    def _note(self, pages: int, trouble: str) -> None:
        name = self._profile.name
        use = ScannerUse(
            device=folder_key(name), profile=name, pages=pages, trouble=trouble, ended_at=utc_now()
        )
        with suppress(ResourceError), self._records.transaction() as work:
            work.scanner_uses.add(use)


def folder_key(name: str) -> str:
    """The key of a hot folder among those of devices."""
    return f"{FOLDER_DRIVER}:{name}"


def folders_of(data_dir: Path, key: str = "") -> Sequence[tuple[DeviceInfo, FolderState]]:
    """The hot folders of the office, or the one that a key names.

    Raises:
        ConfigurationError: the file of hot folders is wrong.
    """
    return [
        (
            DeviceInfo(driver=FOLDER_DRIVER, device=name, label=profile.title or name),
            FolderState(path=profile.path, waiting=_waiting(profile.path, profile.settings)),
        )
        for name, profile in load_folders(data_dir).items()
        if key in ("", folder_key(name))
    ]


def _waiting(path: Path, settings: HotFolderSettings) -> int | None:
    """Counts names only; nothing is opened."""
    shelves = (settings.accepted, settings.refused)
    try:
        with os.scandir(path) as entries:
            return sum(
                each.name not in shelves
                and not is_passed_over(each.name, sighting_of(each.stat(follow_symlinks=False)))
                for each in entries
            )
    except OSError:
        return None
