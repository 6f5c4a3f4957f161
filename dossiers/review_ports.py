"""What the confirm and search screens need from the records; part of ``dossiers.ports.UnitOfWork``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dossiers.document import Document
from dossiers.review_draft import ReviewDraft
from dossiers.saved_search import SavedSearch


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """A document that nobody has confirmed yet, with its dossier and the draft somebody began, if any."""

    document: Document
    dossier_code: str
    procedure_code: str | None
    opened_at: datetime
    draft: ReviewDraft | None


class ReviewRecords(Protocol):
    """Drafts of confirmations, and what waits for one."""

    def find(self, document_id: str) -> ReviewDraft | None:
        """Returns the draft of a document, if somebody began one."""
        ...

    def put(self, draft: ReviewDraft) -> None:
        """Keeps a draft over the version it carries, 0 for a new one; else ``StaleVersion``."""
        ...

    def erase(self, document_id: str) -> None:
        """Forgets a draft; none is no error."""
        ...

    def unconfirmed(self, since: datetime, unit: str, type_id: str, limit: int) -> Sequence[Unconfirmed]:
        """Documents that no clerk has confirmed with their values, oldest dossier first, then by ordinal.

        Args:
            since: of dossiers opened at this moment or later.
            unit: of the receiving point that heads the dossier's code; all for ``""``.
            type_id: of this type; all but blank sheets for ``""``.
            limit: at most so many.
        """
        ...


class SavedSearches(Protocol):
    """Searches that clerks keep."""

    def put(self, search: SavedSearch) -> None:
        """Keeps a search in place of the one with the same owner and name."""
        ...

    def of_owner(self, owner: str) -> Sequence[SavedSearch]:
        """Searches of a clerk by name."""
        ...

    def erase(self, owner: str, name: str) -> None:
        """Forgets a search; none is no error."""
        ...
