"""What the counter does with a case: open it, take it in, ask for papers, put off, end it.

Rule: every use case is one transaction that changes the case, appends the step and notes the audit fact; what
a rule forbids changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from dossiers.case import (
    Case,
    CaseClock,
    CaseStep,
    Channel,
    IdentifierKind,
    Parties,
    Places,
    SupplementRequest,
)
from dossiers.case_moves import Action, CaseMoves, ClockEffect, Move
from dossiers.case_rules import (
    against_one_reappointment,
    against_one_request,
    check_new_day,
    check_reception,
    no_case,
)
from dossiers.case_taking_back import TAKE_BACK, before_last, check_taking_back
from dossiers.catalogue import Catalogue
from dossiers.codes.agency_code import AgencyCode
from dossiers.deadline_rules import Term, TermUnit
from dossiers.deadlines import Deadlines
from dossiers.dossier import Dossier
from dossiers.errors import StaleVersion
from dossiers.events import Event, EventKind
from dossiers.local_time import day_in_vietnam
from dossiers.opening import Opening, open_dossier
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.procedures import Procedure
from dossiers.slot import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpening:
    """What a case is opened with.

    Attributes:
        intake_key: what makes opening it twice the same opening; a hash.
        procedure: code of the procedure, as typed.
        variant: variant of the procedure; ``None`` where the plain or only one is meant.
        channel: how it came.
        places: the agencies; the receiving point heads the code.
        parties: the people.
        title: what people call the dossier; empty for the name of the procedure.
    """

    intake_key: str
    procedure: str
    variant: str | None
    channel: Channel
    places: Places
    parties: Parties
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Who does something to a case, and why.

    Attributes:
        by: as the office names them.
        reason: in Vietnamese; may be empty.
        seen: version of the case that was looked at; what was saved since is not acted upon. ``None``: any.
    """

    by: str
    reason: str = ""
    seen: int | None = None


class CaseDesk:
    """The use cases; safe to call from several threads and processes."""

    def __init__(
        self,
        *,
        records: RecordStore,
        catalogue: Catalogue,
        deadlines: Deadlines,
        moves: CaseMoves,
        clock: Clock,
    ) -> None:
        self._records = records
        self._catalogue = catalogue
        self._deadlines = deadlines
        self._moves = moves
        self._clock = clock

    def open(self, opening: CaseOpening, doing: Doing) -> tuple[Dossier, Case]:
        """Opens a dossier with its case and checklist, or returns the one opened with the same key.

        Raises:
            InputError: a code is malformed.
            RecordError: PROCEDURE_UNKNOWN, PROCEDURE_AMBIGUOUS.
            AgainstRule: NOT_RECEIVED_HERE, the procedure is received by its own agency only.
        """
        now = self._clock()
        procedure = self._procedure(
            opening.procedure, day_in_vietnam(now), opening.places.competent_agency, opening.variant
        )
        check_reception(procedure, opening.places)
        with self._records.transaction() as work:
            dossier = open_dossier(work, _dossier_opening(opening, procedure), now)
            known = work.cases.find(dossier.dossier_id)
            if known is not None:
                return dossier, known
            case = Case(
                dossier_id=dossier.dossier_id,
                variant=procedure.variant,
                channel=opening.channel,
                places=opening.places,
                parties=opening.parties,
                state=self._moves.first,
            )
            work.cases.add(case)
            work.dossiers.set_slots(
                dossier.dossier_id, [Slot(rule=each, document_id=None) for each in procedure.slot_rules]
            )
            _append(
                work,
                CaseStep(
                    action="open",
                    from_state="",
                    to_state=case.state,
                    at=now,
                    dossier_id=case.dossier_id,
                    by=doing.by,
                    reason=doing.reason,
                ),
            )
            return dossier, case

    def move(self, dossier_id: str, action: Action, doing: Doing) -> Case:
        """Does a thing that needs no more than a reason.

        Raises:
            RecordError: NO_CASE.
            StaleVersion: it was changed since it was looked at; so below.
            IllegalMove: it may not be done now.
        """
        with self._records.transaction() as work:
            return self._moved(work, self._case(work, dossier_id, doing), action, doing)

    def request_supplement(self, dossier_id: str, items: Sequence[str], doing: Doing) -> Case:
        """Asks for papers, once and for all of them; the clock stands still until they come.

        Raises:
            RecordError: NO_CASE.
            IllegalMove: not in this state.
            AgainstRule: SUPPLEMENT_ASKED_BEFORE, NOTHING_ASKED.
        """
        with self._records.transaction() as work:
            case = self._case(work, dossier_id, doing)
            self._moves.move(dossier_id, case.state, Action.REQUEST_SUPPLEMENT)
            against_one_request(case, items, self._deadlines.rules.most_supplement_requests)
            number = case.supplement_requests + 1
            work_case = replace(case, supplement_requests=number)
            moved = self._moved(work, work_case, Action.REQUEST_SUPPLEMENT, doing)
            work.cases.put_supplement(
                SupplementRequest(
                    dossier_id=dossier_id,
                    number=number,
                    items=tuple(items),
                    reason=doing.reason,
                    requested_at=self._clock(),
                )
            )
            return moved

    def receive_supplement(self, dossier_id: str, doing: Doing) -> Case:
        """Notes that the papers asked for came; the term counts anew, the code stays.

        Raises:
            RecordError: NO_CASE.
            IllegalMove: nothing was asked for.
        """
        with self._records.transaction() as work:
            moved = self._moved(work, self._case(work, dossier_id, doing), Action.RECEIVE_SUPPLEMENT, doing)
            for request in work.cases.supplements(dossier_id):
                if request.received_at is None and request.number <= moved.supplement_requests:
                    work.cases.put_supplement(replace(request, received_at=self._clock()))
            return moved

    def reappoint(self, dossier_id: str, new_day: date, doing: Doing) -> Case:
        """Puts off the return with an apology, once.

        Raises:
            RecordError: NO_CASE.
            IllegalMove: not in this state.
            AgainstRule: REAPPOINTED_BEFORE, BAD_NEW_DAY.
        """
        with self._records.transaction() as work:
            case = self._case(work, dossier_id, doing)
            self._moves.move(dossier_id, case.state, Action.REAPPOINT)
            against_one_reappointment(case, self._deadlines.rules.most_reappointments)
            check_new_day(case, new_day, self._deadlines.calendar)
            due_at = self._deadlines.calendar.end_of(new_day)
            put_off = replace(
                case, reappointments=case.reappointments + 1, clock=replace(case.clock, due_at=due_at)
            )
            return self._moved(work, put_off, Action.REAPPOINT, doing)

    def take_back(self, dossier_id: str, doing: Doing) -> Case:
        """Takes back what was done last, by whoever did it; the step stays, one more says that it is undone.

        Raises:
            RecordError: NO_CASE.
            AgainstRule: NOT_TAKEN_BACK, nothing was done today, or a paper is in the hands of the person.
        """
        now = self._clock()
        with self._records.transaction() as work:
            case = self._case(work, dossier_id, doing)
            steps = work.cases.steps(dossier_id)
            last = check_taking_back(steps, now)
            former = before_last(case, steps, self._moves, self._deadlines)
            work.cases.save(former)
            if last.action == Action.RECEIVE_SUPPLEMENT:
                _ask_again(work, former)
            _append(
                work,
                CaseStep(
                    action=TAKE_BACK,
                    from_state=case.state,
                    to_state=former.state,
                    at=now,
                    dossier_id=dossier_id,
                    by=doing.by,
                    reason=doing.reason,
                    due_at=former.clock.due_at,
                ),
            )
            return replace(former, version=case.version + 1)

    def term(self, work: UnitOfWork, case: Case) -> Term | None:
        """The term of a case as the catalogue gave it on the day of opening; ``None`` where unknown."""
        dossier = work.dossiers.get(case.dossier_id)
        if dossier.procedure_code is None:
            return None
        day = day_in_vietnam(dossier.opened_at)
        procedure = self._procedure(dossier.procedure_code, day, case.places.competent_agency, case.variant)
        days = procedure.time.working_days
        return None if days is None else Term(amount=days, unit=TermUnit.WORKING_DAYS)

    def _procedure(self, code: str, day: date, agency: str, variant: str | None) -> Procedure:
        return self._catalogue.get(code, day, AgencyCode.parse(agency), variant)

    def _case(self, work: UnitOfWork, dossier_id: str, doing: Doing) -> Case:
        case = work.cases.find(dossier_id)
        if case is None:
            raise no_case(dossier_id)
        if doing.seen not in (None, case.version):
            raise StaleVersion(f"case of dossier {dossier_id}")
        return case

    def _moved(self, work: UnitOfWork, case: Case, action: Action, doing: Doing) -> Case:
        move = self._moves.move(case.dossier_id, case.state, action)
        now = self._clock()
        moved = replace(
            case,
            state=move.to_state or case.state,
            clock=self._ticked(work, case, move, now),
            ended_at=now if move.clock is ClockEffect.END else case.ended_at,
        )
        work.cases.save(moved)
        _append(
            work,
            CaseStep(
                action=action.value,
                from_state=case.state,
                to_state=moved.state,
                at=now,
                dossier_id=case.dossier_id,
                by=doing.by,
                reason=doing.reason,
                due_at=moved.clock.due_at,
            ),
        )
        return replace(moved, version=case.version + 1)

    def _ticked(self, work: UnitOfWork, case: Case, move: Move, now: datetime) -> CaseClock:
        clock = case.clock
        if move.clock in (ClockEffect.START, ClockEffect.RESTART):
            term = self.term(work, case)
            due = self._deadlines.due(now, term) if term else None
            counts_from = self._deadlines.counts_from(now)
            return CaseClock(received_at=now, counts_from=counts_from, due_at=due.due_at if due else None)
        if move.clock is ClockEffect.STOP and clock.stopped_at is None:
            return replace(clock, stopped_at=now)
        if move.clock is ClockEffect.RESUME and clock.stopped_at is not None:
            due_at = clock.due_at
            if due_at is not None:
                due_at = self._deadlines.resumed(due_at, stopped_at=clock.stopped_at, resumed_at=now)
            return replace(clock, due_at=due_at, stopped_at=None)
        return clock


def _dossier_opening(opening: CaseOpening, procedure: Procedure) -> Opening:
    owner = opening.parties.owner
    is_person = owner.kind is IdentifierKind.PERSONAL_NUMBER and owner.identifier
    return Opening(
        agency=opening.places.receiving_point,
        intake_key=opening.intake_key,
        procedure_code=procedure.number,
        citizen_number=owner.identifier if is_person else None,
        title=opening.title or procedure.name or procedure.number,
    )


def _ask_again(work: UnitOfWork, case: Case) -> None:
    """The papers of the last request have not come after all."""
    for request in work.cases.supplements(case.dossier_id):
        if request.number == case.supplement_requests:
            work.cases.put_supplement(replace(request, received_at=None))


def _append(work: UnitOfWork, step: CaseStep) -> None:
    work.cases.add_step(step)
    kind = EventKind.CASE_MOVED if step.from_state else EventKind.CASE_OPENED
    fact = Event(
        kind=kind, dossier_id=step.dossier_id, subject_id=step.dossier_id, at=step.at, detail=step.action
    )
    work.events.append(fact)
