"""Taking back: the case stands as before, the steps stay, papers in people's hands stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dossiers.calendar_file import load_calendar
from dossiers.case import Case, Channel, Parties, Party, Places
from dossiers.case_desk import CaseDesk, CaseOpening, Doing
from dossiers.case_file import read_case_file
from dossiers.case_moves import Action, load_case_moves
from dossiers.case_order import CaseOrder, carry_out
from dossiers.case_taking_back import counted
from dossiers.catalogue import Catalogue, load_catalogue
from dossiers.deadline_rules import load_deadline_rules
from dossiers.deadlines import Deadlines
from dossiers.errors import AgainstRule, InputError, RecordError, StaleVersion
from dossiers.testing import FixedClock, MemoryRecordStore

CLERK = Doing(by="quầy 3", reason="Theo quy định")
A = Action
#: Walks through the moves; each step but those that stay is taken back on the way.
WALKS = (
    (A.ACCEPT, A.REQUEST_SUPPLEMENT, A.RECEIVE_SUPPLEMENT, A.PROCESS, A.REAPPOINT, A.FINISH),
    (A.ACCEPT, A.PROCESS, A.REQUEST_PAYMENT, A.RECEIVE_PAYMENT, A.STOP, A.CONTINUE, A.REFUSE),
    (A.REQUEST_SUPPLEMENT, A.STOP, A.WITHDRAW),
)


class Desk:
    """One case at a counter with memory records."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.records, self.clock = MemoryRecordStore(), FixedClock(datetime(2026, 11, 25, 2, 0, tzinfo=UTC))
        self.desk = CaseDesk(
            records=self.records,
            catalogue=catalogue,
            deadlines=Deadlines(calendar=load_calendar(None), rules=load_deadline_rules(None)),
            moves=load_case_moves(None),
            clock=self.clock,
        )
        opening = CaseOpening(
            intake_key="1",
            procedure="1.001193",
            variant=None,
            channel=Channel.DIRECT,
            places=Places(receiving_point="H29.119", competent_agency="H29.119"),
            parties=Parties(owner=Party(name="Nguyễn Thị Hoà", identifier="003190000001")),
        )
        self.id = self.desk.open(opening, CLERK)[0].dossier_id

    def case(self) -> Case:
        with self.records.transaction() as work:
            return read_case_file(work, self.id).case

    def do(self, action: Action, doing: Doing = CLERK) -> Case:
        self.clock.advance(60)
        if action is A.ACCEPT:
            return self.desk.move(self.id, action, doing)
        order = CaseOrder(action=action, doing=doing, items=("Giấy chứng sinh",), new_day=date(2026, 12, 10))
        return carry_out(self.desk, self.id, order)

    def undo(self, doing: Doing = CLERK) -> Case:
        return self.desk.take_back(self.id, doing)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def desk(catalogue: Catalogue) -> Desk:
    return Desk(catalogue)


@pytest.mark.parametrize("walk", WALKS, ids=["to the end", "stopped and refused", "withdrawn"])
def test_every_step_is_taken_back_to_the_case_as_it_was(desk: Desk, walk: tuple[Action, ...]) -> None:
    for action in walk:
        before = desk.case()
        done = desk.do(action)
        if action is A.ACCEPT:
            continue
        assert replace(desk.undo(), version=0) == replace(before, version=0), action
        assert replace(desk.case(), version=0) == replace(before, version=0), action
        again = desk.do(action)
        assert (again.state, again.clock.due_at) == (done.state, done.clock.due_at)


def test_steps_are_taken_back_one_by_one_and_stay_on_record(desk: Desk) -> None:
    for action in (A.ACCEPT, A.REQUEST_SUPPLEMENT, A.RECEIVE_SUPPLEMENT):
        desk.do(action)
    asked = desk.undo()
    assert asked.state == "supplement_requested"
    with desk.records.transaction() as work:
        assert [each.received_at for each in read_case_file(work, desk.id).supplements] == [None]
    assert desk.undo().state == "received"
    with desk.records.transaction() as work:
        file = read_case_file(work, desk.id)
    assert not file.supplements
    assert [each.action for each in counted(file.steps)] == ["open", "accept"]
    assert [each.action for each in file.steps][3:] == ["receive_supplement", "take_back", "take_back"]
    assert desk.do(A.REQUEST_SUPPLEMENT).supplement_requests == 1  # asked for once, as the rule wants


def test_a_receipt_a_returned_result_and_yesterday_stay(desk: Desk) -> None:
    for action in (A.ACCEPT, A.FINISH):
        desk.do(action)
        if action is A.ACCEPT:
            with pytest.raises(AgainstRule, match="NOT_TAKEN_BACK"):
                desk.undo()
    desk.do(A.RETURN)
    with pytest.raises(AgainstRule, match="NOT_TAKEN_BACK"):
        desk.undo()


def test_what_was_done_on_another_day_stays(desk: Desk) -> None:
    desk.do(A.ACCEPT)
    desk.do(A.STOP)
    desk.clock.advance(86_400)
    with pytest.raises(AgainstRule, match="NOT_TAKEN_BACK"):
        desk.undo()
    assert desk.case().state == "stopped"


def test_what_was_changed_since_it_was_seen_is_not_acted_upon(desk: Desk) -> None:
    seen = desk.do(A.ACCEPT).version
    desk.do(A.PROCESS)
    for act in (desk.undo, lambda doing: desk.do(A.STOP, doing)):
        with pytest.raises(StaleVersion):
            act(Doing(by="quầy 4", reason="x", seen=seen))
    assert desk.case().state == "processing"


def test_an_order_without_what_it_needs_changes_nothing(desk: Desk) -> None:
    before = desk.do(A.ACCEPT)
    silent = Doing(by="quầy 3")
    for action in (A.REFUSE, A.STOP, A.REAPPOINT):
        with pytest.raises(RecordError, match="NO_REASON"):
            desk.do(action, silent)
    with pytest.raises(InputError, match="BAD_VALUE"):
        carry_out(desk.desk, desk.id, CaseOrder(action=A.REAPPOINT, doing=CLERK))
    with pytest.raises(InputError, match="BAD_VALUE"):
        carry_out(desk.desk, desk.id, CaseOrder(action=A.ACCEPT, doing=CLERK))
    with pytest.raises(AgainstRule, match="NOTHING_ASKED"):
        carry_out(desk.desk, desk.id, CaseOrder(action=A.REQUEST_SUPPLEMENT, doing=CLERK, items=(" ",)))
    assert desk.case() == before
