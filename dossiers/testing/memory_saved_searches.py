"""Searches that clerks keep, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.saved_search import SavedSearch
from dossiers.testing.memory_state import MemoryState


class MemorySavedSearches:
    """Implements ``dossiers.review_ports.SavedSearches``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def put(self, search: SavedSearch) -> None:
        """Keeps a search in place of the one with the same owner and name."""
        self._state.saved_searches[search.owner, search.name] = search

    def of_owner(self, owner: str) -> Sequence[SavedSearch]:
        """Searches of a clerk by name."""
        own = (each for each in self._state.saved_searches.values() if each.owner == owner)
        return tuple(sorted(own, key=lambda each: each.name))

    def erase(self, owner: str, name: str) -> None:
        """Forgets a search; none is no error."""
        self._state.saved_searches.pop((owner, name), None)
