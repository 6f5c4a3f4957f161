"""What clerks did to the pages of dossiers, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossiers.arranging_step import ArrangingStep
from dossiers.testing.memory_state import MemoryState, duplicate, not_found


class MemoryArrangingRecords:
    """Implements ``dossiers.ports.ArrangingRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, step: ArrangingStep) -> None:
        """Adds a step; ``DUPLICATE`` if its id is taken."""
        if step.dossier_id not in self._state.dossiers:
            raise not_found(f"dossier {step.dossier_id}")
        if step.step_id in self._state.arrangings:
            raise duplicate("step")
        self._state.arrangings[step.step_id] = step

    def of_dossier(self, dossier_id: str) -> Sequence[ArrangingStep]:
        """Steps of a dossier in the order of adding."""
        return tuple(each for each in self._state.arrangings.values() if each.dossier_id == dossier_id)

    def mark_undone(self, step_id: str, by: str) -> None:
        """Notes who undid a step; ``NOT_FOUND`` where there is none."""
        if step_id not in self._state.arrangings:
            raise not_found(f"step {step_id}")
        self._state.arrangings[step_id] = replace(self._state.arrangings[step_id], undone_by=by)
