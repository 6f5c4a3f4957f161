"""Batches, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, func, or_, select, update

from dossiers.batches import Batch, BatchProgress
from dossiers.page import PageState
from storage.records.program_schema import batch_dossiers, batches
from storage.records.schema import pages
from storage.records.trouble import not_found
from storage.records.upsert import upsert

_OUT = (PageState.REPLACED.value, PageState.SET_ASIDE.value)


class SqlBatchRecords:
    """Implements ``dossiers.batches.BatchRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: Batch) -> None:
        """Adds a batch; one with the same id stays as it is."""
        statement = upsert(self._connection, batches).values(
            batch_id=batch.batch_id,
            branch=batch.branch,
            name=batch.name,
            made_at=batch.made_at,
            paused_at=batch.paused_at,
            paused_by=batch.paused_by,
        )
        self._connection.execute(statement.on_conflict_do_nothing(index_elements=[batches.c.batch_id]))

    def get(self, batch_id: str) -> Batch:
        """Returns the batch or raises ``NOT_FOUND``."""
        statement = select(batches).where(batches.c.batch_id == batch_id)
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            raise not_found(f"batch {batch_id}")
        return _batch(row)

    def save(self, batch: Batch) -> None:
        """Saves whether it is paused."""
        statement = update(batches).where(batches.c.batch_id == batch.batch_id)
        values = {"paused_at": batch.paused_at, "paused_by": batch.paused_by}
        if self._connection.execute(statement.values(**values)).rowcount == 0:
            raise not_found(f"batch {batch.batch_id}")

    def join(self, batch_id: str, dossier_id: str) -> None:
        """Puts a dossier into a batch; one that is in a batch already stays there."""
        statement = upsert(self._connection, batch_dossiers).values(batch_id=batch_id, dossier_id=dossier_id)
        one_each = [batch_dossiers.c.dossier_id]
        self._connection.execute(statement.on_conflict_do_nothing(index_elements=one_each))

    def dossiers(self, batch_id: str) -> Sequence[str]:
        """Ids of its dossiers in the order of joining."""
        statement = (
            select(batch_dossiers.c.dossier_id)
            .where(batch_dossiers.c.batch_id == batch_id)
            .order_by(batch_dossiers.c.seq)
        )
        return tuple(self._connection.execute(statement).scalars())

    def recent(self, since: datetime, limit: int) -> Sequence[Batch]:
        """Batches made at this moment or later, and paused ones, the newest first."""
        statement = (
            select(batches)
            .where(or_(batches.c.made_at >= since, batches.c.paused_at.is_not(None)))
            .order_by(batches.c.made_at.desc(), batches.c.seq.desc())
            .limit(limit)
        )
        return tuple(_batch(row) for row in self._connection.execute(statement).mappings())

    def progress(self, batch_id: str) -> BatchProgress:
        """How far a batch is."""
        batch = self.get(batch_id)
        own = batch_dossiers.c.batch_id == batch_id
        count = select(func.count()).select_from(batch_dossiers).where(own)
        statement = (
            select(pages.c.state, func.count())
            .join(batch_dossiers, batch_dossiers.c.dossier_id == pages.c.dossier_id)
            .where(own, pages.c.state.not_in(_OUT))
            .group_by(pages.c.state)
        )
        found = self._connection.execute(statement).all()
        return BatchProgress(
            batch=batch,
            dossiers=self._connection.execute(count).scalar_one(),
            pages={PageState(state): number for state, number in found},
        )


def dossiers_of_paused_batches() -> Select[tuple[str]]:
    """Dossiers of which nothing may begin."""
    same = batches.c.batch_id == batch_dossiers.c.batch_id
    statement = select(batch_dossiers.c.dossier_id).select_from(batches).join(batch_dossiers, same)
    return statement.where(batches.c.paused_at.is_not(None)).correlate(None)


def _batch(row: RowMapping) -> Batch:
    return Batch(
        batch_id=row["batch_id"],
        branch=row["branch"],
        name=row["name"],
        made_at=row["made_at"],
        paused_at=row["paused_at"],
        paused_by=row["paused_by"],
    )
