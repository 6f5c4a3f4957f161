"""Pieces of files on a disk of this machine; see ``reception.api.ports.UploadSpool``.

Rules: names on the disk are made here, never by who sends; a piece counts once it is durable; what nobody has
added to for a day is removed; an account has a quota (S13, S14).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from dossiers.errors import InputCode, InputError, RecordError, ResourceError
from reception.api.ports import Upload

#: Unfinished files of one account.
MOST_UPLOADS: Final = 20
#: Bytes that they may have when they are whole.
MOST_BYTES: Final = 2 * 1024**3
#: What nobody has added to for so long is removed.
KEPT_FOR: Final = timedelta(hours=24)
_ID: Final = re.compile(r"[0-9a-f]{20}")


class FolderUploadSpool:
    """Implements the port in a folder of this process.

    Args:
        folder: made when the first file comes.
        clock: tells the time.
    """

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = Lock()

    def begin(self, upload: Upload) -> None:
        """Makes room for a file within the quota of its account."""
        with self._lock, _told("begin"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._sweep()
            own = [each for each in self._all() if each.account_id == upload.account_id]
            if len(own) >= MOST_UPLOADS or sum(each.size for each in own) + upload.size > MOST_BYTES:
                raise InputError(InputCode.LIMIT_EXCEEDED, "too many unfinished uploads of this account")
            self._path(upload.upload_id, "part").touch(mode=0o600)
            note = asdict(replace(upload, offset=0)) | {"begun_at": upload.begun_at.isoformat()}
            self._path(upload.upload_id, "json").write_text(json.dumps(note), encoding="utf-8")

    def find(self, upload_id: str) -> Upload | None:
        """Returns an unfinished file."""
        if not _ID.fullmatch(upload_id):
            return None
        try:
            note = json.loads(self._path(upload_id, "json").read_text(encoding="utf-8"))
            offset = self._path(upload_id, "part").stat().st_size
        except (OSError, ValueError):
            return None
        begun_at = datetime.fromisoformat(note.pop("begun_at"))
        return Upload(**{**note, "offset": offset, "begun_at": begun_at})

    def append(self, upload_id: str, offset: int, piece: bytes) -> Upload:
        """Adds a piece durably."""
        with self._lock, _told("append"):
            upload = self._get(upload_id)
            if offset != upload.offset:
                raise RecordError(
                    "UPLOAD_OFFSET",
                    vi="Phần gửi lên không nối tiếp phần trước; hãy hỏi lại vị trí rồi gửi tiếp.",
                    en=f"the piece does not begin at {upload.offset}, where the last one ended",
                )
            if offset + len(piece) > upload.size:
                raise InputError(InputCode.LIMIT_EXCEEDED, "more bytes than were said")
            with self._path(upload_id, "part").open("ab") as file:
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            return replace(upload, offset=offset + len(piece))

    def content(self, upload_id: str) -> bytes:
        """The whole file, checked against its hash."""
        with _told("content"):
            upload = self._get(upload_id)
            content = self._path(upload_id, "part").read_bytes()
        if hashlib.sha256(content).hexdigest() != upload.sha256:
            raise InputError(InputCode.DAMAGED, "the hash is not the one that was said")
        return content

    def drop(self, upload_id: str) -> None:
        """Forgets a file."""
        if _ID.fullmatch(upload_id):
            for kind in ("json", "part"):
                with suppress(FileNotFoundError):
                    self._path(upload_id, kind).unlink()

    def _get(self, upload_id: str) -> Upload:
        found = self.find(upload_id)
        if found is None:
            raise RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such upload")
        return found

    def _all(self) -> Iterator[Upload]:
        for path in self._folder.glob("*.json"):
            if (found := self.find(path.stem)) is not None:
                yield found

    def _sweep(self) -> None:
        oldest = (self._clock() - KEPT_FOR).timestamp()
        for path in list(self._folder.glob("*.part")):
            if path.stat().st_mtime < oldest:
                self.drop(path.stem)

    def _path(self, upload_id: str, kind: str) -> Path:
        return self._folder / f"{upload_id}.{kind}"


class _told:  # noqa: N801 - reads as a word in a with block
    """Tells trouble of the disk as ours."""

    def __init__(self, act: str) -> None:
        self._act = act

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise ResourceError(
                "SPOOL_UNAVAILABLE",
                vi="Không ghi được tệp tạm; có thể ổ đĩa đã đầy, hãy báo quản trị viên.",
                en=f"the spool of uploads cannot {self._act}",
            ) from error
