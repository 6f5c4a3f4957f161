"""Pages and their readings, in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, Update, bindparam, case, exists, func, select, update
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
_READINGS: Final = (
    select(readings.c.page_id, readings.c.reading)
    .join(pages, pages.c.page_id == readings.c.page_id)
    .where(pages.c.dossier_id == bindparam("dossier_id"))
    .order_by(readings.c.seq)
)
_IS_READ: Final = exists().where(readings.c.page_id == pages.c.page_id)
_GLANCE: Final = select(pages, _IS_READ.label("is_read")).where(pages.c.page_id == bindparam("page_id"))
_OWN: Final = pages.c.dossier_id == bindparam("dossier_id")
_WAITING: Final = select(pages.c.seq).where(_OWN, pages.c.state == PageState.RECEIVED.value).limit(1)
_LAST_NUMBER: Final = select(func.max(pages.c.number)).where(_OWN, pages.c.state.not_in(_NO_PAPERS))
#: What every saving changes.
_SAVED: Final = ("state", "document_id", "version")


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
        return page_of(row)

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
        return tuple(page_of(row) for row in rows)

    def save(self, *changed: Page) -> None:
        """Saves state and document over the versions they carry; where a page came from stays as it is."""
        self._save(changed, [{} for _ in changed])

    def place(self, page: Page) -> None:
        """Saves a page with its number and revision; ``DUPLICATE`` if that place of the dossier is taken."""
        with attempt(self._connection):
            self._save([page], [{"number": page.number, "revision": page.revision}])

    def arrange(self, page: Page) -> None:
        """Saves where a clerk put a page and what it was named; its state stays as it is."""
        arranged: dict[str, float | str | bool] = {
            "place": page.place,
            "turned": page.turned,
            "named_type": page.named_type,
            "opens_document": page.opens_document,
        }
        self._save([page], [arranged])

    def _save(self, changed: Sequence[Page], more: Sequence[Mapping[str, float | str | bool]]) -> None:
        """Saves pages, each with the same further columns, in one statement."""
        if not changed:
            return
        told = [_told(page, each) for page, each in zip(changed, more, strict=True)]
        statement = _change(*_SAVED, *more[0])
        if self._connection.execute(statement, told if len(told) > 1 else told[0]).rowcount != len(changed):
            for page in changed:
                self.get(page.page_id)
            raise StaleVersion(f"one of {len(changed)} pages from {changed[0].page_id} on")

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

    def readings(self, dossier_id: str) -> Mapping[str, PageReading]:
        """The newest reading of each page of the dossier that was read, by page id."""
        take_turn(self._connection, "dossier", dossier_id)
        rows = self._connection.execute(_READINGS, {"dossier_id": dossier_id})
        newest = {row.page_id: row.reading for row in rows}
        return {page_id: reading_from_text(reading) for page_id, reading in newest.items()}

    def glance(self, page_id: str) -> tuple[Page, bool] | None:
        """The page and whether it was ever read; takes no turn. ``None`` where there is no such page."""
        row = self._connection.execute(_GLANCE, {"page_id": page_id}).mappings().one_or_none()
        return None if row is None else (page_of(row), bool(row["is_read"]))

    def is_waiting(self, dossier_id: str) -> bool:
        """Whether a page of the dossier waits to be read."""
        take_turn(self._connection, "dossier", dossier_id)
        return self._connection.execute(_WAITING, {"dossier_id": dossier_id}).first() is not None

    def last_number(self, dossier_id: str) -> int:
        """The highest number among the pages that ``of_dossier`` gives; 0 where there are none."""
        take_turn(self._connection, "dossier", dossier_id)
        return self._connection.execute(_LAST_NUMBER, {"dossier_id": dossier_id}).scalar() or 0

    def in_state(self, state: PageState, limit: int, within: Sequence[str] = ()) -> Sequence[Page]:
        """Pages in a state, newest first, at most so many."""
        statement = (
            select(pages).where(pages.c.state == state.value).order_by(pages.c.seq.desc()).limit(limit)
        )
        if within:
            statement = statement.join(dossiers, dossiers.c.dossier_id == pages.c.dossier_id)
            statement = statement.where(*within_conditions(self._connection, within))
        return tuple(page_of(row) for row in self._connection.execute(statement).mappings())

    def counts(self) -> dict[PageState, int]:
        """How many pages are in each state, those without any included."""
        rows = self._connection.execute(select(pages.c.state, func.count()).group_by(pages.c.state))
        counted = {PageState(state): number for state, number in rows}
        return {state: counted.get(state, 0) for state in PageState}


def _told(page: Page, more: Mapping[str, float | str | bool]) -> dict[str, object]:
    saved: dict[str, object] = {
        "state": page.state.value,
        "document_id": page.document_id,
        "version": page.version + 1,
    }
    told = {f"new_{name}": value for name, value in (saved | dict(more)).items()}
    return told | {"the_page": page.page_id, "the_version": page.version}


def page_of(row: RowMapping) -> Page:
    """The page of a row of ``pages``."""
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
