"""What ``sohoa doctor`` tells of the server that holds the records; it connects, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from dossiers.errors import SohoaError
from sohoa.part import Part
from sohoa.settings import Settings
from storage.records.postgres_extra import postgres_engine

if TYPE_CHECKING:
    from storage.records.postgres_server import ServerFacts

#: Extensions that search needs; the first migration makes them.
_EXTENSIONS: Final = ("pg_trgm",)


def records_parts(settings: Settings) -> Iterator[Part]:
    """The parts of a server; none where the records are in a file."""
    if not settings.records_url:
        return
    try:
        facts = _look(settings.records_url)
    except SohoaError as trouble:
        yield Part(name="PostgreSQL", version=None, is_required=True, install=trouble.hint or trouble.en)
        return
    yield from parts_of(facts)


def parts_of(facts: ServerFacts) -> Iterator[Part]:
    """What the facts mean, each with what to do where it is not so."""
    from storage.records.postgres_server import OLDEST_VERSION

    is_new = facts.version_number >= OLDEST_VERSION and facts.encoding == "UTF8"
    yield _part(
        "PostgreSQL",
        is_new,
        f"{facts.version}, {facts.encoding}",
        "PostgreSQL 15, database with encoding UTF8",
    )
    yield _part(
        "PostgreSQL: commit on the disk",
        facts.is_durable,
        f"synchronous_commit {facts.commits}",
        "fsync = on, full_page_writes = on in postgresql.conf",
    )
    for name in _EXTENSIONS:
        yield _part(
            f"PostgreSQL: {name}",
            name in facts.extensions,
            name,
            f"open the records once, or CREATE EXTENSION {name} (Debian: postgresql-contrib)",
        )
    # Over a socket of this machine nothing is encrypted and nothing can be heard.
    yield _part(
        "PostgreSQL: encrypted",
        facts.is_encrypted or facts.is_local,
        "TLS" if facts.is_encrypted else "socket of this machine",
        "sslmode=verify-full in records_url, ssl = on in postgresql.conf",
    )


def _part(name: str, holds: bool, version: str, install: str) -> Part:
    return Part(name=name, version=version if holds else None, is_required=True, install=install)


def _look(url: str) -> ServerFacts:
    engine = postgres_engine(url)
    from storage.records.postgres_server import look_at  # here: its driver is an extra

    try:
        return look_at(engine)
    finally:
        engine.dispose()
