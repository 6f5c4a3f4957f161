"""The records in one SQLite file: the embedded default."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, get_ident

from sqlalchemy import Engine

from dossiers.citizens import NumberIndex
from dossiers.errors import ResourceError
from storage.keys.late_number_index import LateNumberIndex
from storage.keys.number_index import KEY_FILE
from storage.records.engine import make_engine, make_file, make_looking_engine
from storage.records.filing_anew import file_anew
from storage.records.people_entries import FiledAnew
from storage.records.schema_version import bring_up_to_date
from storage.records.trouble import nested_transaction
from storage.records.unit_of_work import SqlUnitOfWork


class SqliteRecordStore:
    """Implements ``dossiers.ports.RecordStore``; threads and processes may share the file.

    Args:
        engine: from ``make_engine``; the schema must be the newest one. ``open_sqlite`` sees to both.
        numbers: the blind index by which numbers are filed and found.
        looks: from ``make_looking_engine``, for the same file; without it whoever looks is a writer too.
    """

    def __init__(self, engine: Engine, numbers: NumberIndex, looks: Engine | None = None) -> None:
        self._engine = engine
        self._looks = looks
        self._numbers = numbers
        # Threads queue here and not in SQLite, whose waiting is polling.
        self._lock = Lock()
        self._holder: int | None = None
        self._looking: set[int] = set()

    @contextmanager
    def transaction(self) -> Iterator[SqlUnitOfWork]:
        """Opens a transaction; see the port.

        Raises:
            RecordError: ``NESTED_TRANSACTION``, this thread has one open already.
            ResourceError: ``STORE_BUSY``, ``STORE_FULL`` or ``STORE_UNAVAILABLE``; nothing is acknowledged.
            IntegrityError: ``RECORDS_DAMAGED``.
        """
        self._check_not_nested()
        with self._lock:
            self._holder = get_ident()
            try:
                with self._engine.begin() as connection:
                    yield SqlUnitOfWork(connection, self._numbers)
            except ResourceError:
                # Nobody knows what is on the disk: the next transaction opens the file anew (C7). Only now,
                # after the rollback: SQLite keeps the locks of a connection closed in mid-statement.
                self._dispose()
                raise
            finally:
                self._holder = None

    @contextmanager
    def look(self) -> Iterator[SqlUnitOfWork]:
        """Opens a transaction for reading, beside any writer; see the port.

        Raises:
            RecordError: ``NESTED_TRANSACTION``.
            ResourceError: as of ``transaction``; whoever changes something gets it too.
            IntegrityError: ``RECORDS_DAMAGED``.
        """
        if self._looks is None:
            with self.transaction() as work:
                yield work
            return
        self._check_not_nested()
        me = get_ident()
        self._looking.add(me)
        try:
            with self._looks.begin() as connection:
                yield SqlUnitOfWork(connection, self._numbers)
        except ResourceError:
            self._looks.dispose()
            raise
        finally:
            self._looking.discard(me)

    def file_numbers_anew(self) -> FiledAnew:
        """Files all numbers that stand in the records under the present key; may be repeated.

        One transaction: whoever wants to write waits.
        """
        with self._lock, self._engine.begin() as connection:
            return file_anew(connection, self._numbers)

    def close(self) -> None:
        """Closes all connections; closing twice is no error."""
        self._dispose()

    def _dispose(self) -> None:
        self._engine.dispose()
        if self._looks is not None:
            self._looks.dispose()

    def _check_not_nested(self) -> None:
        if self._holder == get_ident() or get_ident() in self._looking:
            raise nested_transaction()


def open_sqlite(path: Path, key_file: Path | None = None) -> SqliteRecordStore:
    """Opens the records in a file; makes the file and brings its schema up to date where needed.

    Args:
        path: the database file.
        key_file: the key of the blind index of numbers; by default where the data folder has it. It is read,
            or made, when the first number is filed or asked for.

    Raises:
        ResourceError: the file cannot be made or read.
        ConfigurationError: ``RECORDS_TOO_NEW``, a newer release made it.
    """
    make_file(path)
    engine = make_engine(path)
    numbers = LateNumberIndex(key_file or path.parent / KEY_FILE)
    try:
        bring_up_to_date(engine, numbers)
    except BaseException:
        engine.dispose()
        raise
    return SqliteRecordStore(engine, numbers, make_looking_engine(path))
