"""The engine for PostgreSQL, whose driver is an extra that may be missing."""

from __future__ import annotations

from sqlalchemy import Engine

from storage.records.opening import no_driver


def postgres_engine(url: str) -> Engine:
    """Makes the engine for a database on a server; connects to nothing yet.

    Raises:
        ConfigurationError: ``NO_DRIVER``, ``BAD_RECORDS_URL``.
    """
    try:
        from storage.records.postgres_engine import make_postgres_engine  # here: its driver is an extra
    except ModuleNotFoundError as missing:
        raise no_driver() from missing
    return make_postgres_engine(url)
