"""The statements of the queue, made once: making one costs more than the database takes to answer it."""

from __future__ import annotations

from functools import cache
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Integer,
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

#: Takes a task: ``the_task``, ``new_owner``, ``until``, ``now``, ``ahead``.
LEASE: Final = (
    update(tasks)
    .where(tasks.c.task_id == bindparam("the_task"), _IS_FREE)
    .values(
        fence=tasks.c.fence + 1,
        starts=tasks.c.starts + 1,
        owner=bindparam("new_owner"),
        lease_until=bindparam("until", type_=Moment),
        rung_at=None,
    )
    .returning(*tasks.c)
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
LAST_TURN: Final = select(func.max(tasks.c.turn)).where(_OF_CLASS, tasks.c.branch == bindparam("branch"))
FIRST_TURN: Final = (
    select(tasks.c.turn)
    .where(_OF_CLASS, tasks.c.starts == 0, tasks.c.branch.not_in(_PAUSED))
    .order_by(tasks.c.turn)
    .limit(1)
)


@cache
def best(priority: Priority, *, is_relay: bool) -> Select[tuple[object, ...]]:
    """The best due tasks: ``now``, ``ahead``, ``most``; a batch's ``grace``; a relay's ``rung_before``."""
    conditions: list[ColumnElement[bool]] = [tasks.c.priority == priority.value, _IS_FREE]
    if is_relay:
        conditions.append(_IS_QUIET)
    if priority is Priority.BATCH:
        conditions.append(tasks.c.branch.not_in(_BUSY_BRANCHES))
    return (
        select(tasks)
        .where(*conditions, tasks.c.branch.not_in(_PAUSED), _NO_PAUSED_BATCH)
        .order_by(tasks.c.turn, tasks.c.seq)
        .limit(bindparam("most", type_=Integer))
        # Relays and workers share the work out. SQLite has one writer; the words are left out there.
        .with_for_update(skip_locked=True)
    )


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
