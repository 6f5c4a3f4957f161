"""Batches: stacks of paper that were digitized in one go, such as a box of the archive or a day of a folder.

Rules: a batch is a set of dossiers and holds no pages itself; how far it is, is counted from them. A paused
batch begins nothing more; its pages are received and kept all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from dossiers.page import PageState


class BatchState(StrEnum):
    """How a batch is."""

    RUNNING = "running"  # pages wait or are being read
    PAUSED = "paused"
    STUCK = "stuck"  # nothing waits any more, some pages were given up
    DONE = "done"  # every page was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One batch.

    Attributes:
        batch_id: what makes it the same batch, for example of a scanning session.
        branch: identifier of the agency whose it is.
        name: what people call it.
        made_at: UTC.
        paused_at: since when it is paused, UTC; ``None``: it is not.
        paused_by: who paused it; empty: it is not.
    """

    batch_id: str
    branch: str
    name: str
    made_at: datetime
    paused_at: datetime | None = None
    paused_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchProgress:
    """A batch and how far it is.

    Attributes:
        batch: the batch.
        dossiers: how many it has.
        pages: pages by state; those set aside are left out.
    """

    batch: Batch
    dossiers: int
    pages: Mapping[PageState, int]

    @property
    def total(self) -> int:
        """All its pages."""
        return sum(self.pages.values())

    @property
    def stuck(self) -> int:
        """Pages that were given up."""
        return self.pages.get(PageState.QUARANTINED, 0)

    @property
    def waiting(self) -> int:
        """Pages that are not read yet."""
        return self.pages.get(PageState.RECEIVED, 0)

    @property
    def state(self) -> BatchState:
        """How it is; a paused batch with nothing left to read is not paused any more."""
        if self.waiting:
            return BatchState.RUNNING if self.batch.paused_at is None else BatchState.PAUSED
        return BatchState.STUCK if self.stuck else BatchState.DONE


class BatchRecords(Protocol):
    """Batches; part of ``dossiers.ports.UnitOfWork``."""

    def add(self, batch: Batch) -> None:
        """Adds a batch; one with the same id stays as it is."""
        ...

    def get(self, batch_id: str) -> Batch:
        """Returns the batch or raises ``RecordError`` ``NOT_FOUND``."""
        ...

    def save(self, batch: Batch) -> None:
        """Saves whether it is paused; ``NOT_FOUND`` without it."""
        ...

    def join(self, batch_id: str, dossier_id: str) -> None:
        """Puts a dossier into a batch; one that is in a batch already stays there."""
        ...

    def dossiers(self, batch_id: str) -> Sequence[str]:
        """Ids of its dossiers in the order of joining."""
        ...

    def recent(self, since: datetime, limit: int) -> Sequence[Batch]:
        """Batches made at this moment or later, and paused ones; the newest first, at most so many."""
        ...

    def progress(self, batch_id: str) -> BatchProgress:
        """How far a batch is; ``NOT_FOUND`` without it."""
        ...
