"""Cases, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dossiers.case import Case, CaseStep, SupplementRequest
from dossiers.case_ports import Running
from dossiers.errors import StaleVersion
from dossiers.testing.memory_state import MemoryState, duplicate, not_found


class MemoryCaseRecords:
    """Implements ``dossiers.case_ports.CaseRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, case: Case) -> None:
        """Adds the case of a dossier; ``DUPLICATE`` if it has one, ``NOT_FOUND`` without a dossier."""
        if case.dossier_id not in self._state.dossiers:
            raise not_found(f"dossier {case.dossier_id}")
        if case.dossier_id in self._state.cases:
            raise duplicate("case")
        self._state.cases[case.dossier_id] = case

    def find(self, dossier_id: str) -> Case | None:
        """Returns the case of a dossier, if it has one."""
        return self._state.cases.get(dossier_id)

    def save(self, case: Case) -> None:
        """Saves over the version it carries; channel and receiving point stay as they are."""
        present = self._get(case.dossier_id)
        if present.version != case.version:
            raise StaleVersion(f"case of dossier {case.dossier_id}")
        self._state.cases[case.dossier_id] = replace(
            case,
            channel=present.channel,
            places=replace(case.places, receiving_point=present.places.receiving_point),
            version=case.version + 1,
        )

    def add_step(self, step: CaseStep) -> None:
        """Appends a step."""
        self._get(step.dossier_id)
        self._state.case_steps[len(self._state.case_steps)] = step

    def steps(self, dossier_id: str) -> Sequence[CaseStep]:
        """Steps of a case in the order of appending."""
        return tuple(each for each in self._state.case_steps.values() if each.dossier_id == dossier_id)

    def put_supplement(self, request: SupplementRequest) -> None:
        """Keeps a request in place of the one with the same number."""
        self._get(request.dossier_id)
        self._state.supplements[request.dossier_id, request.number] = request

    def supplements(self, dossier_id: str) -> Sequence[SupplementRequest]:
        """Requests of a case by number."""
        found = [each for each in self._state.supplements.values() if each.dossier_id == dossier_id]
        return tuple(sorted(found, key=lambda each: each.number))

    def opened_between(self, start: datetime, end: datetime, receiving_point: str) -> Sequence[Case]:
        """Cases of a receiving point whose dossiers were opened in the span, in the order of opening."""
        opened = (each for each in self._state.dossiers.values() if start <= each.opened_at < end)
        cases = (self._state.cases.get(each.dossier_id) for each in opened)
        return tuple(each for each in cases if each and each.places.receiving_point == receiving_point)

    def ended_between(self, start: datetime, end: datetime, receiving_point: str) -> Sequence[Case]:
        """Cases of a receiving point that ended in the span, in the order of ending."""
        ended = [
            (each.ended_at, place, each)
            for place, each in enumerate(self._of_point(receiving_point))
            if each.ended_at is not None and start <= each.ended_at < end
        ]
        return tuple(case for _, _, case in sorted(ended, key=lambda each: each[:2]))

    def steps_between(
        self, start: datetime, end: datetime, receiving_point: str, action: str
    ) -> Sequence[CaseStep]:
        """Steps with this action in cases of a receiving point in the span, in the order of appending."""
        own = {each.dossier_id for each in self._of_point(receiving_point)}
        steps = self._state.case_steps.values()
        done = (each for each in steps if each.action == action and start <= each.at < end)
        return tuple(each for each in done if each.dossier_id in own)

    def running_at(self, moment: datetime, receiving_point: str) -> Running:
        """Counts cases of a receiving point opened before a moment that had not ended then."""
        running = [
            each
            for each in self._of_point(receiving_point)
            if self._state.dossiers[each.dossier_id].opened_at < moment
            and (each.ended_at is None or each.ended_at >= moment)
        ]
        late = sum(
            each.clock.stopped_at is None and each.clock.due_at is not None and each.clock.due_at < moment
            for each in running
        )
        return Running(in_time=len(running) - late, late=late)

    def place_since(self, start: datetime, dossier_id: str) -> int:
        """The place of a case among those of its receiving point opened since a moment, from 1."""
        case = self.find(dossier_id)
        if case is None:
            return 0
        latest = max(each.opened_at for each in self._state.dossiers.values()) + timedelta(microseconds=1)
        cases = self.opened_between(start, latest, case.places.receiving_point)
        places = {each.dossier_id: place for place, each in enumerate(cases, start=1)}
        return places.get(dossier_id, 0)

    def _of_point(self, receiving_point: str) -> Sequence[Case]:
        cases = self._state.cases.values()
        return tuple(each for each in cases if each.places.receiving_point == receiving_point)

    def _get(self, dossier_id: str) -> Case:
        if dossier_id not in self._state.cases:
            raise not_found(f"case of dossier {dossier_id}")
        return self._state.cases[dossier_id]
