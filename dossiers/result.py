"""Results of a dossier (kết quả): what the office issued, under ``<dossier code>-KQ(n)``.

Rule: a result is never erased. Revoking it marks it with the moment; it stays there for whoever may look it
up, and nothing may be reused from it from that moment on (Nghị định 45/2020/NĐ-CP, Điều 14 và 15).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from dossiers.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """A result lost its value.

    Attributes:
        at: the moment from which it counts, UTC.
        by: who decided, as the office names them (post or account).
        reason: in Vietnamese, as the decision says.
        replaced_by: code of the result that stands in its place; empty where none does.
    """

    at: datetime
    by: str
    reason: str
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedResult:
    """One result of a dossier. Its owner is the dossier's owner.

    Attributes:
        code: ``<dossier code>-KQ(n)``, unique for ever.
        dossier_id: the dossier it came out of.
        number: n, from 1 without gaps within the dossier.
        name: name of the paper in Vietnamese.
        type_id: id of ``dossiers.document_types``; empty where none is known.
        document_id: the document of the dossier that holds it, ``None`` where it was not scanned.
        national_code: code of this kind of result in the national list, ``KQ.G15.000031``; may be empty.
        issued_on: the day on the paper, in Viet Nam.
        valid_until: last day of its validity as printed; ``None`` where it has none.
        recorded_at: UTC.
        recorded_by: who recorded it.
        revocation: ``None`` while it stands.
    """

    code: str
    dossier_id: str
    number: int
    name: str
    type_id: str
    document_id: str | None
    national_code: str
    issued_on: date
    valid_until: date | None
    recorded_at: datetime
    recorded_by: str
    revocation: Revocation | None = None

    def is_revoked(self, at: datetime) -> bool:
        """Whether it was revoked at a moment; the moment of revocation itself counts."""
        return self.revocation is not None and self.revocation.at <= at

    def is_expired(self, on: date) -> bool:
        """Whether its printed validity has ended before a day."""
        return self.valid_until is not None and self.valid_until < on

    def revoked(self, revocation: Revocation) -> IssuedResult:
        """Returns the result with its revocation.

        Raises:
            RecordError: ``RESULT_REVOKED``, it is revoked already: the first decision stands.
        """
        if self.revocation is not None:
            raise already_revoked(self.code)
        return replace(self, revocation=revocation)


def already_revoked(code: str) -> RecordError:
    """The error for revoking a second time."""
    return RecordError(
        "RESULT_REVOKED",
        vi=f"Kết quả {code} đã bị thu hồi trước đó.",
        en=f"result {code} has been revoked already",
    )
