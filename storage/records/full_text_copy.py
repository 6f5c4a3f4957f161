"""Copies what words are found by, which SQLite and PostgreSQL keep in different ways."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.sql.selectable import Select

from storage.records.schema import field_values, name_index, page_index
from storage.records.word_match import match_for

#: Pages of one batch: each brings its whole text twice.
BATCH: Final = 200


def copy_words(source: Connection, target: Engine, progress: Callable[[str, int], None]) -> int:
    """Copies the words of pages; makes those of names anew where the target has a table for them.

    Returns:
        How many pages were copied now.
    """
    with target.connect() as connection:
        last = connection.execute(select(func.max(page_index.c.rowid))).scalar() or 0
        stored = match_for(connection).stored
    copied = 0
    statement = _pages().where(page_index.c.rowid > last)
    for rows in source.execute(statement, execution_options={"yield_per": BATCH}).partitions():
        batch = [
            {"rowid": seq, "folded": stored(_words(folded)), "toned": stored(_words(toned))}
            for seq, folded, toned in rows
        ]
        with target.begin() as connection:
            connection.execute(insert(page_index), batch)
        copied += len(batch)
        progress(page_index.name, copied)
    if target.dialect.name == "sqlite":
        _make_names(target)
    return copied


def fingerprint_words(connection: Connection) -> str:
    """The words of pages as ``<pages> <SHA-256>``, the same for both databases."""
    digest, count = hashlib.sha256(), 0
    for seq, folded, toned in connection.execute(_pages(), execution_options={"yield_per": BATCH}):
        digest.update(repr((seq, _words(folded), _words(toned))).encode() + b"\n")
        count += 1
    return f"{count} {digest.hexdigest()}"


def _make_names(target: Engine) -> None:
    with target.begin() as connection:
        last = connection.execute(select(func.max(name_index.c.rowid))).scalar() or 0
        columns = (field_values.c.seq, field_values.c.folded, field_values.c.toned)
        names = select(*columns).where(field_values.c.seq > last, field_values.c.folded.is_not(None))
        batch = [
            {"rowid": seq, "folded": " ".join(_words(folded)), "toned": " ".join(_words(toned))}
            for seq, folded, toned in connection.execute(names.order_by(field_values.c.seq))
        ]
        if batch:
            connection.execute(insert(name_index), batch)


def _pages() -> Select[Any]:
    return select(page_index.c.rowid, page_index.c.folded, page_index.c.toned).order_by(page_index.c.rowid)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())
