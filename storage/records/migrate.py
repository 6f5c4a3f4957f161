"""Brings a database to the newest schema, all or nothing."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from dossiers.errors import ConfigurationError


def migrate(engine: Engine) -> None:
    """Runs the missing migrations in one transaction; a database that is up to date stays as it is.

    Several processes may do so at the same time: they follow one another.

    Raises:
        ConfigurationError: ``RECORDS_TOO_NEW``, the database was made by a newer release.
        ResourceError: the database is unavailable.
    """
    config = make_config()
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as trouble:
            raise ConfigurationError(
                "RECORDS_TOO_NEW",
                vi="Cơ sở dữ liệu do phiên bản Sohoa mới hơn tạo ra; hãy cập nhật chương trình.",
                en="the database was made by a newer release of Sohoa",
                hint="install that release",
            ) from trouble


def make_config() -> Config:
    """Returns Alembic's configuration for the migrations of this package."""
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
