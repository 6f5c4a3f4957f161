"""What clerks did to the pages of dossiers, in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, RowMapping, select, update

from dossiers.arranging_step import ArrangingKind, ArrangingStep, PlacedPage, SlotPin
from storage.records.arranging_schema import arranging_steps
from storage.records.trouble import not_found
from storage.records.turns import take_turn
from storage.records.upsert import insert_new


class SqlArrangingRecords:
    """Implements ``dossiers.ports.ArrangingRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, step: ArrangingStep) -> None:
        """Adds a step; ``DUPLICATE`` if its id is taken."""
        before = {
            "pages": [asdict(each) for each in step.pages],
            "pins": [asdict(each) for each in step.pins],
        }
        insert_new(
            self._connection,
            arranging_steps,
            {
                "step_id": step.step_id,
                "dossier_id": step.dossier_id,
                "kind": step.kind.value,
                "by": step.by,
                "at": step.at,
                "before": json.dumps(before, ensure_ascii=False),
                "subject": step.subject,
                "other": step.other,
                "undone_by": step.undone_by,
            },
        )

    def of_dossier(self, dossier_id: str) -> Sequence[ArrangingStep]:
        """Steps of a dossier in the order of adding."""
        take_turn(self._connection, "dossier", dossier_id)
        own = arranging_steps.c.dossier_id == dossier_id
        rows = self._connection.execute(select(arranging_steps).where(own).order_by(arranging_steps.c.seq))
        return tuple(_step(row) for row in rows.mappings())

    def mark_undone(self, step_id: str, by: str) -> None:
        """Notes who undid a step; ``NOT_FOUND`` where there is none."""
        own = arranging_steps.c.step_id == step_id
        statement = update(arranging_steps).where(own).values(undone_by=by)
        if self._connection.execute(statement).rowcount == 0:
            raise not_found(f"step {step_id}")


def _step(row: RowMapping) -> ArrangingStep:
    before = json.loads(row["before"])
    return ArrangingStep(
        step_id=row["step_id"],
        dossier_id=row["dossier_id"],
        kind=ArrangingKind(row["kind"]),
        by=row["by"],
        at=row["at"],
        pages=tuple(PlacedPage(**each) for each in before["pages"]),
        pins=tuple(SlotPin(**each) for each in before["pins"]),
        subject=row["subject"],
        other=row["other"],
        undone_by=row["undone_by"],
    )
