"""Connections to PostgreSQL, set up so that a commit is on the server's disk and nobody waits for ever."""

from __future__ import annotations

from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

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
        pool_pre_ping=True,
        # Values are personal data: neither a log nor the text of an error shows them.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _configure)
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


def _configure(connection: psycopg.Connection[Any], _record: object) -> None:
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
