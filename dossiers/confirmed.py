"""What a named clerk has confirmed: papers and the values on them, with where each comes from.

Rule: nothing else may ever be offered for reuse. A confirmed paper is never changed: it can be revoked, or
moved to the person it really belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.reading import Box, CopyKind, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedFact:
    """One value that a clerk confirmed.

    Attributes:
        name: field key.
        value: normalised, as confirmed; ``None`` where the clerk confirmed that there is none.
        proposed: what the machine had proposed; differs from ``value`` where the clerk corrected it.
        raw: the text as read.
        page_id: the page it stands on; ``None`` for a value that the clerk typed without one.
        box: where on the upright page, if known.
        confidence: of the reading, 0 to 1; 1 for a typed value.
        source: what it was read from; ``None`` for a typed value.
        checks: names of rules and whether they held.
    """

    name: str
    value: str | None
    proposed: str | None
    raw: str
    page_id: str | None
    box: Box | None
    confidence: float
    source: Source | None
    checks: tuple[tuple[str, bool], ...] = ()

    @property
    def is_corrected(self) -> bool:
        """Whether the clerk changed what the machine had read."""
        return self.value != self.proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedPaper:
    """One paper that a clerk confirmed.

    Attributes:
        paper_id: the id of the document it is.
        holder_id: whose store it belongs to: the dossier's owner, never the bearer.
        dossier_id: where it was handed in or came out.
        dossier_code: the same, as printed.
        procedure_code: the procedure of that dossier, if any.
        type_id: an id of ``dossiers.document_types``.
        page_count: pages it has.
        copy_kind: original or copy, as the clerk says.
        issued_on: printed day of issue, if known.
        expires_on: printed last day of validity, if known.
        is_unlimited: whether it says of itself that it does not expire.
        born_on: birth date printed on it, if known (for cards, whose term follows age).
        subject: blind index of the number of the person it is about; ``None`` where it prints none.
        claim: blind index of the paper's own number, by which two claims on one paper are seen.
        purpose: the purpose it was issued for, as printed; empty for any.
        confirmed_by: the clerk.
        confirmed_at: UTC.
        revoked_at: from when on it proves nothing.
    """

    paper_id: str
    holder_id: str
    dossier_id: str
    dossier_code: str
    procedure_code: str | None
    type_id: str
    page_count: int
    copy_kind: CopyKind
    issued_on: date | None
    expires_on: date | None
    is_unlimited: bool
    born_on: date | None
    subject: str | None
    claim: str | None
    purpose: str
    confirmed_by: str
    confirmed_at: datetime
    revoked_at: datetime | None = None
