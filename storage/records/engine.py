"""The connection to SQLite, set up so that a commit is on the disk and writers follow one another."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from dossiers.errors import ResourceError
from storage.records.translation import translate

#: How long a transaction waits for one of another process, in seconds.
BUSY_SECONDS: Final = 30
#: Pauses between two looks whether the other one has ended, in seconds: doubled from the first to the last.
_FIRST_PAUSE: Final = 0.0005
_LAST_PAUSE: Final = 0.004

_PRAGMAS: Final = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Hostile text in the database file itself must not run functions (defence in depth).
    "PRAGMA trusted_schema = OFF",
    # From here on ``_begin`` waits, and nothing else has to: SQLite's own pauses grow to 0.1 s, many times as
    # long as a transaction, and leave the processors idle while everybody waits.
    "PRAGMA busy_timeout = 0",
)


def make_engine(path: Path) -> Engine:
    """Makes the engine for a database file; connects to nothing yet.

    The driver's own transaction handling is switched off; every transaction begins with ``BEGIN IMMEDIATE``,
    so that it never has to be repeated half-way because another writer was quicker.
    """
    engine = _engine(path)
    event.listen(engine, "begin", _begin)
    return engine


def make_looking_engine(path: Path) -> Engine:
    """Makes an engine whose transactions read as of one moment, beside any writer, and can change nothing."""
    engine = _engine(path)
    event.listen(engine, "connect", _forbid_changes)
    event.listen(engine, "begin", _begin_looking)
    return engine


def make_file(path: Path) -> None:
    """Makes an empty database file that only its owner may read, unless there is one.

    Raises:
        ResourceError: ``STORE_UNAVAILABLE``.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # An existing file is not opened: closing it would drop this process's SQLite locks on it.
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except OSError as trouble:
        raise ResourceError(
            "STORE_UNAVAILABLE",
            vi="Không tạo được tệp cơ sở dữ liệu; hãy báo quản trị viên.",
            en="the database file of the records cannot be made",
            hint="check that the data directory is writable",
        ) from trouble


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
        # Values are personal data: neither a log nor the text of an error shows them.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "handle_error", translate)
    return engine


def _forbid_changes(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")
    # Whoever looks waits for nobody but the one that mends the file after a kill.
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _begin_looking(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    driver, pause = connection.connection.driver_connection, _FIRST_PAUSE
    deadline = time.monotonic() + BUSY_SECONDS
    while isinstance(driver, sqlite3.Connection) and time.monotonic() < deadline:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as trouble:
            if trouble.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                break
        else:
            return
        time.sleep(pause)
        pause = min(_LAST_PAUSE, 2 * pause)
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # says in our words why it cannot begin
