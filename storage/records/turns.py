"""Who works on one dossier or one person at a time, within a transaction on PostgreSQL.

The port promises that writers follow one another. SQLite has one writer, and keeps the promise by itself. A
city's server has many; there, whoever first touches a dossier (a person, an intake key) in a transaction
takes its turn, an advisory lock that ends with the transaction, and only then reads. Work on different
dossiers goes on side by side.

Rule: the turn comes before the first read, so that what was read is still so when something is written.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

#: Keys of the notes that a connection carries during a transaction.
_HELD: Final = "sohoa_turns"
_FRESH: Final = "sohoa_fresh"
_SURVEY: Final = "sohoa_survey"
#: A transaction through more dossiers than this surveys them; it takes no further turns, because the server
#: has room for some thousands of locks in all.
_MOST: Final = 200

_LOCK: Final = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def begin_turns(connection: Connection) -> None:
    """Forgets the turns of the transaction before; the locks ended with it."""
    connection.info[_HELD] = set()
    connection.info[_FRESH] = True
    connection.info[_SURVEY] = False


def note_statement(connection: Connection) -> None:
    """Notes that the transaction has asked something, and so has its view of the data."""
    connection.info[_FRESH] = False


def take_turn(connection: Connection, kind: str, key: str) -> bool:
    """Waits until no other transaction works on this; to be called before the first read.

    Args:
        connection: with an open transaction.
        kind: what it is, for example ``dossier``, ``holder`` or ``intake``.
        key: its id.

    Returns:
        Whether the turn was taken now: what was read before may be out of date.

    Raises:
        ResourceError: ``STORE_BUSY``, another transaction is at it for too long, or the two wait for one
            another; nothing is acknowledged and it may be done again.
    """
    held: set[str] | None = connection.info.get(_HELD)
    name = f"{kind}/{key}"
    if held is None or connection.info[_SURVEY] or name in held or len(held) >= _MOST:
        return False
    connection.execute(_LOCK, {"name": name})
    held.add(name)
    return True


def survey(connection: Connection) -> None:
    """Makes the transaction a survey over many dossiers: it holds nobody up and takes no turns.

    Where nothing was asked in it yet, it sees all data as of one moment from here on.
    """
    if connection.info.get(_HELD) is None:
        return
    if connection.info[_FRESH]:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    connection.info[_SURVEY] = True


def take_no_more_turns(connection: Connection) -> None:
    """What is read from here on in the transaction is for looking only: nobody is waited for."""
    if connection.info.get(_HELD) is not None:
        connection.info[_SURVEY] = True
