"""What is on file for the slots of open dossiers, kept while a screen asks for it again and again.

Asking is on record each time and may ask national databases: so it is done once, and anew after a decision.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from dossiers.errors import SohoaError
from dossiers.ports import Clock
from dossiers.reuse_desk import ReuseAnswer, ReuseDesk

#: Answers that are kept, and for how long: what is on file may be revoked meanwhile.
_KEPT: Final = 200
_FRESH: Final = timedelta(minutes=10)


class ReuseAnswers:
    """Answers by dossier; safe to call from several threads."""

    def __init__(self, reuse: ReuseDesk, clock: Clock) -> None:
        self._reuse = reuse
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[datetime, ReuseAnswer | None]] = OrderedDict()

    def of(self, dossier_id: str, clerk: str) -> ReuseAnswer | None:
        """What need not be brought; ``None`` where the dossier has no owner's number or no procedure."""
        now = self._clock()
        with self._lock:
            known = self._known.get(dossier_id)
        if known is not None and now - known[0] < _FRESH:
            return known[1]
        try:
            answer: ReuseAnswer | None = self._reuse.explain_dossier(dossier_id, clerk)
        except SohoaError:  # nothing is known to be on file: every paper is asked for
            answer = None
        with self._lock:
            self._known[dossier_id] = (now, answer)
            self._known.move_to_end(dossier_id)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return answer

    def forget(self, dossier_id: str) -> None:
        """Asks anew the next time."""
        with self._lock:
            self._known.pop(dossier_id, None)
