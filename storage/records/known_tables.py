"""Every table of the records, in the order of their references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Table

# Named so that their tables are in the metadata, whoever asks.
from storage.records import (
    account_schema,
    arranging_schema,
    case_schema,
    desk_schema,
    program_schema,
    vault_schema,
)
from storage.records.schema import FULL_TEXT_TABLES, metadata

#: Modules that hold tables besides ``storage.records.schema``; a test says that none is missing.
SCHEMAS: Final = (account_schema, arranging_schema, case_schema, desk_schema, program_schema, vault_schema)

#: Tables of words, which the two databases keep in different ways.
FULL_TEXT: Final = FULL_TEXT_TABLES


def known_tables() -> Sequence[Table]:
    """Tables with rows of their own; a row comes after those that it refers to."""
    return tuple(metadata.sorted_tables)


def own_tables(names: Iterable[str]) -> frozenset[str]:
    """Those that hold records: not Alembic's, not what SQLite keeps beside a full-text table."""
    return frozenset(
        name
        for name in names
        if name != "alembic_version" and not any(name.startswith(f"{each}_") for each in FULL_TEXT)
    )
