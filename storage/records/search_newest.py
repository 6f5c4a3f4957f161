"""Dossiers met by their newest papers, in the order of answers: for what one paper in a hundred holds.

Papers are numbered as they come, so the newest that hold what is asked for are quickly read, backwards. A
dossier among them is settled once no newer one has a paper that was not looked at yet.

Rule: windows never skip a dossier that answers, in whatever order papers came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, Table, exists, func, select

from storage.records.one_of import one_of
from storage.records.schema import documents, dossiers, page_index, pages
from storage.records.search_reach import Place, Reach, newest_place

#: Papers that are read together at most.
_MOST_TOGETHER: Final = 2048


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers that hold what is asked for.

    Attributes:
        table: papers, each with the dossier it lies in.
        number: the column that numbers them.
        holding: the condition.
    """

    table: Table
    number: ColumnElement[int]
    holding: ColumnElement[bool]

    def newest(self, below: int | None, most: int) -> Select[int]:
        """Numbers of the newest, at most so many, of those below a number."""
        statement = select(self.number).where(self.holding).order_by(self.number.desc()).limit(most)
        return statement if below is None else statement.where(self.number < below)

    def has_older(self, dossier_seq: ColumnElement[int], below: int) -> ColumnElement[bool]:
        """Whether a dossier has any paper below a number."""
        own = dossiers.alias("own")
        same = self.table.c.dossier_id == own.c.dossier_id
        found = select(self.table.c.seq).select_from(own.join(self.table, same))
        return exists(found.where(own.c.seq == dossier_seq, self.table.c.seq < below).correlate_except(own))


def with_words(holding: ColumnElement[bool]) -> Papers:
    """Pages, by a condition on their words."""
    return Papers(pages, page_index.c.rowid, holding)


def of_type(type_id: str) -> Papers:
    """Documents of a type."""
    return Papers(documents, documents.c.seq, documents.c.type_id == type_id)


class NewestFirst:
    """One look through the dossiers of papers.

    Args:
        connection: to the database.
        papers: which papers.
        reach: which dossiers are meant.
        size: so many papers are read at first.
    """

    def __init__(self, connection: Connection, papers: Papers, reach: Reach, size: int) -> None:
        self._connection = connection
        self._papers = papers
        self._size = size
        self._pending: set[Place] = set()
        #: Dossiers that are meant and were not among the windows yet; nothing once all were.
        self.rest: Reach | None = reach

    def share(self) -> float:
        """How many of the newest papers hold what is asked for, 0 to 1."""
        newest = self._connection.execute(select(func.max(self._papers.table.c.seq))).scalar() or 0
        found = self._read(None)
        return len(found) / (newest - found[-1] + 1) if len(found) == self._size else 0.0

    def windows(self, most: int, least_meant: float) -> Iterator[Sequence[int]]:
        """Yields numbers of dossiers, window by window; gives up where walking is shorter.

        Args:
            most: papers that are read at most, about.
            least_meant: part of them that lies in dossiers that are meant, 0 to 1, for each part of all
                papers that holds what is asked for.
        """
        below, read, met = None, 0, 0
        least_meant *= self.share()
        while self.rest is not None and read < most:
            numbers = self._read(below)
            read, met = read + len(numbers), met + self._take(numbers, self.rest)
            below = numbers[-1] if len(numbers) == self._size else None
            if settled := self._settled(below, self.rest):
                yield tuple(seq for _, seq in settled)
            if met < least_meant * read:
                return
            self._size = min(2 * self._size, _MOST_TOGETHER)

    def _read(self, below: int | None) -> Sequence[int]:
        return self._connection.execute(self._papers.newest(below, self._size)).scalars().all()

    def _take(self, numbers: Sequence[int], reach: Reach) -> int:
        """Finds the dossiers of these papers; returns how many papers lie in dossiers that are meant."""
        table = self._papers.table
        statement = (
            select(dossiers.c.opened_at, dossiers.c.seq)
            .select_from(table.join(dossiers, dossiers.c.dossier_id == table.c.dossier_id))
            .where(one_of(self._connection, table.c.seq, numbers), *reach.conditions())
        )
        rows = self._connection.execute(statement).all()
        self._pending.update((row.opened_at, row.seq) for row in rows)
        return len(rows)

    def _settled(self, below: int | None, reach: Reach) -> Sequence[Place]:
        found = sorted(self._pending, reverse=True)
        if below is None:
            self.rest = None
            return found
        if not found:
            return ()
        span = replace(reach, first=max(found[-1][0], reach.first or found[-1][0]))
        open_place = newest_place(self._connection, span, lambda seq: self._papers.has_older(seq, below))
        settled = [each for each in found if open_place is None or each > open_place]
        if settled:
            self._pending.difference_update(settled)
            self.rest = replace(reach, older_than=settled[-1])
        return settled
