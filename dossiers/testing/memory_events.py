"""Audit facts, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.events import Event
from dossiers.testing.memory_state import MemoryState


class MemoryEventLog:
    """Implements ``dossiers.ports.EventLog``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def append(self, event: Event) -> None:
        """Appends a fact."""
        self._state.events[len(self._state.events)] = event

    def of_dossier(self, dossier_id: str) -> Sequence[Event]:
        """Facts of a dossier in the order of appending."""
        return tuple(event for event in self._state.events.values() if event.dossier_id == dossier_id)
