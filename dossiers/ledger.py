"""The page ledger: every page received is somewhere, and somebody is to do the next thing with it (C8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class GapKind(StrEnum):
    """What is wrong with a page or a file; none of it must ever happen."""

    PAGES_MISSING = "pages_missing"  # a file has fewer pages on record than it was received with
    NOT_DUE = "not_due"  # a page waits to be read, and nothing is due that would read it
    NOT_FILED = "not_filed"  # a page was read, its dossier is open, and nothing is due that would file it
    NO_DOCUMENT = "no_document"  # a page is filed in a document that is not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap.

    Attributes:
        kind: what is wrong.
        branch: identifier of the agency.
        dossier_id: the dossier.
        subject_id: page or file.
        pages: how many pages are concerned.
    """

    kind: GapKind
    branch: str
    dossier_id: str
    subject_id: str
    pages: int = 1


class LedgerRecords(Protocol):
    """Looks for gaps."""

    def gaps(self, received_since: datetime, limit: int) -> Sequence[Gap]:
        """Pages that are nowhere, by kind, then by subject.

        Args:
            received_since: files received earlier are not counted anew; pages in work always are.
            limit: of each kind at most so many.
        """
        ...
