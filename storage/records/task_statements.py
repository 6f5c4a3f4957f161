"""The statements of the queue, made once: making one costs more than the database takes to answer it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Update,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.dml import ReturningUpdate

from dossiers.tasks import Priority, TaskKind
from storage.records.moment import Moment
from storage.records.schema import paused_branches, tasks
from storage.records.sql_batches import dossiers_of_paused_batches
from storage.records.upsert import insertion

_NOW: Final = bindparam("now", type_=Moment)
#: What lies further ahead was written by a wrong clock.
_AHEAD: Final = bindparam("ahead", type_=Moment)
_OPEN: Final = tasks.c.is_finished == false()
_PAUSED: Final = select(paused_branches.c.branch)
_IS_FREE: Final = and_(
    _OPEN,
    or_(tasks.c.due_at <= _NOW, tasks.c.due_at > _AHEAD),
    or_(tasks.c.lease_until.is_(None), tasks.c.lease_until <= _NOW, tasks.c.lease_until > _AHEAD),
)
_IS_QUIET: Final = or_(
    tasks.c.rung_at.is_(None),
    tasks.c.rung_at < bindparam("rung_before", type_=Moment),
    tasks.c.rung_at > _AHEAD,
)
#: Branches whose batch waits, because a counter page waits or is being read.
_BUSY_BRANCHES: Final = select(tasks.c.branch).where(
    tasks.c.priority == Priority.COUNTER.value,
    tasks.c.kind == TaskKind.READ_PAGE.value,
    _OPEN,
    tasks.c.due_at > bindparam("grace", type_=Moment),
    tasks.c.due_at <= _NOW,
)

_TAKEN: Final = {
    tasks.c.fence: tasks.c.fence + 1,
    tasks.c.starts: tasks.c.starts + 1,
    tasks.c.owner: bindparam("new_owner"),
    tasks.c.lease_until: bindparam("until", type_=Moment),
}
#: Takes a task: ``the_task``, ``new_owner``, ``until``, ``now``, ``ahead``.
LEASE: Final = (
    update(tasks).where(tasks.c.task_id == bindparam("the_task"), _IS_FREE).values(_TAKEN).returning(*tasks.c)
)
#: Notes that doorbells were used up: ``the_tasks``.
FORGET_RUNG: Final = (
    update(tasks)
    .where(
        tasks.c.task_id.in_(bindparam("the_tasks", expanding=True)),
        tasks.c.owner.is_(None),
        tasks.c.rung_at.is_not(None),
    )
    .values(rung_at=None)
)
#: Notes that the broker was told: ``the_tasks``, ``now``.
MARK_RUNG: Final = (
    update(tasks)
    .where(tasks.c.task_id.in_(bindparam("the_tasks", expanding=True)))
    .values(rung_at=bindparam("now", type_=Moment))
)
#: Counts doorbells on their way: ``since``, ``ahead``.
RUNG_COUNT: Final = (
    select(func.count())
    .select_from(tasks)
    .where(
        _OPEN,
        tasks.c.owner.is_(None),
        tasks.c.rung_at.between(bindparam("since", type_=Moment), _AHEAD),
    )
)
_NO_PAUSED_BATCH: Final = tasks.c.dossier_id.not_in(dossiers_of_paused_batches())
_OF_CLASS: Final = and_(_OPEN, tasks.c.priority == bindparam("priority"), _NO_PAUSED_BATCH)
#: The highest turn of a branch, and the lowest one of its class that nobody tried: ``priority``, ``branch``.
_LAST_TURN: Final = select(func.max(tasks.c.turn)).where(_OF_CLASS, tasks.c.branch == bindparam("branch"))
_FIRST_TURN: Final = (
    select(tasks.c.turn)
    .where(_OF_CLASS, tasks.c.starts == 0, tasks.c.branch.not_in(_PAUSED))
    .order_by(tasks.c.turn)
    .limit(1)
)
TURNS: Final = select(_LAST_TURN.scalar_subquery(), _FIRST_TURN.scalar_subquery())


@cache
def best(priority: Priority, *, is_relay: bool) -> Select[tuple[object, ...]]:
    """The best due tasks: ``now``, ``ahead``, ``most``; a batch's ``grace``; a relay's ``rung_before``."""
    found = _ordered(select(tasks), priority, (_IS_QUIET,) if is_relay else ())
    found = found.limit(bindparam("most", type_=Integer))
    return found.with_for_update(skip_locked=True) if is_relay else found


def _ordered(
    chosen: Select[tuple[object, ...]], priority: Priority, more: Sequence[ColumnElement[bool]] = ()
) -> Select[tuple[object, ...]]:
    conditions = [tasks.c.priority == priority.value, _IS_FREE, *more]
    if priority is Priority.BATCH:
        conditions.append(tasks.c.branch.not_in(_BUSY_BRANCHES))
    conditions += [tasks.c.branch.not_in(_PAUSED), _NO_PAUSED_BATCH]
    return chosen.where(*conditions).order_by(tasks.c.turn, tasks.c.seq)


def _first(priority: Priority) -> ScalarSelect[int]:
    # Relays and workers share the work out. SQLite has one writer; the words are left out there.
    best_one = _ordered(select(tasks.c.seq), priority).limit(1).with_for_update(skip_locked=True)
    return cast("ScalarSelect[int]", best_one.correlate(None).scalar_subquery())


@cache
def take_best() -> ReturningUpdate[tuple[object, ...]]:
    """Leases the best due task: ``new_owner``, ``until``, ``now``, ``ahead``, ``grace``."""
    first = func.coalesce(_first(Priority.COUNTER), _first(Priority.BATCH))
    return update(tasks).where(tasks.c.seq == first).values(_TAKEN).returning(*tasks.c)


@cache
def change(*names: str) -> Update:
    """Changes columns under the newest lease: ``the_task``, ``the_fence`` and ``new_…`` of each name."""
    return (
        update(tasks)
        .where(
            tasks.c.task_id == bindparam("the_task"),
            tasks.c.fence == bindparam("the_fence"),
            tasks.c.owner.is_not(None),
        )
        .values({name: bindparam(f"new_{name}", type_=tasks.c[name].type) for name in names})
    )


@cache
def addition(dialect: str) -> sqlite.Insert:
    """Adds a task unless it is there."""
    return insertion(dialect, tasks).on_conflict_do_nothing(index_elements=[tasks.c.task_id])
