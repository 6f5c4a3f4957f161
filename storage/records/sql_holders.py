"""People and organisations by blind indexes, their consents and what was done, in the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, insert, select, update

from dossiers.citizens import KnownNumber, NumberKind, VaultAct, VaultEvent
from dossiers.consent import ConsentAct, ConsentBy, Purpose
from storage.records.trouble import not_found
from storage.records.turns import take_turn
from storage.records.upsert import insert_new
from storage.records.vault_schema import confirmed_papers, holder_numbers, vault_events
from storage.records.vault_schema import consents as _consents


class SqlHolderRecords:
    """Implements ``dossiers.vault_ports.HolderRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_number(self, number: KnownNumber) -> None:
        """Adds a number; ``DUPLICATE`` if its entry is taken."""
        insert_new(
            self._connection,
            holder_numbers,
            {
                "entry": number.entry,
                "holder_id": number.holder_id,
                "kind": number.kind.value,
                "tail": number.tail,
                "since": number.since,
            },
        )

    def find(self, entries: Sequence[str]) -> KnownNumber | None:
        """Returns the number under the first of these entries that is there."""
        for entry in sorted(entries):
            take_turn(self._connection, "number", entry)
        number = self._find(entries)
        if number is not None and take_turn(self._connection, "holder", number.holder_id):
            return self._find(entries)
        return number

    def _find(self, entries: Sequence[str]) -> KnownNumber | None:
        statement = select(holder_numbers).where(holder_numbers.c.entry.in_(entries))
        found = {row["entry"]: _number(row) for row in self._connection.execute(statement).mappings()}
        return next((found[entry] for entry in entries if entry in found), None)

    def numbers(self, holder_id: str) -> Sequence[KnownNumber]:
        """Numbers of a holder in the order in which they were noted."""
        own = holder_numbers.c.holder_id == holder_id
        rows = self._connection.execute(select(holder_numbers).where(own).order_by(holder_numbers.c.seq))
        return tuple(_number(row) for row in rows.mappings())

    def move_number(self, entry: str, holder_id: str) -> None:
        """Gives a number to another holder."""
        same = holder_numbers.c.entry == entry
        moved = self._connection.execute(update(holder_numbers).where(same).values(holder_id=holder_id))
        if moved.rowcount == 0:
            raise not_found("such number")

    def rename_entry(self, entry: str, renewed: str) -> None:
        """Files a number, and the papers about it, under the entry of a newer key."""
        same = holder_numbers.c.entry == entry
        if self._connection.execute(update(holder_numbers).where(same).values(entry=renewed)).rowcount == 0:
            raise not_found("such number")
        about = confirmed_papers.c.subject == entry
        self._connection.execute(update(confirmed_papers).where(about).values(subject=renewed))

    def add_consent(self, act: ConsentAct) -> None:
        """Appends an act."""
        self._connection.execute(
            insert(_consents).values(
                holder_id=act.holder_id,
                purpose=act.purpose.value,
                is_given=act.is_given,
                at=act.at,
                clerk=act.clerk,
                given_by=act.by.value,
            )
        )

    def consents(self, holder_id: str) -> Sequence[ConsentAct]:
        """Acts of a holder in the order of appending."""
        own = _consents.c.holder_id == holder_id
        rows = self._connection.execute(select(_consents).where(own).order_by(_consents.c.seq)).mappings()
        return tuple(
            ConsentAct(
                holder_id=row["holder_id"],
                purpose=Purpose(row["purpose"]),
                is_given=row["is_given"],
                at=row["at"],
                clerk=row["clerk"],
                by=ConsentBy(row["given_by"]),
            )
            for row in rows
        )

    def add_event(self, event: VaultEvent) -> None:
        """Appends what was done."""
        self._connection.execute(
            insert(vault_events).values(
                holder_id=event.holder_id,
                act=event.act.value,
                clerk=event.by,
                at=event.at,
                subject=event.subject,
                reason=event.reason,
                from_holder=event.from_holder,
            )
        )

    def events(self, holder_id: str) -> Sequence[VaultEvent]:
        """What was done to a holder's store, in the order of appending."""
        own = vault_events.c.holder_id == holder_id
        rows = self._connection.execute(select(vault_events).where(own).order_by(vault_events.c.seq))
        return tuple(
            VaultEvent(
                holder_id=row["holder_id"],
                act=VaultAct(row["act"]),
                by=row["clerk"],
                at=row["at"],
                subject=row["subject"],
                reason=row["reason"],
                from_holder=row["from_holder"],
            )
            for row in rows.mappings()
        )


def _number(row: RowMapping) -> KnownNumber:
    return KnownNumber(
        entry=row["entry"],
        holder_id=row["holder_id"],
        kind=NumberKind(row["kind"]),
        tail=row["tail"],
        since=row["since"],
    )
