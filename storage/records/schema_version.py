"""Whether a database has the newest schema, told without loading Alembic, which is slow to load."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from dossiers.citizens import NumberIndex


def is_newest(engine: Engine) -> bool:
    """Whether the newest migration has been applied; ``False`` too where that cannot be told."""
    try:
        with engine.connect() as connection:
            applied = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except (OperationalError, ProgrammingError):  # no such table, as SQLite and PostgreSQL say it
        return False
    return applied == newest_version()


def bring_up_to_date(engine: Engine, numbers: NumberIndex) -> None:
    """Runs the missing migrations; see ``storage.records.migrate.migrate``, which it calls where any is."""
    if is_newest(engine):
        return
    from storage.records.migrate import migrate  # here: Alembic takes longer to load than a look-up takes

    migrate(engine, numbers)


def newest_version() -> str:
    """Revision of the newest migration, by the names of their files: ``r0007_….py`` is 0007."""
    folder = Path(__file__).parent / "migrations" / "versions"
    found = (re.match(r"r(\d{4})_", path.name) for path in folder.glob("r*.py"))
    return max(match[1] for match in found if match)
