"""A proposed cut of a stack of pages into documents: nobody has confirmed it yet."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.reading import CopyKind, FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentProposal:
    """Pages that belong together, and what they are.

    Attributes:
        type_id: an id of ``dossiers.document_types``; a two-sided card carries the id of its front;
            ``unknown`` where nobody can tell.
        positions: 0-based places of its pages in the stack, ascending for papers; a card's front first.
            Blank backs belong to the document before them.
        confidence: 0 to 1.
        evidence: the line or mark that decided, as read.
        copy_kind: original or copy, as far as the pages say.
        fields: the best value of each field over all its pages (QR and MRZ beat OCR).
        issues: stable codes for the clerk, for example ``QR_DISAGREES``.
    """

    type_id: str
    positions: tuple[int, ...]
    confidence: float
    evidence: str
    copy_kind: CopyKind
    fields: tuple[FieldValue, ...] = ()
    issues: tuple[str, ...] = ()
