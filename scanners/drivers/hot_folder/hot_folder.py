"""Watches one folder by looking at it again and again.

Polling, not notification: a folder that is mounted over SMB or NFS tells nothing of what other machines write
into it, and a look at a folder of some hundred names takes a millisecond.

Rules (C10, S15): a file is taken only when it has not changed for some seconds **and** has its end; links,
pipes, devices and folders are never opened; a file leaves its place only when its page is durable, or for the
folder of refused ones, where its reason lies beside it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dossiers.errors import ConfigurationError, InputCode, InputError, ResourceError
from dossiers.local_time import VIETNAM
from scanners.completeness import is_complete
from scanners.driver import RawPage, Unreadable
from scanners.drivers.hot_folder.reason import SUFFIX, reason_text
from scanners.drivers.hot_folder.settings import HotFolderSettings
from scanners.drivers.hot_folder.shelf import delete_before, move, move_with_text
from scanners.drivers.hot_folder.sighting import Sighting, is_passed_over, look_at, sighting_of

_LOCK: Final = ".sohoa-lock"
#: A file that could not leave its place is left alone for so long, seconds: those behind it come first.
_HELD_SECONDS: Final = 30.0
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A name, what it stood for, and since when."""

    sighting: Sighting
    since: float


class HotFolder:
    """One folder as a source of pages; each file yielded is to be accepted or refused.

    What is neither accepted nor refused is yielded again by the next ``scan``: after a store was away, for
    example. What was, and could not be moved, is left alone for half a minute. One program watches a folder
    at a time.

    Args:
        folder: the folder.
        settings: see there.
        clock: seconds that only grow.
        now: the moment, for names of days and reasons; any time zone.

    Raises:
        ConfigurationError: there is no such folder, or another program watches it.
    """

    name = "hot-folder"

    def __init__(
        self,
        folder: Path,
        settings: HotFolderSettings | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._path = folder
        self._settings = settings or HotFolderSettings()
        self._clock = clock
        self._utc_now = now
        self._seen: dict[str, _Seen] = {}
        self._taken: dict[int, tuple[str, Sighting]] = {}
        self._held: dict[str, float] = {}
        self._sequence = 0
        self._closing = threading.Event()
        try:
            self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise _unusable("FOLDER_MISSING", "Không mở được thư mục quét.", "cannot be opened") from error
        self._lock = self._locked()

    def expected(self) -> None:
        """Nobody knows what is to come."""

    def scan(self) -> Iterator[RawPage | Unreadable]:
        """Looks once and yields, in order of arrival, what is ready; call again after a second or two."""
        self._taken.clear()
        present = self._look()
        self._seen = {name: self._seen_again(name, sighting) for name, sighting in present.items()}
        self._held = {name: until for name, until in self._held.items() if self._clock() < until}
        waiting = sorted(self._seen.items(), key=lambda item: (item[1].sighting.modified_ns, item[0]))
        for name, seen in waiting:
            item = self._item(name, seen)
            if item is not None:
                self._taken[item.sequence] = (name, seen.sighting)
                yield item
        self._tidy()

    def watch(self, pause_seconds: float = 1.0) -> Iterator[RawPage | Unreadable]:
        """Looks again and again until the folder is closed, from any thread."""
        while not self._closing.is_set():
            yield from self.scan()
            self._closing.wait(pause_seconds)

    def accept(self, sequence: int) -> None:
        """Moves a file aside: what it holds is durable now. Repeating it is no error.

        Raises:
            ResourceError: it cannot be moved; half a minute later ``scan`` yields it again.
        """
        name = self._still_there(sequence)
        if name is None:
            return
        with self._movable(name):
            if self._settings.keep_days == 0:
                os.unlink(name, dir_fd=self._folder)
            else:
                move(self._folder, name, self._settings.accepted, self._now().date().isoformat())

    def refuse(self, sequence: int, refusal: InputError) -> None:
        """Moves a file to the refused ones, its reason beside it. Repeating it is no error.

        Raises:
            ResourceError: it cannot be moved; half a minute later ``scan`` yields it again.
        """
        name = self._still_there(sequence)
        if name is None:
            return
        with self._movable(name):
            text = reason_text(_readable(name), refusal, self._now())
            move_with_text(self._folder, name, text, SUFFIX, self._settings.refused)

    def _still_there(self, sequence: int) -> str | None:
        """The name of a file that was yielded, if it is still that file; another one is looked at anew."""
        name, sighting = self._taken.pop(sequence, ("", None))
        return name if sighting is not None and look_at(name, self._folder) == sighting else None

    @contextmanager
    def _movable(self, name: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            return  # somebody took it away in this moment
        except OSError as error:
            self._held[name] = self._clock() + _HELD_SECONDS
            raise ResourceError(
                "FOLDER_NOT_WRITABLE",
                vi="Không chuyển được tệp đã xử lý ra khỏi thư mục quét; hãy xem quyền ghi và chỗ trống.",
                en="A file that is done cannot be moved within the hot folder; check permissions and room.",
                hint=errno.errorcode.get(error.errno or 0, ""),
            ) from error

    def close(self) -> None:
        """Ends ``watch`` and lets others watch the folder; closing twice is no error."""
        if self._closing.is_set():
            return
        self._closing.set()
        for descriptor in (self._lock, self._folder):
            if descriptor is not None:
                os.close(descriptor)

    def _now(self) -> datetime:
        return self._utc_now().astimezone(VIETNAM)

    def _locked(self) -> int | None:
        """Keeps other programs away; ``None`` where the share cannot lock."""
        try:
            lock = os.open(
                _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=self._folder
            )
        except OSError:
            return None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(lock)
            os.close(self._folder)
            raise _unusable(
                "FOLDER_IN_USE", "Thư mục quét đang được chương trình khác theo dõi.", "is watched already"
            ) from error
        except OSError:
            os.close(lock)
            return None
        return lock

    def _look(self) -> dict[str, Sighting]:
        shelves = {self._settings.accepted, self._settings.refused}
        try:
            names = os.listdir(self._folder)  # noqa: PTH208 - of the folder that was opened
        except OSError:
            return {}
        found = {name: look_at(name, self._folder) for name in names if name not in shelves}
        return {
            name: sighting
            for name, sighting in found.items()
            if sighting is not None and not is_passed_over(name, sighting)
        }

    def _seen_again(self, name: str, sighting: Sighting) -> _Seen:
        before = self._seen.get(name)
        unchanged = before is not None and before.sighting == sighting
        return before if before is not None and unchanged else _Seen(sighting=sighting, since=self._clock())

    def _item(self, name: str, seen: _Seen) -> RawPage | Unreadable | None:
        """What a name yields now; ``None`` while it is to wait."""
        quiet = self._clock() - seen.since
        if name in self._held or quiet < self._settings.stable_seconds:
            return None
        if not seen.sighting.is_ordinary:
            return self._unreadable(name, InputCode.NOT_A_FILE)
        if seen.sighting.size > self._settings.max_bytes:
            return self._unreadable(name, InputCode.LIMIT_EXCEEDED)
        content = self._content(name, seen.sighting)
        if content is not None and is_complete(content) and content[:1] != b"\0":
            return self._page(name, content)
        if quiet < self._settings.patience_seconds:
            return None
        return self._unreadable(name, InputCode.EMPTY if content == b"" else InputCode.DAMAGED)

    def _content(self, name: str, sighting: Sighting) -> bytes | None:
        """All bytes of the file that was seen; ``None`` if it is another now or changes while it is read."""
        try:
            descriptor = os.open(name, _READ, dir_fd=self._folder)
        except OSError:
            return None
        with open(descriptor, "rb") as file:  # noqa: PTH123 - opened without following links
            if sighting_of(os.fstat(descriptor)) != sighting:
                return None
            try:
                content = file.read(sighting.size + 1)
            except OSError:
                return None
            is_same = sighting_of(os.fstat(descriptor)) == sighting and len(content) == sighting.size
            return content if is_same else None

    def _page(self, name: str, content: bytes) -> RawPage:
        self._sequence += 1
        return RawPage(sequence=self._sequence - 1, name=_readable(name), content=content)

    def _unreadable(self, name: str, reason: InputCode) -> Unreadable:
        self._sequence += 1
        return Unreadable(sequence=self._sequence - 1, name=_readable(name), reason=reason)

    def _tidy(self) -> None:
        if self._settings.keep_days:
            accepted = self._path / self._settings.accepted
            delete_before(accepted, self._now().date(), self._settings.keep_days)


def _readable(name: str) -> str:
    """The name for people: composed letters; bytes of old encodings become question marks."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def _unusable(code: str, vi: str, detail: str) -> ConfigurationError:
    return ConfigurationError(code, vi=vi, en=f"The hot folder {detail}.")
