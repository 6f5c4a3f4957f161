"""Finding archived files again: by procedure code first, and by everything else that is known of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dossiers.errors import InputCode, InputError
from dossiers.ports import RecordStore
from dossiers.search import Hit, Query

#: Returns a code with every code that it replaced or that replaced it, itself first.
Related = Callable[[str], Sequence[str]]


class Retrieval:
    """The use case of retrieving; reads only."""

    def __init__(
        self, *, records: RecordStore, related: Related, related_agencies: Related = lambda code: (code,)
    ) -> None:
        self._records = records
        self._related = related
        self._related_agencies = related_agencies

    def find(self, query: Query) -> tuple[Hit, ...]:
        """Answers a query; a procedure code also finds dossiers filed under its older and newer codes.

        Raises:
            InputError: ``BAD_QUERY``, nothing was asked.
        """
        if query.is_empty:
            raise InputError(InputCode.BAD_QUERY)
        with self._records.transaction() as work:
            return tuple(work.search.find(query))

    def codes(self, procedure_code: str) -> tuple[str, ...]:
        """Returns the codes under which dossiers of a procedure may be filed."""
        return tuple(self._related(procedure_code))

    def agencies(self, agency_code: str) -> tuple[str, ...]:
        """Returns the identifiers under which dossiers of an agency were issued: before and after it too."""
        return tuple(self._related_agencies(agency_code))
