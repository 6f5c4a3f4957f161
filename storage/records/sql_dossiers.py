"""Dossiers and what was received for them, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, delete, func, insert, select, update

from dossiers.citizens import NumberIndex
from dossiers.dossier import DigitizationState, Dossier
from dossiers.errors import StaleVersion
from dossiers.page import ReceivedFile, Refusal
from dossiers.slot import Slot, SlotRule
from storage.records.batched import batched
from storage.records.dossier_agencies import note_procedure, note_received, within_conditions
from storage.records.fields_codec import strings_from_text, strings_to_text
from storage.records.number_entries import entry_of
from storage.records.schema import counters, dossier_agencies, dossiers, files, refusals
from storage.records.schema import slots as _slots
from storage.records.trouble import not_found
from storage.records.turns import survey, take_turn
from storage.records.upsert import attempt, insert_new, upsert

# Made once: making a statement costs more than the database takes to answer it.
_ONE: Final = select(dossiers).where(dossiers.c.dossier_id == bindparam("dossier_id"))
_BY_RECEIPT: Final = select(files).where(
    files.c.dossier_id == bindparam("dossier_id"), files.c.receipt_key == bindparam("receipt_key")
)
_CHANGED: Final = ("procedure_code", "citizen_number", "citizen_entry", "title", "state", "version")
_SAVING: Final = (
    update(dossiers)
    .where(dossiers.c.dossier_id == bindparam("the_dossier"), dossiers.c.version == bindparam("the_version"))
    .values({name: bindparam(f"new_{name}", type_=dossiers.c[name].type) for name in _CHANGED})
)


class SqlDossierRecords:
    """Implements ``dossiers.ports.DossierRecords``."""

    def __init__(self, connection: Connection, numbers: NumberIndex) -> None:
        self._connection = connection
        self._numbers = numbers

    def next_number(self, agency: str, day: str) -> int:
        """Counts up within agency and day."""
        statement = (
            upsert(self._connection, counters)
            .values(agency=agency, day=day, last=1)
            .on_conflict_do_update(
                index_elements=[counters.c.agency, counters.c.day], set_={"last": counters.c.last + 1}
            )
            .returning(counters.c.last)
        )
        return int(self._connection.execute(statement).scalar_one())

    def add(self, dossier: Dossier) -> None:
        """Adds a dossier; ``DUPLICATE`` if its id, code or intake key is taken."""
        insert_new(
            self._connection,
            dossiers,
            {
                "dossier_id": dossier.dossier_id,
                "code": dossier.code,
                "intake_key": dossier.intake_key,
                "procedure_code": dossier.procedure_code,
                "citizen_number": dossier.citizen_number,
                "citizen_entry": entry_of(dossier.citizen_number, self._numbers),
                "title": dossier.title,
                "opened_at": dossier.opened_at,
                "state": dossier.state.value,
                "version": dossier.version,
            },
        )
        note_received(self._connection, dossier)

    def get(self, dossier_id: str) -> Dossier:
        """Returns the dossier or raises ``NOT_FOUND``."""
        take_turn(self._connection, "dossier", dossier_id)
        row = self._connection.execute(_ONE, {"dossier_id": dossier_id}).mappings().one_or_none()
        found = None if row is None else _dossier(row)
        if found is None:
            raise not_found(f"dossier {dossier_id}")
        return found

    def by_intake_key(self, intake_key: str) -> Dossier | None:
        """Returns the dossier opened with this intake key, if any."""
        take_turn(self._connection, "intake", intake_key)
        return self._one(dossiers.c.intake_key == intake_key)

    def by_code(self, code: str) -> Dossier | None:
        """Returns the dossier with this code, if any."""
        return self._one(dossiers.c.code == code)

    def procedures_used(self, since: datetime) -> Mapping[str, int]:
        """How many dossiers were opened from a moment on, by the number of their procedure."""
        code = dossiers.c.procedure_code
        within = (dossiers.c.opened_at >= since) & code.is_not(None)
        statement = select(code, func.count()).where(within).group_by(code)
        rows = self._connection.execute(statement)
        return {str(row[0]): int(row[1]) for row in rows}

    def several(self, dossier_ids: Sequence[str]) -> Mapping[str, Dossier]:
        """Those of these dossiers that are there, by id."""
        survey(self._connection)
        found: dict[str, Dossier] = {}
        for some in batched(dossier_ids):
            rows = self._connection.execute(select(dossiers).where(dossiers.c.dossier_id.in_(some)))
            found |= {row["dossier_id"]: _dossier(row) for row in rows.mappings()}
        return found

    def opened_between(self, start: datetime, end: datetime, branch: str = "") -> Sequence[Dossier]:
        """Dossiers opened in the period, oldest first; those with codes of a branch."""
        survey(self._connection)
        within = (dossiers.c.opened_at >= start) & (dossiers.c.opened_at < end)
        statement = select(dossiers).where(within).order_by(dossiers.c.opened_at, dossiers.c.seq)
        if branch:
            named = dossier_agencies.c.agency == branch
            named &= (dossier_agencies.c.opened_at >= start) & (dossier_agencies.c.opened_at < end)
            statement = statement.where(
                dossiers.c.seq.in_(select(dossier_agencies.c.dossier_seq).where(named)),
                dossiers.c.code.startswith(f"{branch}-", autoescape=True),
            )
        return tuple(_dossier(row) for row in self._connection.execute(statement).mappings())

    def unfinished(self, since: datetime, limit: int, within: Sequence[str] = ()) -> Sequence[Dossier]:
        """Dossiers not digitized completely, opened since then, the newest first."""
        survey(self._connection)
        is_open = dossiers.c.state != DigitizationState.COMPLETE.value
        statement = (
            select(dossiers)
            .where(dossiers.c.opened_at >= since, is_open, *within_conditions(self._connection, within))
            .order_by(dossiers.c.opened_at.desc(), dossiers.c.seq.desc())
            .limit(limit)
        )
        return tuple(_dossier(row) for row in self._connection.execute(statement).mappings())

    def save(self, dossier: Dossier) -> None:
        """Saves over the version it carries; what it was opened with stays as it is."""
        told = {
            "the_dossier": dossier.dossier_id,
            "the_version": dossier.version,
            "new_procedure_code": dossier.procedure_code,
            "new_citizen_number": dossier.citizen_number,
            "new_citizen_entry": entry_of(dossier.citizen_number, self._numbers),
            "new_title": dossier.title,
            "new_state": dossier.state.value,
            "new_version": dossier.version + 1,
        }
        if self._connection.execute(_SAVING, told).rowcount == 0:
            self.get(dossier.dossier_id)
            raise StaleVersion(f"dossier {dossier.dossier_id}")
        note_procedure(self._connection, dossier)

    def add_file(self, file: ReceivedFile) -> None:
        """Adds a received file; ``DUPLICATE`` for the same id, or dossier and receipt key."""
        insert_new(
            self._connection,
            files,
            {
                "file_id": file.file_id,
                "dossier_id": file.dossier_id,
                "receipt_key": file.receipt_key,
                "name": file.name,
                "original_key": file.original_key,
                "media_type": file.media_type,
                "byte_count": file.byte_count,
                "page_count": file.page_count,
                "flags": strings_to_text(file.flags),
                "received_at": file.received_at,
            },
        )

    def file_by_receipt(self, dossier_id: str, receipt_key: str) -> ReceivedFile | None:
        """Returns the file received under this key, if any."""
        take_turn(self._connection, "dossier", dossier_id)
        told = {"dossier_id": dossier_id, "receipt_key": receipt_key}
        row = self._connection.execute(_BY_RECEIPT, told).mappings().one_or_none()
        return None if row is None else _file(row)

    def files(self, dossier_id: str) -> Sequence[ReceivedFile]:
        """Files of the dossier in the order of receipt."""
        take_turn(self._connection, "dossier", dossier_id)
        statement = select(files).where(files.c.dossier_id == dossier_id).order_by(files.c.seq)
        return tuple(_file(row) for row in self._connection.execute(statement).mappings())

    def add_refusal(self, refusal: Refusal) -> None:
        """Notes a refused file once."""
        statement = upsert(self._connection, refusals).values(
            dossier_id=refusal.dossier_id,
            receipt_key=refusal.receipt_key,
            name=refusal.name,
            code=refusal.code,
            object_key=refusal.object_key,
            refused_at=refusal.refused_at,
        )
        same = [refusals.c.dossier_id, refusals.c.receipt_key]
        with attempt(self._connection):
            self._connection.execute(statement.on_conflict_do_nothing(index_elements=same))

    def refusals(self, dossier_id: str) -> Sequence[Refusal]:
        """Refused files of the dossier in the order of refusal."""
        take_turn(self._connection, "dossier", dossier_id)
        statement = select(refusals).where(refusals.c.dossier_id == dossier_id).order_by(refusals.c.seq)
        return tuple(_refusal(row) for row in self._connection.execute(statement).mappings())

    def set_slots(self, dossier_id: str, slots: Sequence[Slot]) -> None:
        """Replaces the slots of the dossier."""
        self.get(dossier_id)
        self._connection.execute(delete(_slots).where(_slots.c.dossier_id == dossier_id))
        if slots:
            rows = [_slot_row(dossier_id, position, slot) for position, slot in enumerate(slots)]
            self._connection.execute(insert(_slots), rows)

    def slots(self, dossier_id: str) -> Sequence[Slot]:
        """Slots of the dossier in checklist order."""
        take_turn(self._connection, "dossier", dossier_id)
        statement = select(_slots).where(_slots.c.dossier_id == dossier_id).order_by(_slots.c.position)
        return tuple(_slot(row) for row in self._connection.execute(statement).mappings())

    def slots_between(self, start: datetime, end: datetime) -> Mapping[str, Sequence[Slot]]:
        """Slots of all dossiers opened in the period, by dossier, in one query."""
        within = (dossiers.c.opened_at >= start) & (dossiers.c.opened_at < end)
        same = dossiers.c.dossier_id == _slots.c.dossier_id
        statement = select(_slots).join(dossiers, same).where(within)
        statement = statement.order_by(_slots.c.dossier_id, _slots.c.position)
        found: dict[str, list[Slot]] = {}
        for row in self._connection.execute(statement).mappings():
            found.setdefault(row["dossier_id"], []).append(_slot(row))
        return found

    def _one(self, condition: ColumnElement[bool]) -> Dossier | None:
        row = self._connection.execute(select(dossiers).where(condition)).mappings().one_or_none()
        return None if row is None else _dossier(row)


def _dossier(row: RowMapping) -> Dossier:
    return Dossier(
        dossier_id=row["dossier_id"],
        code=row["code"],
        intake_key=row["intake_key"],
        procedure_code=row["procedure_code"],
        citizen_number=row["citizen_number"],
        title=row["title"],
        opened_at=row["opened_at"],
        state=DigitizationState(row["state"]),
        version=row["version"],
    )


def _file(row: RowMapping) -> ReceivedFile:
    return ReceivedFile(
        file_id=row["file_id"],
        dossier_id=row["dossier_id"],
        receipt_key=row["receipt_key"],
        name=row["name"],
        original_key=row["original_key"],
        media_type=row["media_type"],
        byte_count=row["byte_count"],
        page_count=row["page_count"],
        flags=strings_from_text(row["flags"]),
        received_at=row["received_at"],
    )


def _refusal(row: RowMapping) -> Refusal:
    return Refusal(
        dossier_id=row["dossier_id"],
        receipt_key=row["receipt_key"],
        name=row["name"],
        code=row["code"],
        object_key=row["object_key"],
        refused_at=row["refused_at"],
    )


def _slot_row(dossier_id: str, position: int, slot: Slot) -> dict[str, object]:
    return {
        "dossier_id": dossier_id,
        "position": position,
        "key": slot.rule.key,
        "name": slot.rule.name,
        "accepts": strings_to_text(slot.rule.accepts),
        "is_required": slot.rule.is_required,
        "policy": slot.rule.policy,
        "document_id": slot.document_id,
        "form": slot.rule.form,
        "holder_sex": slot.rule.holder_sex,
        "is_pinned": slot.is_pinned,
    }


def _slot(row: RowMapping) -> Slot:
    rule = SlotRule(
        key=row["key"],
        name=row["name"],
        accepts=strings_from_text(row["accepts"]),
        is_required=row["is_required"],
        policy=row["policy"],
        form=row["form"],
        holder_sex=row["holder_sex"],
    )
    return Slot(rule=rule, document_id=row["document_id"], is_pinned=row["is_pinned"])
