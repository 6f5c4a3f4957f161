"""National databases in memory: each answers as it is told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dossiers.national import NationalAnswer, NationalQuestion, NationalStatus
from dossiers.procedures import DataSource


@dataclass(slots=True, kw_only=True)
class MemoryRegister:
    """Implements ``dossiers.national.NationalRegister``.

    Attributes:
        answers: what each database answers to everybody; one that is not named cannot be reached.
        asked: the questions that were put, in order.
    """

    answers: Mapping[DataSource, NationalAnswer] = field(default_factory=dict)
    asked: list[NationalQuestion] = field(default_factory=list)

    def look_up(self, question: NationalQuestion) -> NationalAnswer:
        """Answers as told and notes the question."""
        self.asked.append(question)
        down = NationalAnswer(
            source=question.source, status=NationalStatus.UNREACHABLE, adapter="memory/1", cause="TIMEOUT"
        )
        return self.answers.get(question.source, down)
