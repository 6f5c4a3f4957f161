"""A screen never waits for a national database: what it says fills in, and is asked for once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from dossiers.procedures import DataSource, Procedure
from dossiers.reuse_desk import ReuseAnswer
from dossiers.reuse_outcome import AskSource, Granted, Outcome, Scan, Sentence, SlotOutcome
from dossiers.slot import SlotRule
from dossiers.testing import FixedClock
from reception.intake.reuse_answers import ReuseAnswers

PATIENCE = 60.0
WHY = Sentence(vi="Lý do.", en="Why.")
RULE = SlotRule(key="marriage", name="Giấy kết hôn", accepts=("giay_ket_hon",), is_required=True, policy="x")
ASK = AskSource(sources=(DataSource.CIVIL_STATUS,), papers=("giay_ket_hon",), why=WHY)
FOUND = Granted(
    source=DataSource.CIVIL_STATUS,
    origin="r1",
    paper_id=None,
    type_id="giay_ket_hon",
    page_count=1,
    until=None,
    why=WHY,
)


class Desk:
    """Asks a database that answers when it is let."""

    def __init__(self) -> None:
        self.may_answer, self.answered = threading.Event(), threading.Event()
        self.calls: list[bool] = []

    def explain_dossier(self, dossier_id: str, clerk: str, *, is_asking: bool = True) -> ReuseAnswer:
        self.calls.append(is_asking)
        if not is_asking:
            return _answer(ASK)
        assert self.may_answer.wait(PATIENCE)
        return _answer(FOUND)


def _answer(outcome: Outcome) -> ReuseAnswer:
    procedure = cast("Procedure", None)  # no screen of answers looks at it
    slot = SlotOutcome(rule=RULE, condition="", outcome=outcome)
    return ReuseAnswer(procedure=procedure, holder_id="", consents=frozenset(), slots=(slot,))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def answers(desk: Desk) -> ReuseAnswers:
    return ReuseAnswers(desk, FixedClock(datetime(2026, 11, 28, tzinfo=UTC)))  # type: ignore[arg-type]


def _outcome(answers: ReuseAnswers) -> Outcome:
    answer = answers.of("d", "Hoà")
    assert answer is not None
    return answer.slots[0].outcome


def _settle(answers: ReuseAnswers) -> None:
    answers._asking.submit(lambda: None)
    answers._asking.shutdown(wait=True)


def test_a_database_is_asked_behind_the_screen_and_once(desk: Desk, answers: ReuseAnswers) -> None:
    assert isinstance(_outcome(answers), AskSource)
    assert isinstance(_outcome(answers), AskSource)
    desk.may_answer.set()
    _settle(answers)
    assert _outcome(answers) is FOUND
    assert desk.calls == [False, True]


def test_after_a_decision_the_office_looks_anew_and_the_database_is_not_asked_again(
    desk: Desk, answers: ReuseAnswers
) -> None:
    desk.may_answer.set()
    _outcome(answers)
    _settle(answers)
    answers.forget("d")
    assert _outcome(answers) is FOUND
    assert desk.calls == [False, True, False]


def test_what_comes_after_a_change_of_consent_is_not_believed(desk: Desk, answers: ReuseAnswers) -> None:
    _outcome(answers)
    answers.forget("d", is_anew=True)
    desk.may_answer.set()
    _settle(answers)
    assert answers._known.get("d") is None


def test_a_slot_that_nobody_is_asked_for_stays_as_it_is(desk: Desk, answers: ReuseAnswers) -> None:
    scan = _answer(Scan(code="NOTHING_HELD", why=WHY))
    desk.explain_dossier = lambda *_, is_asking=True: replace(scan)  # type: ignore[method-assign]
    assert isinstance(_outcome(answers), Scan)
    assert answers._asking._work_queue.empty()
