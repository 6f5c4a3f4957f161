"""Everything about one case in one look: what forms, lists and screens are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossiers.case import Case, CaseStep, SupplementRequest
from dossiers.case_rules import no_case
from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.page import PageState
from dossiers.ports import UnitOfWork
from dossiers.result import IssuedResult
from dossiers.settling import reused_slots
from dossiers.slot import Slot, missing, other_papers


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case with all that belongs to it, as one transaction saw it.

    Attributes:
        supplements: requests that were made and not taken back.
        reused: by slot key, from where a component is taken that the citizen is not asked for.
        page_count: pages received.
        waiting_count: of these, pages that nobody has read yet.
    """

    dossier: Dossier
    case: Case
    steps: Sequence[CaseStep]
    supplements: Sequence[SupplementRequest]
    results: Sequence[IssuedResult]
    slots: Sequence[Slot]
    documents: Sequence[Document]
    reused: Mapping[str, str]
    page_count: int
    waiting_count: int

    @property
    def missing(self) -> tuple[Slot, ...]:
        """Required components that nothing fills and no reuse settles; none while pages wait to be read."""
        if self.waiting_count:
            return ()
        return tuple(slot for slot in missing(self.slots) if slot.rule.key not in self.reused)

    @property
    def others(self) -> tuple[Document, ...]:
        """Documents that fill no slot."""
        return other_papers(self.slots, self.documents)

    @property
    def not_digitized(self) -> tuple[Slot, ...]:
        """Components not to be digitized, each with its policy: exceptions of the coverage report."""
        return tuple(each for each in self.slots if each.rule.policy != "digitize")


def read_case_file(work: UnitOfWork, dossier_id: str) -> CaseFile:
    """Reads a case with all that belongs to it.

    Raises:
        RecordError: NOT_FOUND, no such dossier; NO_CASE.
    """
    dossier = work.dossiers.get(dossier_id)
    case = work.cases.find(dossier_id)
    if case is None:
        raise no_case(dossier_id)
    states = [page.state for page in work.pages.of_dossier(dossier_id)]
    return CaseFile(
        dossier=dossier,
        case=case,
        steps=work.cases.steps(dossier_id),
        supplements=[
            each for each in work.cases.supplements(dossier_id) if each.number <= case.supplement_requests
        ],
        results=work.results.of_dossier(dossier_id),
        slots=work.dossiers.slots(dossier_id),
        documents=work.documents.of_dossier(dossier_id),
        reused=reused_slots(work, dossier_id),
        page_count=len(states),
        waiting_count=sum(each is PageState.RECEIVED for each in states),
    )
