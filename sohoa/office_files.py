"""Files of the office that are changed at the desk: looked at before they count, every version kept.

Rule: a version is durable in the history before it counts; what cannot be used never counts.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Final

from dossiers.agencies import FILE as AGENCIES
from dossiers.agencies import check_agencies
from dossiers.calendar_file import FILE as CALENDAR
from dossiers.calendar_file import parse_calendar
from dossiers.counters import FILE as COUNTERS
from dossiers.counters import parse_counters
from dossiers.errors import InputCode, InputError, RecordError, ResourceError, StaleVersion
from dossiers.form_facts import LISTS, VALUES
from dossiers.form_samples import sample_facts
from dossiers.form_template import FOLDER as FORMS
from dossiers.form_template import FormId, check_places, parse_template, shipped_template
from dossiers.ports import Clock
from pipeline.forms.reportlab_printer import ReportlabFormPrinter
from reception.admin.file_ports import FileVersion, OfficeFile
from scanners.profiles import PROFILES_FILE, parse_profiles

#: Folder of former versions in the data folder.
HISTORY: Final = "history"
#: Longest text, bytes.
MAX_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """Where a file lies, what ships in its place, and what looks at a text before it counts."""

    path: str
    shipped: Callable[[], str]
    check: Callable[[str], object]
    form_id: FormId | None = None


class FolderOfficeFiles:
    """Implements ``reception.admin.file_ports.OfficeFiles`` over the data folder.

    Args:
        data_dir: the data folder.
        clock: tells the time.
    """

    def __init__(self, data_dir: Path, clock: Clock) -> None:
        self._data_dir = data_dir
        self._clock = clock
        self._kinds = dict(_kinds())
        self._lock = threading.Lock()

    def names(self) -> Sequence[str]:
        """Names of all of them."""
        return tuple(self._kinds)

    def read(self, name: str) -> OfficeFile:
        """A file as it is now."""
        kind = self._kind(name)
        path = self._data_dir / kind.path
        is_own = path.is_file()
        try:
            text = path.read_text("utf-8") if is_own else kind.shipped()
        except (OSError, UnicodeDecodeError) as cause:
            raise _not_kept("the file cannot be read") from cause
        return OfficeFile(
            name=name,
            file_name=kind.path,
            text=text,
            is_own=is_own,
            mark=_mark(text),
            versions=self._versions(name)[::-1],
        )

    def version(self, name: str, number: int) -> str:
        """The text of a version."""
        self._kind(name)
        try:
            told = json.loads((self._history(name) / f"{number:06}.json").read_text("utf-8"))
        except (OSError, ValueError) as cause:
            raise _not_found() from cause
        return str(told["text"])

    def shipped(self, name: str) -> str:
        """The text that comes with Sohoa."""
        return self._kind(name).shipped()

    def preview(self, name: str, text: str) -> bytes:
        """A printed form by this text with invented values."""
        kind, text = self._kind(name), text.replace("\r\n", "\n")
        if kind.form_id is None:
            raise _not_found()
        kind.check(text)
        template = parse_template(text, kind.form_id)
        return ReportlabFormPrinter().print_form(template, sample_facts(template))

    def keep(self, name: str, text: str, mark: str, by: str) -> OfficeFile:
        """Puts a text in force."""
        kind, text = self._kind(name), text.replace("\r\n", "\n")
        if len(text.encode()) > MAX_BYTES:
            raise InputError(InputCode.LIMIT_EXCEEDED, f"more than {MAX_BYTES} bytes")
        kind.check(text)
        with self._lock:
            if self.read(name).mark != mark:
                raise StaleVersion(f"file {kind.path}")
            try:
                self._note(name, text, by)
                _write(self._data_dir / kind.path, text)
            except OSError as cause:
                raise _not_kept("the file cannot be written") from cause
        return self.read(name)

    def _note(self, name: str, text: str, by: str) -> None:
        versions = self._versions(name)
        number = versions[-1].number + 1 if versions else 1
        told = {"at": self._clock().isoformat(), "by": by, "text": text}
        _write(self._history(name) / f"{number:06}.json", json.dumps(told, ensure_ascii=False))

    def _versions(self, name: str) -> tuple[FileVersion, ...]:
        folder = self._history(name)
        paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
        return tuple(_version(each) for each in paths)

    def _history(self, name: str) -> Path:
        return self._data_dir / HISTORY / name

    def _kind(self, name: str) -> _Kind:
        if name not in self._kinds:
            raise _not_found()
        return self._kinds[name]


def _kinds() -> Iterator[tuple[str, _Kind]]:
    yield "agencies", _Kind(path=AGENCIES, shipped=lambda: "", check=check_agencies)
    yield "counters", _Kind(path=COUNTERS, shipped=lambda: "", check=parse_counters)
    yield "calendar", _Kind(path=CALENDAR, shipped=_shipped_calendar, check=parse_calendar)
    yield "profiles", _Kind(path=PROFILES_FILE, shipped=_shipped_profiles, check=parse_profiles)
    for form_id in FormId:
        yield f"form-{form_id.value}", _form(form_id)


def _form(form_id: FormId) -> _Kind:
    def check(text: str) -> None:
        check_places(parse_template(text, form_id), VALUES, _LISTS)

    return _Kind(
        path=f"{FORMS}/{form_id}.toml",
        shipped=lambda: shipped_template(form_id),
        check=check,
        form_id=form_id,
    )


_LISTS: Final[Mapping[str, Sequence[str]]] = LISTS


def _shipped_calendar() -> str:
    return resources.files("dossiers").joinpath("data", "working_calendar.toml").read_text("utf-8")


def _shipped_profiles() -> str:
    return resources.files("scanners").joinpath("data", PROFILES_FILE).read_text("utf-8")


def _version(path: Path) -> FileVersion:
    told = json.loads(path.read_text("utf-8"))
    return FileVersion(number=int(path.stem), at=datetime.fromisoformat(told["at"]), by=str(told["by"]))


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    """Durably and whole, in place of what is there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.part")
    with partial.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _not_found() -> RecordError:
    return RecordError("NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en="there is no such file or version")


def _not_kept(detail: str) -> ResourceError:
    return ResourceError(
        "OFFICE_FILE_NOT_KEPT",
        vi="Không ghi được dữ liệu của văn phòng; chưa có gì được thay đổi.",
        en=f"the data of the office could not be kept: {detail}",
    )
