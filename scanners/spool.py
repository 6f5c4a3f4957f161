"""The spool: pages of open sessions on the station's own disk, until the centre has them (C12).

Rules: a page is one file that appears whole or not at all; it counts from the moment at which its name is
on the disk; its bytes are removed only when the centre has acknowledged them and that is on the disk too.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dossiers.errors import IntegrityError, RecordError, ResourceError
from scanners.driver import Side
from scanners.durable_file import make_folder, spool_errors, sync_folder, write_durably
from scanners.session import (
    ArrivedPage,
    ScanSession,
    page_from_text,
    page_to_text,
    session_from_text,
    session_to_text,
)

_SESSION: Final = "session.json"
_ENDED: Final = "ended"
_LOCK: Final = "lock"
_PAGE: Final = ".page"
_SENT: Final = ".sent"
_JUDGED: Final = ".judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Where the centre put a page: the dossier, and the reason where it refused the page."""

    dossier_id: str
    refusal: str = ""


class SpooledSession:
    """One session on the disk; one process at a time, see ``Spool.open``."""

    def __init__(self, folder: Path, session: ScanSession) -> None:
        self._folder = folder
        self.session = session
        self._sent: dict[int, Sent] = {}
        self._pages: list[ArrivedPage] | None = None  # read once: nobody else writes while we hold the lock

    def pages(self) -> tuple[ArrivedPage, ...]:
        """Every page that arrived, by sequence."""
        if self._pages is None:
            with spool_errors():
                # A page that was killed while it was marked as sent has two files; either tells the same.
                files = {path.stem: path for path in self._folder.iterdir() if path.suffix in (_PAGE, _SENT)}
                self._pages = [_head(files[number]) for number in sorted(files)]
        return tuple(self._pages)

    def append(
        self,
        content: bytes,
        *,
        sheet: int,
        side: Side,
        name: str,
        dpi: int,
        replaces: int | None = None,
        profile: str = "",
        sides: int = 0,
    ) -> ArrivedPage:
        """Makes a page durable and returns it; only then may the next sheet be asked for.

        Raises:
            ResourceError: it is not kept.
        """
        present = self.pages()
        page = ArrivedPage(
            sequence=present[-1].sequence + 1 if present else 1,
            sheet=sheet,
            side=side,
            name=name,
            dpi=dpi,
            sha256=hashlib.sha256(content).hexdigest(),
            replaces=replaces,
            profile=profile,
            sides=sides,
        )
        write_durably(self._path(page, _PAGE), page_to_text(page).encode(), b"\n", content)
        self._pages = [*present, page]
        return page

    def content(self, page: ArrivedPage) -> bytes:
        """The bytes of a page that was not sent yet, checked.

        Raises:
            IntegrityError: they are not those that were kept.
        """
        with spool_errors():
            content = self._path(page, _PAGE).read_bytes().partition(b"\n")[2]
        if hashlib.sha256(content).hexdigest() != page.sha256:
            raise IntegrityError(
                "SPOOL_DAMAGED",
                vi="Một trang trong vùng đệm của quầy bị hỏng; hãy quét lại trang đó.",
                en=f"page {page.sequence} of the spool is damaged",
            )
        return content

    def sent(self, page: ArrivedPage) -> Sent | None:
        """Where the centre put a page; ``None`` where it does not have it yet."""
        if page.sequence not in self._sent:
            with spool_errors():
                try:
                    text = self._path(page, _SENT).read_text(encoding="utf-8")
                except FileNotFoundError:
                    return None
            self._sent[page.sequence] = Sent(**json.loads(text.partition("\n")[2]))
        return self._sent[page.sequence]

    def mark_sent(self, page: ArrivedPage, sent: Sent) -> None:
        """Notes durably that the centre has a page, then lets go of its bytes; may be repeated."""
        told = json.dumps({"dossier_id": sent.dossier_id, "refusal": sent.refusal})
        write_durably(self._path(page, _SENT), page_to_text(page).encode(), b"\n", told.encode())
        with spool_errors():
            self._path(page, _PAGE).unlink(missing_ok=True)

    def note(self, page: ArrivedPage, text: str) -> None:
        """Keeps what was found on a page; it can be found anew, so it need not be durable at once."""
        with spool_errors():
            partial = self._path(page, _JUDGED + ".part")
            partial.write_text(text, encoding="utf-8")
            partial.replace(self._path(page, _JUDGED))

    def noted(self, page: ArrivedPage) -> str | None:
        """What was kept with ``note``."""
        with spool_errors():
            try:
                # It was not synced: after a power cut anything may stand there.
                return self._path(page, _JUDGED).read_text(encoding="utf-8", errors="replace")
            except FileNotFoundError:
                return None

    @property
    def is_ended(self) -> bool:
        """Whether no page will come any more: what is left only waits for the centre."""
        return (self._folder / _ENDED).exists()

    def mark_ended(self) -> None:
        """Notes durably that no page will come any more; may be repeated."""
        if not self.is_ended:
            write_durably(self._folder / _ENDED)

    def remove(self) -> None:
        """Ends the session; every page must have been sent.

        Raises:
            RecordError: ``PAGES_WAITING``.
        """
        if any(self.sent(page) is None for page in self.pages()):
            raise RecordError(
                "PAGES_WAITING",
                vi="Còn trang chưa gửi về trung tâm; phiên quét được giữ lại.",
                en=f"session {self.session.session_id} holds pages that the centre does not have",
            )
        with spool_errors():
            # The name goes first: a half-removed session must not be found again.
            gone = self._folder.with_name("." + self._folder.name)
            self._folder.rename(gone)
            sync_folder(gone.parent)
            shutil.rmtree(gone, ignore_errors=True)  # what stays the next session removes

    def _path(self, page: ArrivedPage, suffix: str) -> Path:
        return self._folder / f"{page.sequence:06d}{suffix}"


class Spool:
    """All open sessions of a station.

    Args:
        root: folder on a local disk; made when the first session starts.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def session_ids(self) -> Sequence[str]:
        """Open sessions, oldest first."""
        with spool_errors():
            if not self._root.is_dir():
                return ()
            found = [path.parent for path in self._root.glob(f"*/{_SESSION}") if path.parent.name[0] != "."]
            return [path.name for path in sorted(found, key=lambda path: path.stat().st_mtime_ns)]

    def ended_ids(self) -> Sequence[str]:
        """Sessions that ended and only wait for the centre, oldest first; they may be open."""
        return [each for each in self.session_ids() if (self._root / each / _ENDED).exists()]

    @contextmanager
    def start(self, session: ScanSession) -> Iterator[SpooledSession]:
        """Starts a session and holds it."""
        folder = self._root / session.session_id
        make_folder(folder)
        self._sweep()
        with _held(folder):
            write_durably(folder / _SESSION, session_to_text(session).encode())
            yield SpooledSession(folder, session)

    def _sweep(self) -> None:
        """Removes what is left of sessions that ended and whose removal was cut short."""
        for left in self._root.glob(".*/"):
            shutil.rmtree(left, ignore_errors=True)

    @contextmanager
    def open(self, session_id: str) -> Iterator[SpooledSession]:
        """Opens a session again and holds it: no other process may.

        Raises:
            RecordError: ``NOT_FOUND``.
            ResourceError: ``SESSION_BUSY``, another program has it.
        """
        if session_id not in self.session_ids():
            raise RecordError(
                "NOT_FOUND", vi="Không tìm thấy phiên quét này.", en=f"there is no session {session_id}"
            )
        folder = self._root / session_id
        with _held(folder):
            try:
                with spool_errors():
                    text = (folder / _SESSION).read_text(encoding="utf-8")
                session = session_from_text(text)
            except ValueError as error:
                raise IntegrityError(
                    "SPOOL_DAMAGED",
                    vi="Vùng đệm của quầy bị hỏng; hãy báo quản trị viên.",
                    en=f"session {session_id} of the spool is damaged",
                ) from error
            yield SpooledSession(folder, session)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The lock goes with the process that holds it, however that ends."""
    with spool_errors():
        handle = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise ResourceError(
                "SESSION_BUSY",
                vi="Phiên quét này đang mở ở chương trình khác.",
                en="another program has this session open",
            ) from busy
        yield
    finally:
        os.close(handle)


def _head(path: Path) -> ArrivedPage:
    with path.open("rb") as file:
        line = file.readline(1 << 16)
    try:
        return page_from_text(line.decode())
    except ValueError as error:
        raise IntegrityError(
            "SPOOL_DAMAGED",
            vi="Vùng đệm của quầy bị hỏng; hãy báo quản trị viên.",
            en=f"{path.name} of the spool is damaged",
        ) from error
