"""Decisions on reuse, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dossiers.reuse_decision import ReuseDecision
from dossiers.testing.memory_state import MemoryState


class MemoryDecisionRecords:
    """Implements ``dossiers.vault_ports.DecisionRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def put(self, decision: ReuseDecision) -> None:
        """Keeps a decision; it counts in place of earlier ones for the slot."""
        self._state.decisions[len(self._state.decisions)] = decision

    def of_dossier(self, dossier_id: str) -> Sequence[ReuseDecision]:
        """Decisions that count in a dossier, one a slot, in the order of their first decision."""
        return tuple(each for each in self._counting() if each.dossier_id == dossier_id)

    def saved_in(self, start: datetime, end: datetime) -> Mapping[str, frozenset[str]]:
        """Keys of the slots that reuse settled in dossiers opened in the period, by dossier."""
        found: dict[str, frozenset[str]] = {}
        for each in self._counting():
            if each.is_saved and start <= self._state.dossiers[each.dossier_id].opened_at < end:
                found[each.dossier_id] = found.get(each.dossier_id, frozenset()) | {each.slot_key}
        return found

    def between(self, start: datetime, end: datetime) -> Sequence[ReuseDecision]:
        """Decisions that count and were made in the period, oldest first."""
        found = [each for each in self._counting() if start <= each.at < end]
        return tuple(sorted(found, key=lambda each: each.at))

    def _counting(self) -> Sequence[ReuseDecision]:
        latest: dict[tuple[str, str], ReuseDecision] = {}
        for decision in self._state.decisions.values():
            latest[decision.dossier_id, decision.slot_key] = decision
        return tuple(latest.values())
