"""What the interface answers about a case: plain values, keys are added to and never renamed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.case import CaseStep, SupplementRequest
from dossiers.case_moves import Action
from dossiers.case_standing import CaseStanding
from reception.cases.ports import PrintedForm


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveView:
    """What may be done now, and the state that the case has afterwards."""

    action: Action
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStepView:
    """One step; ``take_back`` says that the step before it was undone."""

    action: str
    state: str
    at: datetime
    by: str
    reason: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementView:
    """Papers that were asked for."""

    number: int
    items: list[str]
    reason: str
    requested_at: datetime
    received_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Where a case stands.

    ``state_name`` is Vietnamese; ``standing``: how it stands to its term; ``answer_due_at``: by when the
    person is told whether the papers suffice; ``apology_due``: by when an apology should go out; ``undo``:
    the action that may be taken back, empty for none; ``version`` may be sent with what is done, as ``seen``.
    """

    dossier: str
    state: str
    state_name: str
    channel: str
    receiving_point: str
    competent_agency: str
    support_point: str
    received_at: datetime | None
    counts_from: date | None
    due_at: datetime | None
    stopped_at: datetime | None
    ended_at: datetime | None
    standing: str
    answer_due_at: datetime | None
    apology_due: date | None
    moves: list[MoveView]
    undo: str
    version: int
    steps: list[CaseStepView]
    supplements: list[SupplementView]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form that was printed: fetch it under its ``key``.

    ``conflicts``: names on which confirmed papers disagree, left empty; for a declaration only.
    """

    form: str
    key: str
    conflicts: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedView:
    """Where the case stands after what was done, and the form that goes out, if there is one."""

    case: CaseView
    form: FormView | None


def case_view(seen: CaseStanding) -> CaseView:
    """A case."""
    file, case = seen.file, seen.file.case
    return CaseView(
        dossier=file.dossier.code,
        state=case.state,
        state_name=seen.state.vi,
        channel=case.channel.value,
        receiving_point=case.places.receiving_point,
        competent_agency=case.places.competent_agency,
        support_point=case.places.support_point,
        received_at=case.clock.received_at,
        counts_from=case.clock.counts_from,
        due_at=case.clock.due_at,
        stopped_at=case.clock.stopped_at,
        ended_at=case.ended_at,
        standing=seen.standing.value,
        answer_due_at=seen.answer_due_at,
        apology_due=seen.apology_due,
        moves=[MoveView(action=each.action, state=each.to_state or case.state) for each in seen.moves],
        undo=seen.undo,
        version=case.version,
        steps=[_step(each) for each in file.steps],
        supplements=[_supplement(each) for each in file.supplements],
    )


def form_view(printed: PrintedForm) -> FormView:
    """A printed form."""
    return FormView(form=printed.form, key=printed.key, conflicts=list(printed.conflicts))


def _step(step: CaseStep) -> CaseStepView:
    return CaseStepView(
        action=step.action,
        state=step.to_state,
        at=step.at,
        by=step.by,
        reason=step.reason,
        due_at=step.due_at,
    )


def _supplement(request: SupplementRequest) -> SupplementView:
    return SupplementView(
        number=request.number,
        items=list(request.items),
        reason=request.reason,
        requested_at=request.requested_at,
        received_at=request.received_at,
    )
