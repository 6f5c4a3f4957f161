"""Audit facts, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.events import Event
from dossiers.testing.memory_state import MemoryState
from dossiers.testing.memory_webhooks import tell_webhooks


class MemoryEventLog:
    """Implements ``dossiers.ports.EventLog``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def append(self, event: Event) -> None:
        """Appends a fact, and makes a call due for every address that is told of it."""
        self._state.events[len(self._state.events)] = event
        tell_webhooks(self._state, event, len(self._state.events))

    def of_dossier(self, dossier_id: str) -> Sequence[Event]:
        """Facts of a dossier in the order of appending."""
        return tuple(event for event in self._state.events.values() if event.dossier_id == dossier_id)
