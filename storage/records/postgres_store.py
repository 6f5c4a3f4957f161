"""The records on a PostgreSQL server, for offices that outgrew one machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, get_ident

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as PoolTimeout

from dossiers.citizens import NumberIndex
from storage.keys.late_number_index import LateNumberIndex
from storage.records.filing_anew import file_anew
from storage.records.people_entries import FiledAnew
from storage.records.postgres_engine import make_postgres_engine
from storage.records.postgres_server import check_server
from storage.records.postgres_translation import of_pool
from storage.records.schema_version import bring_up_to_date
from storage.records.trouble import nested_transaction
from storage.records.turns import take_no_more_turns
from storage.records.unit_of_work import SqlUnitOfWork


class PostgresRecordStore:
    """Implements ``dossiers.ports.RecordStore``; threads, processes and machines may share the database.

    Work on different dossiers goes on side by side; on one dossier, one transaction follows another, see
    ``storage.records.turns``.

    Args:
        engine: from ``make_postgres_engine``; the schema must be the newest one (``open_postgres``).
        numbers: the blind index by which numbers are filed and found.
    """

    def __init__(self, engine: Engine, numbers: NumberIndex) -> None:
        self._engine = engine
        self._looks = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._numbers = numbers
        self._lock = Lock()
        self._holders: set[int] = set()

    @contextmanager
    def transaction(self) -> Iterator[SqlUnitOfWork]:
        """Opens a transaction; see the port.

        Raises:
            RecordError: ``NESTED_TRANSACTION``, this thread has one open already.
            ResourceError: ``STORE_BUSY``, ``STORE_FULL`` or ``STORE_UNAVAILABLE``; nothing is acknowledged,
                and a commit in doubt may turn out to have happened.
            IntegrityError: ``RECORDS_DAMAGED``.
        """
        with self._begun(self._engine) as connection:
            yield SqlUnitOfWork(connection, self._numbers)

    @contextmanager
    def look(self) -> Iterator[SqlUnitOfWork]:
        """Opens a transaction for reading as of one moment, which takes no turns; see the port.

        Raises:
            RecordError: ``NESTED_TRANSACTION``.
            ResourceError: as of ``transaction``; whoever changes something gets it too.
            IntegrityError: ``RECORDS_DAMAGED``.
        """
        with self._begun(self._looks) as connection:
            take_no_more_turns(connection)
            yield SqlUnitOfWork(connection, self._numbers)

    def file_numbers_anew(self) -> FiledAnew:
        """Files all numbers that stand in the records under the present key; may be repeated.

        One transaction: whoever wants to write waits.
        """
        with self._engine.begin() as connection:
            return file_anew(connection, self._numbers)

    def close(self) -> None:
        """Closes all connections; closing twice is no error."""
        self._engine.dispose()

    @contextmanager
    def _begun(self, engine: Engine) -> Iterator[Connection]:
        with self._held():
            # After a lost connection the pool makes new ones: what the server has is read again (C7).
            try:
                with engine.begin() as connection:
                    yield connection
            except PoolTimeout as trouble:
                raise of_pool(trouble) from trouble

    @contextmanager
    def _held(self) -> Iterator[None]:
        me = get_ident()
        with self._lock:
            if me in self._holders:
                raise nested_transaction()
            self._holders.add(me)
        try:
            yield
        finally:
            with self._lock:
                self._holders.discard(me)


def open_postgres(url: str, key_file: Path) -> PostgresRecordStore:
    """Opens the records on a server and brings their schema up to date where needed.

    Args:
        url: see ``make_postgres_engine``.
        key_file: the key of the blind index of numbers; every machine of an office has the same one.

    Raises:
        ConfigurationError: ``BAD_RECORDS_URL``; ``RECORDS_REFUSED``; ``RECORDS_NOT_DURABLE``, the server may
            lose what it committed; ``RECORDS_TOO_OLD``; ``RECORDS_TOO_NEW``.
        ResourceError: the server cannot be reached.
    """
    engine = make_postgres_engine(url)
    numbers = LateNumberIndex(key_file)
    try:
        check_server(engine)
        bring_up_to_date(engine, numbers)
    except BaseException:
        engine.dispose()
        raise
    return PostgresRecordStore(engine, numbers)
