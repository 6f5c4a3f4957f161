"""All records as one SQLite file, taken while the office works, and back again.

Rule: a snapshot is always SQLite, wherever the records are: it can be looked into everywhere, and restored to
either database. It shows the records as of one moment.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine, func, select, union

from dossiers.errors import IntegrityError, RecordError
from storage.records.copying import check_copy, copy_records
from storage.records.engine import make_engine
from storage.records.opening import open_records
from storage.records.postgres_extra import postgres_engine
from storage.records.schema import documents, dossiers, files, pages, readings, refusals
from storage.records.sqlite_store import open_sqlite


def write_snapshot(url: str, file: Path, key_file: Path, to: Path) -> None:
    """Writes the records to a new file, durably.

    Args:
        url: address of the database; empty for the file.
        file: the SQLite file, where no address is given.
        key_file: key of the blind index of numbers; it does not go into the snapshot.
        to: what to write; replaced where it is there.

    Raises:
        ResourceError: the records are unavailable or the disk is full.
        ConfigurationError: the records are of another release.
    """
    open_records(url, file, key_file).close()
    partial = to.with_name(f"{to.name}.part")
    partial.unlink(missing_ok=True)
    if url:
        _from_server(url, key_file, partial)
    else:
        _from_file(file, partial)
    _settle(partial, to)


def read_snapshot(snapshot: Path, url: str, file: Path, key_file: Path) -> None:
    """Puts the records of a snapshot into an empty office; an older schema is brought up to date.

    Raises:
        RecordError: ``RESTORE_NOT_EMPTY``, there are dossiers already.
        IntegrityError: ``RECORDS_DAMAGED``, ``COPY_DIFFERS``.
        ResourceError: the records are unavailable.
        ConfigurationError: ``RECORDS_TOO_NEW``, a newer release made the snapshot.
    """
    _refuse_records(url, file, key_file)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.part")
    shutil.copyfile(snapshot, partial)
    partial.chmod(0o600)
    try:
        check_file(partial)
        open_sqlite(partial, key_file).close()
        if url:
            _to_server(partial, url)
        else:
            _plain(partial)
            _settle(partial, file)
    finally:
        partial.unlink(missing_ok=True)


def check_file(path: Path) -> None:
    """Has SQLite check a whole database file.

    Raises:
        IntegrityError: ``RECORDS_DAMAGED``.
    """
    said = ""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as connection:
        said = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    if said != "ok":
        raise IntegrityError(
            "RECORDS_DAMAGED",
            vi="Bản sao lưu cơ sở dữ liệu bị hỏng; hãy dùng một bản khác.",
            en="the database file of the backup is damaged",
            hint="use another backup",
        )


def objects_named(snapshot: Path) -> Mapping[str, frozenset[str]]:
    """Keys of the objects that the records name, by kind: what must be in the stores beside them."""
    asked = {
        "originals": union(select(files.c.original_key), select(pages.c.original_key)),
        "derivatives": union(select(readings.c.artefact_key), select(documents.c.pdf_key)),
        "quarantine": union(select(refusals.c.object_key)),
    }
    engine = make_engine(snapshot)
    try:
        with engine.connect() as connection:
            rows = {kind: connection.execute(question).scalars().all() for kind, question in asked.items()}
    finally:
        engine.dispose()
    return {kind: frozenset(str(key) for key in keys if key) for kind, keys in rows.items()}


def _refuse_records(url: str, file: Path, key_file: Path) -> None:
    if not url and not file.exists():
        return
    open_records(url, file, key_file).close()
    engine = postgres_engine(url) if url else make_engine(file)
    try:
        with engine.connect() as connection:
            count = connection.execute(select(func.count()).select_from(dossiers)).scalar_one()
    finally:
        engine.dispose()
    if count:
        raise RecordError(
            "RESTORE_NOT_EMPTY",
            vi="Nơi khôi phục đã có hồ sơ; chỉ khôi phục vào nơi còn trống.",
            en=f"there are {count} dossiers already; a backup is restored to an empty place only",
            hint="choose another data folder or an empty database",
        )
    if not url:
        for path in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
            path.unlink(missing_ok=True)


def _from_file(file: Path, to: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    _plain(to)


def _from_server(url: str, key_file: Path, to: Path) -> None:
    open_sqlite(to, key_file).close()
    source, target = postgres_engine(url), make_engine(to)
    try:
        copy_records(source, target)
    finally:
        _dispose(source, target)
    _plain(to)


def _to_server(partial: Path, url: str) -> None:
    source, target = make_engine(partial), postgres_engine(url)
    try:
        copy_records(source, target)
        check_copy(source, target)
    finally:
        _dispose(source, target)


def _dispose(*engines: Engine) -> None:
    for engine in engines:
        engine.dispose()


def _plain(path: Path) -> None:
    """Takes the write-ahead log into the file: one file is the whole snapshot."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _settle(partial: Path, to: Path) -> None:
    for path, flags in ((partial, os.O_RDONLY), (partial.parent, os.O_RDONLY | os.O_DIRECTORY)):
        handle = os.open(path, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if path is partial:
            partial.chmod(0o600)
            partial.replace(to)
