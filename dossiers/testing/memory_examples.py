"""Training examples, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.citizens import number_of
from dossiers.testing.memory_state import MemoryState, not_found
from dossiers.training_example import TrainingExample


class MemoryTrainingExamples:
    """Implements ``dossiers.ports.TrainingExamples``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def put(self, example: TrainingExample) -> None:
        """Keeps an example in place of an earlier one of the same page."""
        page = self._state.pages.get(example.page_id)
        if page is None or page.dossier_id != example.dossier_id:
            raise not_found(f"page {example.page_id}")
        self._state.examples[example.page_id] = example

    def all(self) -> Sequence[TrainingExample]:
        """Every example, in the order in which pages were first put."""
        return tuple(self._state.examples.values())

    def erase_dossier(self, dossier_id: str) -> int:
        """Erases those of a dossier; returns how many there were."""
        return self._erase({dossier_id})

    def erase_person(self, citizen_number: str) -> int:
        """Erases those of the dossiers of a person or naming the person; returns how many there were."""
        asked = number_of(citizen_number)
        if asked is None:
            return 0
        own = {d.dossier_id for d in self._state.dossiers.values() if number_of(d.citizen_number) == asked}
        named = {
            document.dossier_id
            for document in self._state.documents.values()
            if any(number_of(value.value) == asked for value in document.fields)
        }
        return self._erase(own | named)

    def _erase(self, dossier_ids: set[str]) -> int:
        gone = [key for key, each in self._state.examples.items() if each.dossier_id in dossier_ids]
        for key in gone:
            del self._state.examples[key]
        return len(gone)
