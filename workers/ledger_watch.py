"""The check of the page ledger every minute (C8)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from dossiers.ledger import Gap
from dossiers.ports import Clock, RecordStore

#: How often the ledger is checked, seconds.
EVERY_SECONDS: Final = 60.0
#: Files are counted anew for so long after their receipt; pages in work are always looked at.
_LOOK_BACK: Final = timedelta(days=2)
#: Of each kind of gap so many are told by their numbers.
_MOST_TOLD: Final = 100

_log = logging.getLogger(__name__)


class LedgerWatch:
    """Looks for pages that are nowhere and raises the alarm.

    Args:
        records: where pages are.
        clock: tells the time.
        note: hears what was found, an empty list included.
    """

    def __init__(
        self, records: RecordStore, clock: Clock, note: Callable[[Sequence[Gap]], None] = lambda _: None
    ) -> None:
        self._records = records
        self._clock = clock
        self._note = note

    def step(self) -> int:
        """Checks once; logs each gap as an error with the number of its page; returns how many.

        Raises:
            ResourceError: the records are away.
        """
        with self._records.look() as work:
            gaps = work.ledger.gaps(self._clock() - _LOOK_BACK, _MOST_TOLD)
        for gap in gaps:
            _log.error(
                "ledger gap %s: %d pages at %s in dossier %s of %s",
                gap.kind.value, gap.pages, gap.subject_id, gap.dossier_id, gap.branch,
            )  # fmt: skip
        self._note(gaps)
        return len(gaps)
