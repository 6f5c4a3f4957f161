"""What a query says of dossiers themselves, and walking through those it may mean, newest first.

Rule: a walk never skips a dossier that answers; conditions that no index orders are left to who asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from typing import Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    exists,
    literal,
    select,
    tuple_,
    union_all,
)

from dossiers.identity import is_within
from dossiers.search import Query
from dossiers.search_words import opened_between
from storage.records.dossier_agencies import known_agencies
from storage.records.moment import Moment
from storage.records.schema import dossier_agencies, dossiers

#: Dossiers of the largest window of a walk; each is twice as large as the one before.
_LAST_WINDOW: Final = 4096
#: Most walks side by side; wider questions go through all dossiers, most of which they mean anyway.
_MOST_ARMS: Final = 64

#: A place in the order of answers: when a dossier was opened, and its number.
Place = tuple[datetime, int]
#: A condition on a dossier, by the column with its number.
Holds = Callable[[ColumnElement[int]], ColumnElement[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which dossiers are meant.

    Attributes:
        procedures: any of these codes; all for none.
        agencies: any of these is named by the dossier; ``None`` for all.
        first: opened at this moment or later.
        after: opened before this moment.
        older_than: comes after this place in the order of answers.
    """

    procedures: tuple[str, ...]
    agencies: tuple[str, ...] | None
    first: datetime | None
    after: datetime | None
    older_than: Place | None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same as conditions on ``dossiers``."""
        found = _ordered_conditions(self, dossiers.c.opened_at, dossiers.c.seq)
        if self.procedures:
            found.append(dossiers.c.procedure_code.in_(self.procedures))
        if self.agencies is not None:
            named = select(dossier_agencies.c.agency).where(
                dossier_agencies.c.dossier_seq == dossiers.c.seq,
                dossier_agencies.c.agency.in_(self.agencies),
            )
            found.append(exists(named.correlate(dossiers)))
        return found


def reach_of(connection: Connection, query: Query) -> Reach | None:
    """Looks up what the query names; ``None`` where no dossier can answer."""
    older_than = None
    if query.older_than is not None:
        own = select(dossiers.c.opened_at, dossiers.c.seq).where(dossiers.c.dossier_id == query.older_than)
        row = connection.execute(own).one_or_none()
        if row is None:
            return None
        older_than = (row.opened_at, row.seq)
    agencies = _agencies(connection, query)
    if agencies is not None and not agencies:
        return None
    first, after = opened_between(query)
    return Reach(
        procedures=tuple(dict.fromkeys(query.procedure_codes)),
        agencies=agencies,
        first=first,
        after=after,
        older_than=older_than,
    )


def _agencies(connection: Connection, query: Query) -> tuple[str, ...] | None:
    if not query.agency_codes and not query.within:
        return None
    known = known_agencies(connection)
    return tuple(
        each
        for each in known
        if (not query.agency_codes or each in query.agency_codes) and is_within(query.within, (each,))
    )


def walk(connection: Connection, reach: Reach, size: int) -> Iterator[Sequence[int]]:
    """Yields numbers of dossiers in the order of answers, window by window, the first one of this size."""
    place = reach.older_than
    while True:
        rows = connection.execute(_window(reach, place, size)).all()
        if rows:
            yield tuple(dict.fromkeys(row.seq for row in rows))
        if len(rows) < size:
            return
        place, size = (rows[-1].opened_at, rows[-1].seq), min(2 * size, _LAST_WINDOW)


def newest_place(connection: Connection, reach: Reach, holds: Holds) -> Place | None:
    """The first dossier in the order of answers for which a condition holds; looks no further."""
    row = connection.execute(_window(reach, reach.older_than, 1, holds)).first()
    return None if row is None else (row.opened_at, row.seq)


def _window(
    reach: Reach, place: Place | None, size: int, holds: Holds | None = None
) -> Select[datetime, int]:
    at = replace(reach, older_than=place)
    codes: Sequence[str | None] = reach.procedures or (None,)
    agencies: Sequence[str | None] = reach.agencies if reach.agencies is not None else (None,)
    if len(codes) * len(agencies) > _MOST_ARMS:
        conditions = [*at.conditions(), *([holds(dossiers.c.seq)] if holds else [])]
        statement = select(dossiers.c.opened_at, dossiers.c.seq).where(*conditions)
        return statement.order_by(dossiers.c.opened_at.desc(), dossiers.c.seq.desc()).limit(size)
    arms = [_arm(at, *pair, size, holds) for pair in product(agencies, codes)]
    if len(arms) == 1:
        return arms[0]
    found = union_all(*(select(arm.subquery()) for arm in arms)).subquery()
    return select(found).order_by(found.c.opened_at.desc(), found.c.seq.desc()).limit(size)


def _arm(
    reach: Reach, agency: str | None, code: str | None, size: int, holds: Holds | None
) -> Select[datetime, int]:
    table = dossiers if agency is None else dossier_agencies
    number = dossiers.c.seq if agency is None else dossier_agencies.c.dossier_seq.label("seq")
    key = table.c.seq if agency is None else table.c.dossier_seq
    conditions = _ordered_conditions(reach, table.c.opened_at, key)
    if agency is not None:
        conditions.append(table.c.agency == agency)
    if code is not None:
        conditions.append(table.c.procedure_code == code)
    if holds is not None:
        conditions.append(holds(key))
    statement = select(table.c.opened_at, number).where(*conditions)
    return statement.order_by(table.c.opened_at.desc(), key.desc()).limit(size)


def _ordered_conditions(
    reach: Reach, opened_at: ColumnElement[datetime], number: ColumnElement[int]
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if reach.first is not None:
        found.append(opened_at >= reach.first)
    if reach.after is not None:
        found.append(opened_at < reach.after)
    if reach.older_than is not None:
        at, seq = reach.older_than
        place = tuple_(literal(at, Moment()), literal(seq, BigInteger()))
        found.append(tuple_(opened_at, number) < place)
    return found
