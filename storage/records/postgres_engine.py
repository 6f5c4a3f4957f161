"""Connections to PostgreSQL, set up so that a commit is on the server's disk and nobody waits for ever."""

from __future__ import annotations

import math
import time
from functools import partial
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from dossiers.errors import ConfigurationError
from storage.records.postgres_translation import translate
from storage.records.turns import begin_turns, note_statement

#: Longest time to reach the server, seconds.
CONNECT_SECONDS: Final = 5
#: How long a transaction waits for another one's locks, seconds; the same as on SQLite.
LOCK_SECONDS: Final = 30
#: Longest time for one statement, seconds; reports over a year take some.
STATEMENT_SECONDS: Final = 120
#: A client that is stopped in mid-transaction is thrown out after this time, seconds: its locks are needed.
IDLE_SECONDS: Final = 60
#: Connections of one process: threads that work at the same time, and a few for the desk.
POOL_SIZE: Final = 10
#: How long a thread waits for one of them, seconds.
POOL_SECONDS: Final = 30

#: A connection that was used so lately is believed to be alive, seconds.
BELIEVED_SECONDS: Final = 1.0
_USED_AT: Final = "sohoa_used_at"

_LIMITS: Final = {
    "application_name": "sohoa",
    "lock_timeout": f"{LOCK_SECONDS}s",
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
}
#: A server that vanished is noticed after about half a minute, not after hours.
_KEEPALIVES: Final = {
    "keepalives": 1,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
#: Of the server's ways to commit, those that wait for its own disk; the stronger ones are left as they are.
DURABLE_COMMITS: Final = ("on", "remote_apply")


def make_postgres_engine(url: str) -> Engine:
    """Makes the engine for a database on a server; connects to nothing yet.

    Args:
        url: ``postgresql://user@host:port/database?sslmode=verify-full``; every parameter of libpq is
            understood. The password is better kept in the file that ``passfile`` names.

    Raises:
        ConfigurationError: ``BAD_RECORDS_URL``.
    """
    engine = create_engine(
        _checked(url),
        isolation_level="READ COMMITTED",
        connect_args={"connect_timeout": CONNECT_SECONDS, **_KEEPALIVES},
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        # Values are personal data: neither a log nor the text of an error shows them.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", partial(_check_idle, engine.dialect))
    event.listen(engine, "begin", begin_turns)
    event.listen(engine, "before_cursor_execute", _note)
    event.listen(engine, "handle_error", translate)
    return engine


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as trouble:
        raise _bad_url() from trouble
    if parsed.drivername not in ("postgresql", "postgresql+psycopg") or not parsed.database:
        raise _bad_url()
    return parsed.set(drivername="postgresql+psycopg")


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_USED_AT] = time.monotonic()


def _check_idle(
    dialect: Dialect, connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Asks a connection that lay idle whether its server is there; a dead one is replaced unseen.

    One that was in use a moment ago is believed, which spares a round to the server for every transaction. If
    it is dead all the same, its first statement says ``STORE_UNAVAILABLE``, nothing was changed, and all its
    like are replaced.
    """
    if time.monotonic() - record.info.get(_USED_AT, math.inf) < BELIEVED_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as trouble:
        raise InvalidatePoolError from trouble


def _configure(connection: psycopg.Connection[Any], record: ConnectionPoolEntry) -> None:
    _note_use(connection, record)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for name, value in _LIMITS.items():
                cursor.execute("SELECT set_config(%s, %s, false)", (name, value))
            (commits,) = cursor.execute("SELECT current_setting('synchronous_commit')").fetchone() or ("",)
            if commits not in DURABLE_COMMITS:
                cursor.execute("SET synchronous_commit = on")
    finally:
        connection.autocommit = False


def _note(connection: Connection, *_: object) -> None:
    note_statement(connection)


def _bad_url() -> ConfigurationError:
    return ConfigurationError(
        "BAD_RECORDS_URL",
        vi="Địa chỉ cơ sở dữ liệu trong cấu hình không đúng.",
        en="records_url is not the address of a PostgreSQL database",
        hint="records_url = postgresql://sohoa@db.example:5432/sohoa?sslmode=verify-full",
    )
