"""Reaches a database of records as a whole: to copy it, and to see which objects it speaks of.

For whoever moves or checks an installation; the program at work goes through ``dossiers.ports.RecordStore``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, Select, select, union

from storage.records.copying import Progress, check_copy, copy_records, fingerprints
from storage.records.engine import make_engine
from storage.records.opening import no_driver, open_records
from storage.records.schema import documents, events, files, pages, readings, refusals

#: Where records speak of objects, by kind of object.
_REFERENCES: Final[Mapping[str, tuple[Select[tuple[str]], ...]]] = {
    "originals": (select(files.c.original_key), select(pages.c.original_key)),
    "derivatives": (
        select(readings.c.artefact_key),
        select(documents.c.pdf_key).where(documents.c.pdf_key.is_not(None)),
        select(events.c.subject_id).where(events.c.kind == "form_printed"),
    ),
    "quarantine": (select(refusals.c.object_key).where(refusals.c.object_key.is_not(None)),),
}
#: The same, each with the dossier that it speaks of.
_HOLDERS: Final[Mapping[str, tuple[Select[tuple[str, str]], ...]]] = {
    "originals": (
        select(files.c.original_key, files.c.dossier_id),
        select(pages.c.original_key, pages.c.dossier_id),
    ),
    "derivatives": (
        select(readings.c.artefact_key, pages.c.dossier_id).join_from(
            readings, pages, readings.c.page_id == pages.c.page_id
        ),
        select(documents.c.pdf_key, documents.c.dossier_id).where(documents.c.pdf_key.is_not(None)),
        select(events.c.subject_id, events.c.dossier_id).where(events.c.kind == "form_printed"),
    ),
    "quarantine": (
        select(refusals.c.object_key, refusals.c.dossier_id).where(refusals.c.object_key.is_not(None)),
    ),
}
#: Rows fetched at once.
_BATCH: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """One database of records.

    Attributes:
        url: of a server; empty: the file.
        file: the SQLite file.
        key_file: key of the blind index of numbers.
    """

    url: str
    file: Path
    key_file: Path

    def make_newest(self) -> None:
        """Makes it where there is none, and brings its schema up to date."""
        open_records(self.url, self.file, self.key_file).close()

    def object_keys(self, kind: str) -> Iterator[str]:
        """Keys of all objects of a kind that a record speaks of, ascending, each once."""
        with self._engine() as engine, engine.connect() as connection:
            found = union(*_REFERENCES[kind]).subquery()
            key = next(iter(found.c))
            statement = select(key).order_by(key)
            for row in connection.execute(statement, execution_options={"yield_per": _BATCH}):
                yield str(row[0])

    def dossiers_of(self, kind: str, key: str) -> Sequence[str]:
        """Ids of the dossiers whose records speak of an object, ascending, each once."""
        with self._engine() as engine, engine.connect() as connection:
            found = union(*_HOLDERS[kind]).subquery()
            name, dossier_id = found.c
            rows = connection.execute(select(dossier_id).where(name == key).order_by(dossier_id).distinct())
            return [str(row[0]) for row in rows]

    def fingerprints(self) -> Mapping[str, str]:
        """What is in each table: number of rows and SHA-256 of their contents."""
        with self._engine() as engine:
            return fingerprints(engine)

    def copy_to(self, target: Database, progress: Progress) -> Mapping[str, str]:
        """Copies what is not there yet, compares every row and returns the fingerprints; may be repeated.

        Raises:
            RecordError: ``TARGET_DIFFERS``, the target holds other records.
            IntegrityError: ``COPY_DIFFERS``.
            ResourceError: one of the two is unavailable.
        """
        with self._engine() as source, target._engine() as there:
            copy_records(source, there, progress)
            return check_copy(source, there)

    @contextmanager
    def _engine(self) -> Iterator[Engine]:
        engine = _server(self.url) if self.url else make_engine(self.file)
        try:
            yield engine
        finally:
            engine.dispose()


def _server(url: str) -> Engine:
    try:
        from storage.records.postgres_engine import make_postgres_engine  # here: its driver is an extra
    except ModuleNotFoundError as missing:
        raise no_driver() from missing
    return make_postgres_engine(url)
