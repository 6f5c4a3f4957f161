"""Recording results and revoking them.

Rules: results are numbered ``<dossier code>-KQ(n)`` without gaps; revoking blocks reuse from the moment it is
recorded, and the result stays for whoever may look it up (Nghị định 45/2020/NĐ-CP, Điều 14 và 15).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers.codes.dossier_code import DossierCode
from dossiers.codes.result_code import ResultCode
from dossiers.errors import InputCode, InputError
from dossiers.events import Event, EventKind
from dossiers.ports import Clock, RecordStore
from dossiers.result import IssuedResult, Revocation


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResult:
    """What a result is recorded with; see ``IssuedResult`` for the meaning of each."""

    name: str
    issued_on: date
    type_id: str = ""
    document_id: str | None = None
    national_code: str = ""
    valid_until: date | None = None


class ResultDesk:
    """The use cases of results; safe to call from several threads and processes."""

    def __init__(self, *, records: RecordStore, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    def record(self, dossier_id: str, new: NewResult, by: str) -> IssuedResult:
        """Records a result under the next number of its dossier.

        Raises:
            RecordError: NOT_FOUND, no such dossier, or the document is none of it.
            InputError: BAD_DOSSIER_CODE, the validity ends before the day of issue.
        """
        if new.valid_until is not None and new.valid_until < new.issued_on:
            raise InputError(InputCode.BAD_QUERY, "the validity ends before the day of issue")
        now = self._clock()
        with self._records.transaction() as work:
            dossier = work.dossiers.get(dossier_id)
            if new.document_id is not None and work.documents.get(new.document_id).dossier_id != dossier_id:
                raise InputError(InputCode.NOT_FOUND, "the document belongs to another dossier")
            number = len(work.results.of_dossier(dossier_id)) + 1
            code = ResultCode(dossier=DossierCode.parse(dossier.code), number=number)
            result = IssuedResult(
                code=str(code),
                dossier_id=dossier_id,
                number=number,
                name=new.name,
                type_id=new.type_id,
                document_id=new.document_id,
                national_code=new.national_code,
                issued_on=new.issued_on,
                valid_until=new.valid_until,
                recorded_at=now,
                recorded_by=by,
            )
            work.results.add(result)
            work.events.append(
                Event(kind=EventKind.RESULT_RECORDED, dossier_id=dossier_id, subject_id=result.code, at=now)
            )
            return result

    def find(self, code: str) -> IssuedResult:
        """The result with a code as typed, revoked or not.

        Raises:
            InputError: BAD_DOSSIER_CODE, or NOT_FOUND where nothing has it.
        """
        normal = str(ResultCode.parse(code))
        with self._records.transaction() as work:
            found = work.results.find(normal)
        if found is None:
            raise InputError(InputCode.NOT_FOUND, normal)
        return found

    def revoke(self, code: str, *, by: str, reason: str, replaced_by: str = "") -> IssuedResult:
        """Revokes a result from now on; cannot be undone.

        Args:
            code: its code, as typed.
            by: who decided.
            reason: in Vietnamese, as the decision says.
            replaced_by: code of the result that stands in its place; may be empty.

        Raises:
            InputError: BAD_DOSSIER_CODE, or NOT_FOUND where nothing has a code.
            RecordError: RESULT_REVOKED.
        """
        found = self.find(code)
        successor = self.find(replaced_by).code if replaced_by else ""
        now = self._clock()
        revocation = Revocation(at=now, by=by, reason=reason, replaced_by=successor)
        with self._records.transaction() as work:
            work.results.revoke(found.code, revocation)
            work.events.append(
                Event(
                    kind=EventKind.RESULT_REVOKED,
                    dossier_id=found.dossier_id,
                    subject_id=found.code,
                    at=now,
                )
            )
        return found.revoked(revocation)
