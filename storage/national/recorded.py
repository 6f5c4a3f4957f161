"""The recorded double of the national databases: the default, and what tests and training run against."""

from __future__ import annotations

from dossiers.national import NOT_CONNECTED, NationalAnswer, NationalQuestion, NationalStatus
from storage.national.recordings import ADAPTER, Recordings, answer_for


class RecordedRegister:
    """Implements ``dossiers.national.NationalRegister`` from recordings.

    A person who is not recorded is not answered with "not found", for no database has said so: the answer
    is unreachable, not connected.
    """

    def __init__(self, recordings: Recordings) -> None:
        self._recordings = recordings

    def look_up(self, question: NationalQuestion) -> NationalAnswer:
        """Answers from the recordings."""
        recorded = answer_for(self._recordings, question.source, question.number, question.papers)
        if recorded is not None:
            return recorded
        return NationalAnswer(
            source=question.source,
            status=NationalStatus.UNREACHABLE,
            adapter=ADAPTER,
            cause=NOT_CONNECTED,
        )
