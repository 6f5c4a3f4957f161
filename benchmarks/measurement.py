"""What one system did with one page, and where such results are kept so that an interrupted run can go on."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from benchmarks.page_case import PageCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One page through one system, searchable PDF/A included.

    Attributes:
        text: what was read; empty where it failed.
        wall_seconds: wall-clock time.
        cpu_seconds: user and system time of every process involved.
        pdf_bytes: size of the PDF/A.
        failure: why there is no result; empty where there is one.
        parts: CPU seconds of the parts, by name.
        result: the full page result as JSON; empty for systems that give only text.
        quality: figures of the PDF by name, where a benchmark takes them.
        measured_at: when, ISO 8601, UTC.
    """

    text: str
    wall_seconds: float
    cpu_seconds: float
    pdf_bytes: int
    failure: str = ""
    parts: Mapping[str, float] = field(default_factory=dict)
    result: str = ""
    quality: Mapping[str, float] = field(default_factory=dict)
    measured_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digitized:
    """A measurement and the PDF that was made; empty where none was."""

    measurement: Measurement
    pdf: bytes = b""


class System(Protocol):
    """A program under measurement."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever results may; safe as a folder name."""
        ...

    def measure(self, page: PageCase) -> Measurement:
        """Digitizes a page; failures are part of the measurement."""
        ...

    def close(self) -> None:
        """Ends its processes; closing twice is no error."""
        ...


class DigitizingSystem(System, Protocol):
    """A program under measurement that hands out its PDF."""

    def digitize(self, page: PageCase) -> Digitized:
        """The same as ``measure``, with the PDF."""
        ...


class KeptResults:
    """Measurements on the disk, by system, version and hash of the page."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, system: System, page: PageCase) -> Measurement | None:
        """Returns what was measured before, or ``None``."""
        path = self._path(system, page)
        if not path.exists():
            return None
        return Measurement(**json.loads(path.read_text(encoding="utf-8")))

    def put(self, system: System, page: PageCase, measurement: Measurement) -> None:
        """Keeps a measurement; an interrupted run leaves no half of one."""
        path = self._path(system, page)
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(f".{os.getpid()}")
        scratch.write_text(json.dumps(asdict(measurement), ensure_ascii=False), encoding="utf-8")
        scratch.replace(path)

    def finish(self) -> None:
        """Puts the results of a finished run aside, so that figures of two hours do not mix."""
        last = self._folder.with_name(self._folder.name + "-last")
        shutil.rmtree(last, ignore_errors=True)
        if self._folder.exists():
            self._folder.rename(last)

    def reopen(self) -> None:
        """Goes on with the results of the last finished run, unless one is under way."""
        last = self._folder.with_name(self._folder.name + "-last")
        if last.exists() and not self._folder.exists():
            last.rename(self._folder)

    def _path(self, system: System, page: PageCase) -> Path:
        return self._folder / system.name.lower() / system.version / f"{page.key}.json"
