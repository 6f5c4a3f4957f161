"""The agencies of dossiers, kept in the transaction that names them: what searches walk through."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects import sqlite

from dossiers.dossier import Dossier
from dossiers.identity import is_within
from storage.records.case_schema import cases
from storage.records.schema import dossier_agencies as _agencies
from storage.records.schema import dossiers
from storage.records.upsert import insertion

_SEQ: Final = select(dossiers.c.seq).where(dossiers.c.dossier_id == bindparam("the_dossier"))
_RENAMED: Final = (
    update(_agencies)
    .where(
        _agencies.c.dossier_seq == _SEQ.scalar_subquery(),
        _agencies.c.procedure_code.is_distinct_from(bindparam("new_code")),
    )
    .values(procedure_code=bindparam("new_code"))
)
_GONE: Final = delete(_agencies).where(
    _agencies.c.dossier_seq == _SEQ.scalar_subquery(),
    _agencies.c.agency.not_in(bindparam("kept", expanding=True)),
)
_PLACES: Final = (
    select(dossiers.c.code, cases.c.receiving_point, cases.c.competent_agency, cases.c.support_point)
    .join(cases, cases.c.dossier_id == dossiers.c.dossier_id)
    .where(dossiers.c.dossier_id == bindparam("the_dossier"))
)


@cache
def _naming(dialect: str) -> sqlite.Insert:
    own = select(
        dossiers.c.seq, bindparam("agency", type_=_agencies.c.agency.type), dossiers.c.procedure_code,
        dossiers.c.opened_at,
    ).where(dossiers.c.dossier_id == bindparam("the_dossier"))  # fmt: skip
    names = ["dossier_seq", "agency", "procedure_code", "opened_at"]
    return insertion(dialect, _agencies).from_select(names, own).on_conflict_do_nothing()


def note_received(connection: Connection, dossier: Dossier) -> None:
    """Notes the agency that the code of a new dossier begins with."""
    told = {"the_dossier": dossier.dossier_id, "agency": dossier.branch}
    connection.execute(_naming(connection.dialect.name), told)


def note_procedure(connection: Connection, dossier: Dossier) -> None:
    """Follows a procedure that was changed."""
    connection.execute(_RENAMED, {"the_dossier": dossier.dossier_id, "new_code": dossier.procedure_code})


def note_places(connection: Connection, dossier_id: str) -> None:
    """Notes the agencies that the case of a dossier names now, and forgets those that it no longer does."""
    code, *places = connection.execute(_PLACES, {"the_dossier": dossier_id}).one()
    named = {each for each in places if each}
    for agency in sorted(named):
        told = {"the_dossier": dossier_id, "agency": agency}
        connection.execute(_naming(connection.dialect.name), told)
    kept = sorted(named | {code.rsplit("-", 2)[0]})
    connection.execute(_GONE, {"the_dossier": dossier_id, "kept": kept})


def within_conditions(connection: Connection, within: Sequence[str]) -> list[ColumnElement[bool]]:
    """That a dossier names one of these agencies or one below it; nothing for all dossiers."""
    if not within:
        return []
    known = [each for each in known_agencies(connection) if is_within(within, (each,))]
    named = select(_agencies.c.agency).where(
        _agencies.c.dossier_seq == dossiers.c.seq, _agencies.c.agency.in_(known)
    )
    return [exists(named.correlate(dossiers))]


def known_agencies(connection: Connection) -> Sequence[str]:
    """Every agency that a dossier names, by leaps through the index: as quick with a million dossiers."""
    first = select(func.min(_agencies.c.agency).label("agency"))
    leaps = first.cte("leaps", recursive=True)
    following = (
        select(func.min(_agencies.c.agency)).where(_agencies.c.agency > leaps.c.agency).scalar_subquery()
    )
    leaps = leaps.union_all(select(following).where(leaps.c.agency.is_not(None)))
    found = select(leaps.c.agency).where(leaps.c.agency.is_not(None))
    return tuple(connection.execute(found).scalars())
