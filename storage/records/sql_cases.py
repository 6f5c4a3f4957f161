"""Cases, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, and_, case, exists, func, insert, or_, select, update

from dossiers.case import Case, CaseClock, CaseStep, Channel, Places, SupplementRequest
from dossiers.case_ports import Running
from dossiers.errors import StaleVersion
from storage.records.case_schema import case_steps, cases, supplements
from storage.records.dossier_agencies import note_places
from storage.records.fields_codec import strings_from_text, strings_to_text
from storage.records.parties_codec import parties_from_text, parties_to_text
from storage.records.schema import dossiers
from storage.records.trouble import not_found
from storage.records.turns import survey, take_turn
from storage.records.upsert import insert_new, upsert


class SqlCaseRecords:
    """Implements ``dossiers.case_ports.CaseRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case: Case) -> None:
        """Adds the case of a dossier; ``DUPLICATE`` if it has one, ``NOT_FOUND`` without a dossier."""
        take_turn(self._connection, "dossier", case.dossier_id)
        own = select(dossiers.c.seq).where(dossiers.c.dossier_id == case.dossier_id)
        if self._connection.execute(own).first() is None:
            raise not_found(f"dossier {case.dossier_id}")
        fixed = {
            "dossier_id": case.dossier_id,
            "channel": case.channel.value,
            "receiving_point": case.places.receiving_point,
            "version": case.version,
        }
        insert_new(self._connection, cases, fixed | _changing(case))
        note_places(self._connection, case.dossier_id)

    def find(self, dossier_id: str) -> Case | None:
        """Returns the case of a dossier, if it has one."""
        take_turn(self._connection, "dossier", dossier_id)
        statement = select(cases).where(cases.c.dossier_id == dossier_id)
        row = self._connection.execute(statement).mappings().one_or_none()
        return None if row is None else _case(row)

    def save(self, case: Case) -> None:
        """Saves over the version it carries."""
        own = (cases.c.dossier_id == case.dossier_id) & (cases.c.version == case.version)
        statement = update(cases).where(own).values(version=case.version + 1, **_changing(case))
        if self._connection.execute(statement).rowcount == 0:
            self._check(case.dossier_id)
            raise StaleVersion(f"case of dossier {case.dossier_id}")
        note_places(self._connection, case.dossier_id)

    def add_step(self, step: CaseStep) -> None:
        """Appends a step."""
        self._check(step.dossier_id)
        self._connection.execute(
            insert(case_steps).values(
                dossier_id=step.dossier_id,
                action=step.action,
                from_state=step.from_state,
                to_state=step.to_state,
                at=step.at,
                by=step.by,
                reason=step.reason,
                due_at=step.due_at,
            )
        )

    def steps(self, dossier_id: str) -> Sequence[CaseStep]:
        """Steps of a case in the order of appending."""
        statement = select(case_steps).where(case_steps.c.dossier_id == dossier_id).order_by(case_steps.c.seq)
        return tuple(_step(row) for row in self._connection.execute(statement).mappings())

    def put_supplement(self, request: SupplementRequest) -> None:
        """Keeps a request in place of the one with the same number."""
        self._check(request.dossier_id)
        told = {
            "items": strings_to_text(request.items),
            "reason": request.reason,
            "requested_at": request.requested_at,
            "received_at": request.received_at,
        }
        key = {"dossier_id": request.dossier_id, "number": request.number}
        statement = upsert(self._connection, supplements).values(**key, **told)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[supplements.c[name] for name in key], set_=told)
        )

    def supplements(self, dossier_id: str) -> Sequence[SupplementRequest]:
        """Requests of a case by number."""
        statement = (
            select(supplements).where(supplements.c.dossier_id == dossier_id).order_by(supplements.c.number)
        )
        return tuple(_supplement(row) for row in self._connection.execute(statement).mappings())

    def opened_between(self, start: datetime, end: datetime, receiving_point: str) -> Sequence[Case]:
        """Cases of a receiving point whose dossiers were opened in the span, in the order of opening."""
        survey(self._connection)
        statement = (
            select(cases)
            .join(dossiers, dossiers.c.dossier_id == cases.c.dossier_id)
            .where(
                dossiers.c.opened_at >= start,
                dossiers.c.opened_at < end,
                cases.c.receiving_point == receiving_point,
            )
            .order_by(dossiers.c.seq)
        )
        return tuple(_case(row) for row in self._connection.execute(statement).mappings())

    def ended_between(self, start: datetime, end: datetime, receiving_point: str) -> Sequence[Case]:
        """Cases of a receiving point that ended in the span, in the order of ending."""
        statement = (
            select(cases)
            .join(dossiers, dossiers.c.dossier_id == cases.c.dossier_id)
            .where(
                cases.c.receiving_point == receiving_point, cases.c.ended_at >= start, cases.c.ended_at < end
            )
            .order_by(cases.c.ended_at, dossiers.c.seq)
        )
        return tuple(_case(row) for row in self._connection.execute(statement).mappings())

    def steps_between(
        self, start: datetime, end: datetime, receiving_point: str, action: str
    ) -> Sequence[CaseStep]:
        """Steps with this action in cases of a receiving point in the span, in the order of appending."""
        own = select(cases.c.dossier_id).where(
            cases.c.dossier_id == case_steps.c.dossier_id, cases.c.receiving_point == receiving_point
        )
        statement = select(case_steps).where(
            case_steps.c.at >= start,
            case_steps.c.at < end,
            case_steps.c.action == action,
            exists(own.correlate(case_steps)),
        )
        # The span leads, not the point, and the order is made here: otherwise all years are walked through.
        rows = sorted(self._connection.execute(statement).mappings(), key=lambda row: int(row["seq"]))
        return tuple(_step(row) for row in rows)

    def running_at(self, moment: datetime, receiving_point: str) -> Running:
        """Counts cases of a receiving point opened before a moment that had not ended then."""
        survey(self._connection)
        is_late = and_(cases.c.stopped_at.is_(None), cases.c.due_at < moment)
        statement = (
            select(func.count(), func.count(case((is_late, 1))))
            .select_from(cases.join(dossiers, dossiers.c.dossier_id == cases.c.dossier_id))
            .where(
                cases.c.receiving_point == receiving_point,
                or_(cases.c.ended_at.is_(None), cases.c.ended_at >= moment),
                dossiers.c.opened_at < moment,
            )
        )
        count, late = self._connection.execute(statement).one()
        return Running(in_time=count - late, late=late)

    def place_since(self, start: datetime, dossier_id: str) -> int:
        """The place of a case among those of its receiving point opened since a moment, from 1."""
        own = select(dossiers.c.seq, dossiers.c.opened_at).where(dossiers.c.dossier_id == dossier_id)
        row, case = self._connection.execute(own).one_or_none(), self.find(dossier_id)
        if row is None or case is None or row.opened_at < start:
            return 0
        statement = (
            select(func.count())
            .select_from(cases.join(dossiers, dossiers.c.dossier_id == cases.c.dossier_id))
            .where(
                cases.c.receiving_point == case.places.receiving_point,
                dossiers.c.opened_at >= start,
                dossiers.c.seq <= row.seq,
            )
        )
        return int(self._connection.execute(statement).scalar_one())

    def _check(self, dossier_id: str) -> None:
        if self.find(dossier_id) is None:
            raise not_found(f"case of dossier {dossier_id}")


def _changing(case: Case) -> dict[str, object]:
    """The columns that a save may change."""
    counts_from = case.clock.counts_from
    return {
        "variant": case.variant,
        "competent_agency": case.places.competent_agency,
        "support_point": case.places.support_point,
        "parties": parties_to_text(case.parties),
        "state": case.state,
        "received_at": case.clock.received_at,
        "counts_from": counts_from.isoformat() if counts_from else None,
        "due_at": case.clock.due_at,
        "stopped_at": case.clock.stopped_at,
        "supplement_requests": case.supplement_requests,
        "reappointments": case.reappointments,
        "ended_at": case.ended_at,
    }


def _case(row: RowMapping) -> Case:
    return Case(
        dossier_id=row["dossier_id"],
        variant=row["variant"],
        channel=Channel(row["channel"]),
        places=Places(
            receiving_point=row["receiving_point"],
            competent_agency=row["competent_agency"],
            support_point=row["support_point"],
        ),
        parties=parties_from_text(row["parties"]),
        state=row["state"],
        clock=CaseClock(
            received_at=row["received_at"],
            counts_from=date.fromisoformat(row["counts_from"]) if row["counts_from"] else None,
            due_at=row["due_at"],
            stopped_at=row["stopped_at"],
        ),
        supplement_requests=row["supplement_requests"],
        reappointments=row["reappointments"],
        ended_at=row["ended_at"],
        version=row["version"],
    )


def _step(row: RowMapping) -> CaseStep:
    return CaseStep(
        dossier_id=row["dossier_id"],
        action=row["action"],
        from_state=row["from_state"],
        to_state=row["to_state"],
        at=row["at"],
        by=row["by"],
        reason=row["reason"],
        due_at=row["due_at"],
    )


def _supplement(row: RowMapping) -> SupplementRequest:
    return SupplementRequest(
        dossier_id=row["dossier_id"],
        number=row["number"],
        items=strings_from_text(row["items"]),
        reason=row["reason"],
        requested_at=row["requested_at"],
        received_at=row["received_at"],
    )
