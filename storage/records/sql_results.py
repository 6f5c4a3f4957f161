"""Results and their revocation, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, select, update

from dossiers.result import IssuedResult, Revocation, already_revoked
from storage.records.batched import batched
from storage.records.case_schema import results
from storage.records.schema import dossiers
from storage.records.trouble import not_found
from storage.records.turns import take_turn
from storage.records.upsert import insert_new


class SqlResultRecords:
    """Implements ``dossiers.case_ports.ResultRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, result: IssuedResult) -> None:
        """Adds a result; ``DUPLICATE`` if its code or number is taken, ``NOT_FOUND`` without a dossier."""
        take_turn(self._connection, "dossier", result.dossier_id)
        own = select(dossiers.c.seq).where(dossiers.c.dossier_id == result.dossier_id)
        if self._connection.execute(own).first() is None:
            raise not_found(f"dossier {result.dossier_id}")
        insert_new(
            self._connection,
            results,
            {
                "code": result.code,
                "dossier_id": result.dossier_id,
                "number": result.number,
                "name": result.name,
                "type_id": result.type_id,
                "document_id": result.document_id,
                "national_code": result.national_code,
                "issued_on": result.issued_on.isoformat(),
                "valid_until": result.valid_until.isoformat() if result.valid_until else None,
                "recorded_at": result.recorded_at,
                "recorded_by": result.recorded_by,
                **_revoked(result.revocation),
            },
        )

    def find(self, code: str) -> IssuedResult | None:
        """Returns the result with this code, if any."""
        return next(iter(self._where(results.c.code == code)), None)

    def of_dossier(self, dossier_id: str) -> Sequence[IssuedResult]:
        """Results of a dossier by number."""
        take_turn(self._connection, "dossier", dossier_id)
        return sorted(self._where(results.c.dossier_id == dossier_id), key=lambda each: each.number)

    def of_dossiers(self, dossier_ids: Sequence[str]) -> Sequence[IssuedResult]:
        """Results of any number of dossiers, by dossier and number."""
        found = [
            each
            for some in batched(sorted(set(dossier_ids)))
            for each in self._where(results.c.dossier_id.in_(some))
        ]
        return sorted(found, key=lambda each: (each.dossier_id, each.number))

    def of_document(self, document_id: str) -> Sequence[IssuedResult]:
        """Results that a document holds, in the order of recording."""
        return self._where(results.c.document_id == document_id)

    def of_documents(self, document_ids: Sequence[str]) -> Sequence[IssuedResult]:
        """Results that any of the documents holds, in the order of recording."""
        return self._where(results.c.document_id.in_(document_ids))

    def revoke(self, code: str, revocation: Revocation) -> None:
        """Marks a result revoked."""
        standing = (results.c.code == code) & results.c.revoked_at.is_(None)
        statement = update(results).where(standing).values(**_revoked(revocation))
        if self._connection.execute(statement).rowcount == 0:
            raise not_found(f"result {code}") if self.find(code) is None else already_revoked(code)

    def _where(self, condition: ColumnElement[bool]) -> Sequence[IssuedResult]:
        statement = select(results).where(condition).order_by(results.c.seq)
        return [_result(row) for row in self._connection.execute(statement).mappings()]


def _revoked(revocation: Revocation | None) -> dict[str, object]:
    return {
        "revoked_at": revocation.at if revocation else None,
        "revoked_by": revocation.by if revocation else None,
        "revocation_reason": revocation.reason if revocation else None,
        "replaced_by": revocation.replaced_by if revocation else None,
    }


def _result(row: RowMapping) -> IssuedResult:
    revocation = None
    if row["revoked_at"] is not None:
        revocation = Revocation(
            at=row["revoked_at"],
            by=row["revoked_by"],
            reason=row["revocation_reason"],
            replaced_by=row["replaced_by"],
        )
    return IssuedResult(
        code=row["code"],
        dossier_id=row["dossier_id"],
        number=row["number"],
        name=row["name"],
        type_id=row["type_id"],
        document_id=row["document_id"],
        national_code=row["national_code"],
        issued_on=date.fromisoformat(row["issued_on"]),
        valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        recorded_at=row["recorded_at"],
        recorded_by=row["recorded_by"],
        revocation=revocation,
    )
