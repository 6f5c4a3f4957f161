"""A search that a clerk keeps under a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """One kept search; saving under the same name replaces it.

    Attributes:
        owner: account of the clerk; nobody else sees it.
        name: what the clerk calls it, 1 to 80 characters.
        asked: the query as the search screen writes it into its address. Numbers and names of people are
            left out before: they are no business of a bookmark.
        saved_at: UTC.
    """

    owner: str
    name: str
    asked: str
    saved_at: datetime
