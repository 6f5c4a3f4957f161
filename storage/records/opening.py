"""Opens the records that the settings name: a file of this machine, or a database on a server."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from dossiers.errors import ConfigurationError
from dossiers.ports import RecordStore
from storage.records.people_entries import FiledAnew
from storage.records.sqlite_store import open_sqlite


class SqlRecordStore(RecordStore, Protocol):
    """Records in a database, with what only a database has to do."""

    def file_numbers_anew(self) -> FiledAnew:
        """Files every number that stands in the records under the present key of the blind index."""
        ...


def open_records(url: str, file: Path, key_file: Path) -> SqlRecordStore:
    """Opens the records and brings their schema up to date where needed.

    Args:
        url: ``postgresql://…``, see ``storage.records.postgres_engine``; empty for the file.
        file: the SQLite file, where no address is given.
        key_file: the key of the blind index of numbers.

    Raises:
        ConfigurationError: the address is wrong; the server refuses us or may not hold records;
            ``NO_DRIVER``, the library for servers is missing; ``RECORDS_TOO_NEW``.
        ResourceError: the file cannot be made or read, the server cannot be reached.
    """
    if not url:
        return open_sqlite(file, key_file)
    try:
        from storage.records.postgres_store import open_postgres  # here: its driver is an extra
    except ModuleNotFoundError as missing:
        raise no_driver() from missing
    return open_postgres(url, key_file)


def no_driver() -> ConfigurationError:
    """The library that speaks to PostgreSQL is an extra, and it is not there."""
    return ConfigurationError(
        "NO_DRIVER",
        vi="Chưa cài thư viện kết nối PostgreSQL.",
        en="the library for PostgreSQL is not installed",
        hint="install Sohoa with its extra: sohoa[servers]",
    )
