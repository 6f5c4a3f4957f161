"""What is on file for the slots of open dossiers, kept while a screen asks for it again and again.

Rule: a screen never waits for a national database. What the office itself has is told at once; databases are
asked meanwhile, once, and what they say fills in. Asking is on record each time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from dossiers.errors import SohoaError
from dossiers.ports import Clock
from dossiers.reuse_desk import ReuseAnswer, ReuseDesk
from dossiers.reuse_outcome import AskSource, SlotOutcome

#: Answers that are kept, and for how long: what is on file may be revoked meanwhile.
_KEPT: Final = 200
_FRESH: Final = timedelta(minutes=10)
#: Dossiers for which databases are asked at a time.
_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of one dossier; ``national``: what databases said, by slot."""

    at: datetime
    answer: ReuseAnswer | None
    national: Mapping[str, SlotOutcome] = field(default_factory=dict)


class ReuseAnswers:
    """Answers by dossier; safe to call from several threads."""

    def __init__(self, reuse: ReuseDesk, clock: Clock) -> None:
        self._reuse = reuse
        self._clock = clock
        self._lock = threading.Lock()
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._asking = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="national")

    def of(self, dossier_id: str, clerk: str) -> ReuseAnswer | None:
        """What need not be brought; slots of which a database is being asked are still ``AskSource``.

        ``None`` where the dossier has no owner's number or no procedure.
        """
        now = self._clock()
        with self._lock:
            known = self._known.get(dossier_id)
        if known is not None and known.answer is not None and now - known.at < _FRESH:
            return known.answer
        if known is not None and known.answer is None and not known.national and now - known.at < _FRESH:
            return None
        return self._begin(dossier_id, clerk, now, known.national if known else {})

    def forget(self, dossier_id: str, *, is_anew: bool = False) -> None:
        """Looks anew the next time.

        Args:
            dossier_id: the dossier.
            is_anew: whether databases are asked anew too: what a person agrees to has changed.
        """
        with self._lock:
            known = self._known.pop(dossier_id, None)
            if known is not None and known.national and not is_anew:
                self._known[dossier_id] = replace(known, answer=None)

    def _begin(
        self, dossier_id: str, clerk: str, now: datetime, national: Mapping[str, SlotOutcome]
    ) -> ReuseAnswer | None:
        answer = self._explained(dossier_id, clerk, is_asking=False)
        if answer is not None:
            answer = replace(answer, slots=tuple(_settled(each, national) for each in answer.slots))
        self._keep(dossier_id, _Known(at=now, answer=answer, national=national))
        if answer is not None and any(isinstance(each.outcome, AskSource) for each in answer.slots):
            self._asking.submit(self._ask, dossier_id, clerk, answer)
        return answer

    def _ask(self, dossier_id: str, clerk: str, local: ReuseAnswer) -> None:
        answer = self._explained(dossier_id, clerk, is_asking=True)
        asked = {each.rule.key for each in local.slots if isinstance(each.outcome, AskSource)}
        told = answer.slots if answer is not None else ()
        national = {each.rule.key: each for each in told if each.rule.key in asked}
        with self._lock:
            is_wanted = (known := self._known.get(dossier_id)) is not None and known.answer is local
        if is_wanted:
            self._keep(dossier_id, _Known(at=self._clock(), answer=answer, national=national))

    def _explained(self, dossier_id: str, clerk: str, *, is_asking: bool) -> ReuseAnswer | None:
        try:
            return self._reuse.explain_dossier(dossier_id, clerk, is_asking=is_asking)
        except SohoaError:  # nothing is known to be on file: every paper is asked for
            return None

    def _keep(self, dossier_id: str, known: _Known) -> None:
        with self._lock:
            self._known[dossier_id] = known
            self._known.move_to_end(dossier_id)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)


def _settled(slot: SlotOutcome, national: Mapping[str, SlotOutcome]) -> SlotOutcome:
    """What a database said of it before still counts."""
    return national.get(slot.rule.key, slot) if isinstance(slot.outcome, AskSource) else slot
