"""A document: pages of one dossier that belong together, with a type and the fields found on them.

Rule: what a machine proposes stays ``PROPOSED`` until a clerk confirms it; filing again replaces proposed
documents only. The pages of the documents of a dossier never overlap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from dossiers.document_types import UNKNOWN
from dossiers.errors import IllegalMove
from dossiers.page import derived_id
from dossiers.proposal import DocumentProposal
from dossiers.reading import CopyKind, FieldValue

#: Below this confidence a clerk must look at the type (0 to 1).
REVIEW_BELOW: Final = 0.5
#: The issue of a document with a page that could not be read.
PAGE_NEEDS_PERSON: Final = "PAGE_NEEDS_PERSON"


class DocumentState(StrEnum):
    """Who stands behind a document."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


_MOVES: Final[dict[DocumentState, frozenset[DocumentState]]] = {
    DocumentState.PROPOSED: frozenset({DocumentState.CONFIRMED, DocumentState.WITHDRAWN}),
    DocumentState.CONFIRMED: frozenset({DocumentState.WITHDRAWN}),
    DocumentState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a dossier.

    Attributes:
        document_id: derived from its dossier, type and pages: the same cut gives the same id.
        dossier_id: the dossier.
        ordinal: 1-based place in the dossier.
        type_id: an id of ``dossiers.document_types``.
        page_ids: its pages in reading order.
        confidence: of the type, 0 to 1.
        evidence: the line of the page that decided.
        copy_kind: original or copy.
        fields: proposed values.
        issues: stable codes for the clerk.
        state: proposed or confirmed.
        pdf_key: object key of its searchable PDF once that is made.
    """

    document_id: str
    dossier_id: str
    ordinal: int
    type_id: str
    page_ids: tuple[str, ...]
    confidence: float
    evidence: str
    copy_kind: CopyKind
    fields: tuple[FieldValue, ...]
    issues: tuple[str, ...]
    state: DocumentState = DocumentState.PROPOSED
    pdf_key: str | None = None

    @property
    def needs_clerk(self) -> bool:
        """Whether the machine is not sure what this is, or could not read all of it."""
        unsure = self.type_id == UNKNOWN or self.confidence < REVIEW_BELOW or PAGE_NEEDS_PERSON in self.issues
        return self.state is DocumentState.PROPOSED and unsure

    def moved(self, state: DocumentState) -> Document:
        """Returns the document in its new state.

        Raises:
            IllegalMove: it may not go there from where it is.
        """
        if state not in _MOVES[self.state]:
            raise IllegalMove(f"document {self.document_id}", self.state, state)
        return replace(self, state=state)


def document_from(
    proposal: DocumentProposal, dossier_id: str, ordinal: int, page_ids: tuple[str, ...]
) -> Document:
    """Makes the document that a proposal describes.

    Args:
        proposal: the proposed cut; its positions index ``page_ids``.
        dossier_id: the dossier.
        ordinal: 1-based place in the dossier.
        page_ids: ids of all pages of the stack in order.
    """
    own = tuple(page_ids[position] for position in proposal.positions)
    return Document(
        document_id=derived_id(dossier_id, proposal.type_id, *own),
        dossier_id=dossier_id,
        ordinal=ordinal,
        type_id=proposal.type_id,
        page_ids=own,
        confidence=proposal.confidence,
        evidence=proposal.evidence,
        copy_kind=proposal.copy_kind,
        fields=proposal.fields,
        issues=proposal.issues,
    )
