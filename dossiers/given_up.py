"""Steps of a dossier that were given up after all attempts: cutting it into documents, making a paper's PDF.

Rule: what is stuck is known from the facts on record, with the reason, until it is done or begun anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dossiers.events import EventKind
from dossiers.ports import UnitOfWork

#: What says that a step is no longer given up.
_OVER: Final = frozenset({EventKind.DOSSIER_FILED, EventKind.DOCUMENT_RENDERED, EventKind.TASK_RETRIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """One step.

    Attributes:
        dossier_id: the dossier, whose pages are safe.
        subject_id: the dossier where it was not cut, else the document that has no PDF.
        reason: stable code of what went wrong the last time.
    """

    dossier_id: str
    subject_id: str
    reason: str

    @property
    def is_filing(self) -> bool:
        """Whether the dossier could not be cut into documents."""
        return self.subject_id == self.dossier_id


def given_up(work: UnitOfWork, dossier_id: str) -> tuple[GivenUp, ...]:
    """What was given up in a dossier and is so still, in the order in which it happened."""
    left: dict[str, str] = {}
    for event in work.events.of_dossier(dossier_id):
        if event.kind is EventKind.TASK_ABANDONED:
            left[event.subject_id] = event.detail
        elif event.kind in _OVER:
            left.pop(event.subject_id, None)
    if not left:
        return ()
    there = {dossier_id, *(each.document_id for each in work.documents.of_dossier(dossier_id))}
    return tuple(
        GivenUp(dossier_id=dossier_id, subject_id=subject_id, reason=reason)
        for subject_id, reason in left.items()
        if subject_id in there
    )
