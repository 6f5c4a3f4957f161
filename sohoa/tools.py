"""What an installation stands on: each part with whether it is there, its version and how to get it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from dossiers.errors import ConfigurationError
from dossiers.store_check import ExaminedStore
from pipeline.forms.faces import register_faces
from pipeline.ocr.tessdata import find_tessdata
from pipeline.sandbox_health import sandbox_health
from sohoa.broker_check import broker_parts
from sohoa.part import Part
from sohoa.records_check import records_parts
from sohoa.settings import Settings
from sohoa.stores import open_stores

#: Longest time an external program may take to tell its version, seconds.
_VERSION_SECONDS: Final = 10


def check_parts(settings: Settings) -> tuple[Part, ...]:
    """Looks at every part; tries out a store on a server with a few bytes, changes nothing else."""
    return (
        Part(
            name="Python", version=sys.version.split()[0], is_required=True, install="apt-get install python3"
        ),
        *(_library(name) for name in _LIBRARIES),
        _tessdata("vie", is_required=True),
        _tessdata("osd", is_required=True),
        _program("tesseract", ["tesseract", "--version"], "tesseract-ocr", is_required=False),
        _program("pdftoppm", ["pdftoppm", "-v"], "poppler-utils", is_required=True),
        Part(
            name="Tinos (printed forms)",
            version=_forms_face(),
            is_required=True,
            install="apt-get install fonts-croscore",
        ),
        Part(name="SQLite FTS5", version=_fts5(), is_required=True, install="apt-get install libsqlite3-0"),
        *_protections(settings),
        *_stores(settings),
        *records_parts(settings),
        *broker_parts(settings),
    )


#: Python libraries that do the work; the lock file installs them.
_LIBRARIES: Final = (
    "sohoa",
    "tesserocr",
    "pytesseract",
    "opencv-python-headless",
    "pillow",
    "pikepdf",
    "pypdfium2",
    "pdf2image",
    "zxing-cpp",
    "dramatiq",
    "sqlalchemy",
)


#: What the child that decodes untrusted bytes must be held by, and what each means.
_PROTECTIONS: Final = {
    "limits": "memory, files, processor time",
    "dies-with-parent": "no orphans",
    "network": "no network",
    "no-new-rights": "no set-uid programs, no capabilities",
    "files": "Landlock",
    "calls": "seccomp",
}


def _protections(settings: Settings) -> Iterator[Part]:
    held = sandbox_health(unsafe=settings.unsafe_sandbox).held
    for name, meaning in _PROTECTIONS.items():
        yield Part(
            name=f"sandbox: {name}",
            version=meaning if name in held else None,
            is_required=not settings.unsafe_sandbox,
            install="a Linux kernel with Landlock (5.13) and seccomp",
        )
    if settings.unsafe_sandbox:
        yield Part(
            name="sandbox: unsafe_sandbox is on",
            version=None,
            is_required=False,
            install="set unsafe_sandbox = false where everything above holds",
        )


def _stores(settings: Settings) -> Iterator[Part]:
    """What stores on servers say when they are tried out; nothing where objects are files of this machine."""
    for store in open_stores(settings).values():
        for finding in store.examine() if isinstance(store, ExaminedStore) else ():
            yield Part(
                name=f"objects: {finding.subject}",
                version=finding.found,
                is_required=finding.is_required,
                install=finding.remedy,
            )


def _forms_face() -> str | None:
    """What the faces of printed forms are called; ``None`` where one is missing."""
    try:
        register_faces()
    except ConfigurationError:
        return None
    return "Tinos"


def _library(name: str) -> Part:
    try:
        found: str | None = version(name)
    except PackageNotFoundError:
        found = None
    return Part(name=name, version=found, is_required=True, install="uv sync --frozen")


def _tessdata(language: str, *, is_required: bool) -> Part:
    try:
        folder: str | None = find_tessdata([language])
    except ConfigurationError:
        folder = None
    package = f"tesseract-ocr-{language}"
    return Part(
        name=f"tessdata {language}",
        version=folder,
        is_required=is_required,
        install=f"apt-get install {package}",
    )


def _program(name: str, command: list[str], package: str, *, is_required: bool) -> Part:
    found = _first_line(command) if shutil.which(command[0]) else None
    return Part(name=name, version=found, is_required=is_required, install=f"apt-get install {package}")


def _first_line(command: list[str]) -> str | None:
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=_VERSION_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = (ended.stdout + ended.stderr).strip().splitlines()
    return lines[0] if lines else None


def _fts5() -> str | None:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError:
        return None
    finally:
        connection.close()
    return sqlite3.sqlite_version
