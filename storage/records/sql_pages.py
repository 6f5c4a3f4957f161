"""Pages and their readings, in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, Update, bindparam, case, func, select, update
from sqlalchemy.sql.dml import ReturningInsert

from dossiers.errors import StaleVersion
from dossiers.page import Page, PageState, Region
from dossiers.reading import PageReading
from storage.records.dossier_agencies import within_conditions
from storage.records.reading_codec import reading_from_text, reading_to_text
from storage.records.schema import dossiers, pages, readings
from storage.records.trouble import not_found
from storage.records.turns import take_turn
from storage.records.upsert import attempt, insert_new, insertion

#: States of pages that stand beside the papers of a dossier.
_NO_PAPERS: Final = (PageState.REPLACED.value, PageState.SET_ASIDE.value)

# Made once: making a statement costs more than the database takes to answer it.
_ONE: Final = select(pages).where(pages.c.page_id == bindparam("page_id"))
_OF_DOSSIER: Final = (
    select(pages)
    .where(pages.c.dossier_id == bindparam("dossier_id"))
    .order_by(
        case((pages.c.place > 0, pages.c.place), else_=pages.c.number), pages.c.number, pages.c.revision
    )
)
_PAPERS: Final = _OF_DOSSIER.where(pages.c.state.not_in(_NO_PAPERS))
_ASIDE: Final = _OF_DOSSIER.where(pages.c.state == PageState.SET_ASIDE.value)
_REPLACED: Final = _OF_DOSSIER.where(pages.c.state == PageState.REPLACED.value)
_READING: Final = (
    select(readings.c.reading, readings.c.artefact_key)
    .where(readings.c.page_id == bindparam("page_id"))
    .order_by(readings.c.seq.desc())
    .limit(1)
)


@cache
def _change(*names: str) -> Update:
    """Changes columns of the version that is known."""
    return (
        update(pages)
        .where(pages.c.page_id == bindparam("the_page"), pages.c.version == bindparam("the_version"))
        .values({name: bindparam(f"new_{name}", type_=pages.c[name].type) for name in names})
    )


@cache
def _addition(dialect: str) -> ReturningInsert[tuple[int]]:
    """Adds a reading unless its effect is there."""
    same = [readings.c.page_id, readings.c.effect_key]
    statement = insertion(dialect, readings).on_conflict_do_nothing(index_elements=same)
    return statement.returning(readings.c.seq)


class SqlPageRecords:
    """Implements ``dossiers.ports.PageRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, page: Page) -> None:
        """Adds a page; ``DUPLICATE`` if its id or its number and revision in the dossier is taken."""
        take_turn(self._connection, "dossier", page.dossier_id)
        insert_new(
            self._connection,
            pages,
            {
                "page_id": page.page_id,
                "dossier_id": page.dossier_id,
                "file_id": page.file_id,
                "original_key": page.original_key,
                "index_in_file": page.index,
                "number": page.number,
                "state": page.state.value,
                "document_id": page.document_id,
                "version": page.version,
                "revision": page.revision,
                "region": None if page.region is None else json.dumps(page.region),
                "named_type": page.named_type,
                "opens_document": page.opens_document,
                "place": page.place,
                "turned": page.turned,
            },
        )

    def get(self, page_id: str) -> Page:
        """Returns the page or raises ``NOT_FOUND``."""
        row = self._connection.execute(_ONE, {"page_id": page_id}).mappings().one_or_none()
        if row is None:
            raise not_found(f"page {page_id}")
        if take_turn(self._connection, "dossier", row["dossier_id"]):
            row = self._connection.execute(_ONE, {"page_id": page_id}).mappings().one()
        return _page(row)

    def of_dossier(self, dossier_id: str) -> Sequence[Page]:
        """Pages of the dossier in their order, without those that were replaced or set aside."""
        return self._pages(dossier_id, _PAPERS)

    def aside(self, dossier_id: str) -> Sequence[Page]:
        """Pages of the dossier that are no papers, in the order of receipt."""
        return self._pages(dossier_id, _ASIDE)

    def replaced(self, dossier_id: str) -> Sequence[Page]:
        """Pages that others took the place of, by number, then in the order of receipt."""
        return self._pages(dossier_id, _REPLACED)

    def _pages(self, dossier_id: str, statement: Select[tuple[object, ...]]) -> tuple[Page, ...]:
        take_turn(self._connection, "dossier", dossier_id)
        rows = self._connection.execute(statement, {"dossier_id": dossier_id}).mappings()
        return tuple(_page(row) for row in rows)

    def save(self, page: Page) -> None:
        """Saves state and document over the version it carries; where it came from stays as it is."""
        self._save(page, {})

    def place(self, page: Page) -> None:
        """Saves a page with its number and revision; ``DUPLICATE`` if that place of the dossier is taken."""
        with attempt(self._connection):
            self._save(page, {"number": page.number, "revision": page.revision})

    def arrange(self, page: Page) -> None:
        """Saves where a clerk put a page and what it was named; its state stays as it is."""
        self._save(
            page,
            {
                "place": page.place,
                "turned": page.turned,
                "named_type": page.named_type,
                "opens_document": page.opens_document,
            },
        )

    def _save(self, page: Page, place: Mapping[str, float | str | bool]) -> None:
        changed = {"state": page.state.value, "document_id": page.document_id, "version": page.version + 1}
        told = {f"new_{name}": value for name, value in (changed | dict(place)).items()}
        told |= {"the_page": page.page_id, "the_version": page.version}
        if self._connection.execute(_change(*changed, *place), told).rowcount == 0:
            self.get(page.page_id)
            raise StaleVersion(f"page {page.page_id}")

    def add_reading(self, page_id: str, effect_key: str, reading: PageReading, artefact_key: str) -> bool:
        """Adds the reading of a page once; ``False`` where this effect is there already."""
        row = {
            "page_id": page_id,
            "effect_key": effect_key,
            "reading": reading_to_text(reading),
            "artefact_key": artefact_key,
        }
        statement = _addition(self._connection.dialect.name)
        with attempt(self._connection):
            return self._connection.execute(statement, row).first() is not None

    def reading(self, page_id: str) -> tuple[PageReading, str] | None:
        """Returns the newest reading of the page and the key of its full result, if any."""
        row = self._connection.execute(_READING, {"page_id": page_id}).one_or_none()
        return None if row is None else (reading_from_text(row.reading), row.artefact_key)

    def in_state(self, state: PageState, limit: int, within: Sequence[str] = ()) -> Sequence[Page]:
        """Pages in a state, newest first, at most so many."""
        statement = (
            select(pages).where(pages.c.state == state.value).order_by(pages.c.seq.desc()).limit(limit)
        )
        if within:
            statement = statement.join(dossiers, dossiers.c.dossier_id == pages.c.dossier_id)
            statement = statement.where(*within_conditions(self._connection, within))
        return tuple(_page(row) for row in self._connection.execute(statement).mappings())

    def counts(self) -> dict[PageState, int]:
        """How many pages are in each state, those without any included."""
        rows = self._connection.execute(select(pages.c.state, func.count()).group_by(pages.c.state))
        counted = {PageState(state): number for state, number in rows}
        return {state: counted.get(state, 0) for state in PageState}


def _page(row: RowMapping) -> Page:
    return Page(
        page_id=row["page_id"],
        dossier_id=row["dossier_id"],
        file_id=row["file_id"],
        original_key=row["original_key"],
        index=row["index_in_file"],
        number=row["number"],
        state=PageState(row["state"]),
        document_id=row["document_id"],
        revision=row["revision"],
        region=_region(row["region"]),
        named_type=row["named_type"],
        opens_document=row["opens_document"],
        place=row["place"],
        turned=row["turned"],
        version=row["version"],
    )


def _region(text: str | None) -> Region | None:
    if text is None:
        return None
    one, two, three, four = ((float(x), float(y)) for x, y in json.loads(text))
    return one, two, three, four
