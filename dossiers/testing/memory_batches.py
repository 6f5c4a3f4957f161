"""Batches, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.batches import Batch, BatchProgress
from dossiers.page import PageState
from dossiers.testing.memory_state import MemoryState, not_found


class MemoryBatchRecords:
    """Implements ``dossiers.batches.BatchRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, batch: Batch) -> None:
        """Adds a batch; one with the same id stays as it is."""
        self._state.batches.setdefault(batch.batch_id, batch)

    def get(self, batch_id: str) -> Batch:
        """Returns the batch or raises ``NOT_FOUND``."""
        if batch_id not in self._state.batches:
            raise not_found(f"batch {batch_id}")
        return self._state.batches[batch_id]

    def save(self, batch: Batch) -> None:
        """Saves whether it is paused."""
        old = self.get(batch.batch_id)
        new = replace(old, paused_at=batch.paused_at, paused_by=batch.paused_by)
        self._state.batches[batch.batch_id] = new

    def join(self, batch_id: str, dossier_id: str) -> None:
        """Puts a dossier into a batch; one that is in a batch already stays there."""
        self.get(batch_id)
        if dossier_id not in self._state.dossiers:
            raise not_found(f"dossier {dossier_id}")
        self._state.batch_dossiers.setdefault(dossier_id, batch_id)

    def dossiers(self, batch_id: str) -> Sequence[str]:
        """Ids of its dossiers in the order of joining."""
        return tuple(key for key, value in self._state.batch_dossiers.items() if value == batch_id)

    def recent(self, since: datetime, limit: int) -> Sequence[Batch]:
        """Batches made at this moment or later, and paused ones, the newest first."""
        newest = reversed(self._state.batches.values())
        found = [each for each in newest if each.made_at >= since or each.paused_at is not None]
        return tuple(sorted(found, key=lambda each: each.made_at, reverse=True)[:limit])

    def progress(self, batch_id: str) -> BatchProgress:
        """How far a batch is."""
        own = frozenset(self.dossiers(batch_id))
        out = (PageState.REPLACED, PageState.SET_ASIDE)
        states = [each.state for each in self._state.pages.values() if each.dossier_id in own]
        return BatchProgress(
            batch=self.get(batch_id),
            dossiers=len(own),
            pages=dict(Counter(each for each in states if each not in out)),
        )
