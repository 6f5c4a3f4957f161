"""Decisions on reuse, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from dossiers.procedures import DataSource
from dossiers.reuse_decision import ReuseDecision, Verdict
from storage.records.schema import dossiers
from storage.records.turns import survey, take_turn
from storage.records.vault_schema import reuse_decisions as _decisions


class SqlDecisionRecords:
    """Implements ``dossiers.vault_ports.DecisionRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, decision: ReuseDecision) -> None:
        """Keeps a decision; it counts in place of earlier ones for the slot."""
        take_turn(self._connection, "dossier", decision.dossier_id)
        same = (_decisions.c.dossier_id == decision.dossier_id) & (_decisions.c.slot_key == decision.slot_key)
        self._connection.execute(update(_decisions).where(same).values(is_latest=False))
        self._connection.execute(
            insert(_decisions).values(
                dossier_id=decision.dossier_id,
                slot_key=decision.slot_key,
                holder_id=decision.holder_id,
                procedure_code=decision.procedure_code,
                branch=decision.branch,
                verdict=decision.verdict.value,
                source=decision.source.value if decision.source else None,
                origin=decision.origin,
                paper_id=decision.paper_id,
                type_id=decision.type_id,
                page_count=decision.page_count,
                rule=decision.rule,
                clerk=decision.clerk,
                reason=decision.reason,
                at=decision.at,
                is_latest=True,
            )
        )

    def of_dossier(self, dossier_id: str) -> Sequence[ReuseDecision]:
        """Decisions that count in a dossier, one a slot, in the order of their first decision."""
        take_turn(self._connection, "dossier", dossier_id)
        own = _decisions.c.dossier_id == dossier_id
        first = (
            select(_decisions.c.slot_key, func.min(_decisions.c.seq).label("first"))
            .where(own)
            .group_by(_decisions.c.slot_key)
            .subquery()
        )
        statement = (
            select(_decisions)
            .join(first, first.c.slot_key == _decisions.c.slot_key)
            .where(own, _decisions.c.is_latest)
            .order_by(first.c.first)
        )
        return tuple(_decision(row) for row in self._connection.execute(statement).mappings())

    def saved_in(self, start: datetime, end: datetime) -> Mapping[str, frozenset[str]]:
        """Keys of the slots that reuse settled in dossiers opened in the period, by dossier, in one query."""
        within = (dossiers.c.opened_at >= start) & (dossiers.c.opened_at < end) & _decisions.c.is_latest
        same = dossiers.c.dossier_id == _decisions.c.dossier_id
        rows = self._connection.execute(select(_decisions).join(dossiers, same).where(within)).mappings()
        found: dict[str, frozenset[str]] = {}
        for decision in (_decision(row) for row in rows):
            if decision.is_saved:
                keys = found.get(decision.dossier_id, frozenset())
                found[decision.dossier_id] = keys | {decision.slot_key}
        return found

    def between(self, start: datetime, end: datetime) -> Sequence[ReuseDecision]:
        """Decisions that count and were made in the period, oldest first."""
        survey(self._connection)
        within = (_decisions.c.at >= start) & (_decisions.c.at < end) & _decisions.c.is_latest
        rows = self._connection.execute(
            select(_decisions).where(within).order_by(_decisions.c.at, _decisions.c.seq)
        )
        return tuple(_decision(row) for row in rows.mappings())


def _decision(row: RowMapping) -> ReuseDecision:
    return ReuseDecision(
        dossier_id=row["dossier_id"],
        slot_key=row["slot_key"],
        holder_id=row["holder_id"],
        procedure_code=row["procedure_code"],
        branch=row["branch"],
        verdict=Verdict(row["verdict"]),
        source=DataSource(row["source"]) if row["source"] else None,
        origin=row["origin"],
        paper_id=row["paper_id"],
        type_id=row["type_id"],
        page_count=row["page_count"],
        rule=row["rule"],
        clerk=row["clerk"],
        reason=row["reason"],
        at=row["at"],
    )
