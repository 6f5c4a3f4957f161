"""Searches that clerks keep, in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from dossiers.saved_search import SavedSearch
from storage.records.desk_schema import saved_searches as _searches
from storage.records.turns import take_turn


class SqlSavedSearches:
    """Implements ``dossiers.review_ports.SavedSearches``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, search: SavedSearch) -> None:
        """Keeps a search in place of the one with the same owner and name."""
        take_turn(self._connection, "searches", search.owner)
        self.erase(search.owner, search.name)
        self._connection.execute(insert(_searches).values(asdict(search)))

    def of_owner(self, owner: str) -> Sequence[SavedSearch]:
        """Searches of a clerk by name."""
        statement = select(_searches).where(_searches.c.owner == owner)
        found = (SavedSearch(**row) for row in self._connection.execute(statement).mappings())
        return tuple(sorted(found, key=lambda each: each.name))

    def erase(self, owner: str, name: str) -> None:
        """Forgets a search; none is no error."""
        own = (_searches.c.owner == owner) & (_searches.c.name == name)
        self._connection.execute(delete(_searches).where(own))
