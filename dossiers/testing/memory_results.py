"""Results and their revocation, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.result import IssuedResult, Revocation
from dossiers.testing.memory_state import MemoryState, duplicate, not_found


class MemoryResultRecords:
    """Implements ``dossiers.case_ports.ResultRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, result: IssuedResult) -> None:
        """Adds a result; ``DUPLICATE`` if its code or number is taken, ``NOT_FOUND`` without a dossier."""
        if result.dossier_id not in self._state.dossiers:
            raise not_found(f"dossier {result.dossier_id}")
        numbers = {each.number for each in self.of_dossier(result.dossier_id)}
        if result.code in self._state.results or result.number in numbers:
            raise duplicate("result")
        self._state.results[result.code] = result

    def find(self, code: str) -> IssuedResult | None:
        """Returns the result with this code, if any."""
        return self._state.results.get(code)

    def of_dossier(self, dossier_id: str) -> Sequence[IssuedResult]:
        """Results of a dossier by number."""
        found = [each for each in self._state.results.values() if each.dossier_id == dossier_id]
        return sorted(found, key=lambda each: each.number)

    def of_dossiers(self, dossier_ids: Sequence[str]) -> Sequence[IssuedResult]:
        """Results of any number of dossiers, by dossier and number."""
        return [each for dossier_id in sorted(set(dossier_ids)) for each in self.of_dossier(dossier_id)]

    def of_document(self, document_id: str) -> Sequence[IssuedResult]:
        """Results that a document holds, in the order of recording."""
        return [each for each in self._state.results.values() if each.document_id == document_id]

    def of_documents(self, document_ids: Sequence[str]) -> Sequence[IssuedResult]:
        """Results that any of the documents holds, in the order of recording."""
        return [each for each in self._state.results.values() if each.document_id in document_ids]

    def revoke(self, code: str, revocation: Revocation) -> None:
        """Marks a result revoked."""
        found = self.find(code)
        if found is None:
            raise not_found(f"result {code}")
        self._state.results[code] = found.revoked(revocation)
