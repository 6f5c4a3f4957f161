"""Brings a database to the newest schema, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from dossiers.citizens import NumberIndex
from dossiers.errors import ConfigurationError, IntegrityError

#: Names the advisory lock of migrations; any number will do that no other program uses.
_LOCK_KEY: Final = 0x50484F41


def migrate(engine: Engine, numbers: NumberIndex) -> None:
    """Runs the missing migrations in one transaction; a database that is up to date stays as it is.

    A table is rebuilt by putting a new one in its place, which references would forbid: they are not watched
    meanwhile, and all are checked before the commit. Several processes may do so at the same time: they
    follow one another.

    Args:
        engine: of the database.
        numbers: files the numbers that an older release kept in clear indexes.

    Raises:
        ConfigurationError: ``RECORDS_TOO_NEW``, the database was made by a newer release.
        ResourceError: the database is unavailable.
        IntegrityError: ``RECORDS_DAMAGED``, a row belongs to a record that is missing; nothing was changed.
    """
    config = make_config()
    newest = ScriptDirectory.from_config(config).get_current_head()
    with _alone(engine) as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
        config.attributes["connection"] = connection
        config.attributes["numbers"] = numbers
        try:
            command.upgrade(config, "head")
        except CommandError as trouble:
            raise ConfigurationError(
                "RECORDS_TOO_NEW",
                vi="Cơ sở dữ liệu do phiên bản Sohoa mới hơn tạo ra; hãy cập nhật chương trình.",
                en="the database was made by a newer release of Sohoa",
                hint="install that release",
            ) from trouble
        _check_references(connection)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Opens a transaction in which no other process migrates; on SQLite without watch over references."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = 0"))  # another machine may be at it for long
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
            yield connection
        return
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]  # no effect within a transaction
        try:
            with connection.begin():
                yield connection
        finally:
            raw.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return  # references were watched all the time
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise IntegrityError(
            "RECORDS_DAMAGED",
            vi="Cơ sở dữ liệu bị hỏng; hãy báo quản trị viên khôi phục từ bản sao lưu.",
            en=f"a row of {broken[0]} belongs to a record that is missing; nothing was changed",
        )


def make_config() -> Config:
    """Returns Alembic's configuration for the migrations of this package."""
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
