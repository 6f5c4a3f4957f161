"""How large the invented office is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

#: The branch whose screens are measured; a quarter of all dossiers are its own.
OWN: Final = "H29.119"
OWN_SHARE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSize:
    """The office.

    Attributes:
        dossiers: in all.
        branches: receiving points, the own one included.
        days: over which the dossiers came, evenly, until ``until``.
        until: UTC, the moment of the newest dossier.
        block: so many are drawn; the blocks between the oldest and the newest are the oldest one again, with
            other ids and later; at most 99 blocks.
        words: words of ordinary text on a page, beside its heading and names.
    """

    dossiers: int
    until: datetime
    branches: int = 40
    days: int = 1000
    words: int = 20
    block: int = 25_000

    def opened_at(self, number: int) -> datetime:
        """When a dossier was opened, by its number from 0."""
        return self.until - timedelta(days=self.days) * ((self.dossiers - 1 - number) / self.dossiers)

    def branch(self, number: int) -> str:
        """Where it was opened."""
        if number % OWN_SHARE == 0 or self.branches == 1:
            return OWN
        return f"H29.{200 + number * 7919 % (self.branches - 1)}"
