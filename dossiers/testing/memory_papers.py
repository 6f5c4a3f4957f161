"""Confirmed papers, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.confirmed import ConfirmedFact, ConfirmedPaper
from dossiers.testing.memory_state import MemoryState, duplicate, not_found


class MemoryPaperRecords:
    """Implements ``dossiers.vault_ports.PaperRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, paper: ConfirmedPaper, facts: Sequence[ConfirmedFact]) -> None:
        """Adds a paper with its values."""
        if paper.paper_id in self._state.papers:
            raise duplicate("confirmed paper")
        self._state.papers[paper.paper_id] = paper
        self._state.facts[paper.paper_id] = tuple(facts)

    def find(self, paper_id: str) -> ConfirmedPaper | None:
        """Returns the paper, if it was confirmed."""
        return self._state.papers.get(paper_id)

    def facts(self, paper_id: str) -> Sequence[ConfirmedFact]:
        """Values on a paper in the order in which they were added."""
        return self._state.facts.get(paper_id, ())

    def of_holder(self, holder_id: str) -> Sequence[ConfirmedPaper]:
        """Papers of a holder in the order of confirmation."""
        return tuple(each for each in self._state.papers.values() if each.holder_id == holder_id)

    def of_dossier(self, dossier_id: str) -> Sequence[ConfirmedPaper]:
        """Papers of a dossier in the order of confirmation."""
        return tuple(each for each in self._state.papers.values() if each.dossier_id == dossier_id)

    def disputed(self, holder_id: str) -> frozenset[str]:
        """Papers whose own number an unrevoked paper of somebody else carries too."""
        others = {
            each.claim
            for each in self._state.papers.values()
            if each.holder_id != holder_id and each.revoked_at is None and each.claim is not None
        }
        return frozenset(each.paper_id for each in self.of_holder(holder_id) if each.claim in others)

    def revoke(self, paper_id: str, at: datetime) -> None:
        """Marks a paper revoked; the first moment stands."""
        paper = self._paper(paper_id)
        if paper.revoked_at is None:
            self._state.papers[paper_id] = replace(paper, revoked_at=at)

    def move(self, paper_id: str, holder_id: str) -> None:
        """Gives a paper to another holder."""
        self._state.papers[paper_id] = replace(self._paper(paper_id), holder_id=holder_id)

    def _paper(self, paper_id: str) -> ConfirmedPaper:
        if paper_id not in self._state.papers:
            raise not_found(f"confirmed paper {paper_id}")
        return self._state.papers[paper_id]
