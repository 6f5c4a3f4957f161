"""Kept answers, in memory."""

from __future__ import annotations

from datetime import datetime

from dossiers.idempotency import KeptAnswer
from dossiers.testing.memory_state import MemoryState


class MemoryKeptAnswers:
    """Implements ``dossiers.idempotency.KeptAnswers``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def find(self, key: str) -> KeptAnswer | None:
        """Returns what is kept under a key."""
        return self._state.kept_answers.get(key)

    def put(self, answer: KeptAnswer) -> None:
        """Keeps an answer under its key."""
        self._state.kept_answers[answer.key] = answer

    def forget(self, key: str) -> None:
        """Frees a key."""
        self._state.kept_answers.pop(key, None)

    def sweep(self, before: datetime) -> int:
        """Forgets what was reserved before a moment."""
        old = [key for key, each in self._state.kept_answers.items() if each.at < before]
        for key in old:
            del self._state.kept_answers[key]
        return len(old)
