"""What people do with batches: look, pause, go on, read once more what was given up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from dossiers.batches import Batch, BatchProgress
from dossiers.errors import IllegalMove
from dossiers.page import Page, PageState
from dossiers.ports import Clock, RecordStore
from dossiers.retrying import Retrying
from dossiers.tasks import Priority

#: Batches are listed so long, and at most so many.
_LISTED: Final = timedelta(days=30)
_MOST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDesk:
    """The use cases; whether who asks sees the branch of a batch is asked before."""

    records: RecordStore
    clock: Clock

    def join(self, batch_id: str, branch: str, name: str, dossier_id: str) -> None:
        """Puts a dossier into a batch, which is made with the first one; may be repeated."""
        batch = Batch(batch_id=batch_id, branch=branch, name=name, made_at=self.clock())
        with self.records.transaction() as work:
            work.batches.add(batch)
            work.batches.join(batch_id, dossier_id)

    def get(self, batch_id: str) -> Batch:
        """The batch; ``NOT_FOUND`` without it."""
        with self.records.transaction() as work:
            return work.batches.get(batch_id)

    def progress(self, batch_id: str) -> BatchProgress:
        """How far a batch is; ``NOT_FOUND`` without it."""
        with self.records.transaction() as work:
            return work.batches.progress(batch_id)

    def recent(self) -> tuple[BatchProgress, ...]:
        """Batches of the last 30 days and paused ones, the newest first."""
        with self.records.transaction() as work:
            found = work.batches.recent(self.clock() - _LISTED, _MOST)
            return tuple(work.batches.progress(each.batch_id) for each in found)

    def pause(self, batch_id: str, by: str) -> BatchProgress:
        """Lets nothing more of a batch begin; what is at work ends. Twice changes nothing."""
        with self.records.transaction() as work:
            batch = work.batches.get(batch_id)
            if batch.paused_at is None:
                work.batches.save(replace(batch, paused_at=self.clock(), paused_by=by))
            return work.batches.progress(batch_id)

    def resume(self, batch_id: str) -> BatchProgress:
        """Lets a batch go on; resuming what is not paused changes nothing."""
        with self.records.transaction() as work:
            batch = work.batches.get(batch_id)
            work.batches.save(replace(batch, paused_at=None, paused_by=""))
            return work.batches.progress(batch_id)

    def stuck(self, batch_id: str) -> tuple[Page, ...]:
        """Its pages that were given up, dossier by dossier."""
        with self.records.transaction() as work:
            return tuple(
                page
                for dossier_id in work.batches.dossiers(batch_id)
                for page in work.pages.of_dossier(dossier_id)
                if page.state is PageState.QUARANTINED
            )

    def retry(self, batch_id: str, by: str) -> int:
        """Reads once more every page that was given up, behind the counter; returns how many."""
        retrying, again = Retrying(records=self.records, clock=self.clock), 0
        for page in self.stuck(batch_id):
            try:
                retrying.retry(page.page_id, by, Priority.BATCH)
            except IllegalMove:
                continue  # somebody was quicker
            again += 1
        return again
