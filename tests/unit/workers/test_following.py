"""One task after another: the next one is taken in the transaction that ends the one before."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from dossiers.errors import (
    EngineError,
    IntegrityError,
    ResourceError,
)
from dossiers.page import PageState
from tests.unit.workers.shop import Shop
from workers.doorbells import Doorbell


class Bells:
    """So many doorbells that wait; notes what became of each."""

    def __init__(self, *rung: str) -> None:
        self.waiting, self.answered = list(rung), []

    def next(self) -> Doorbell | None:
        if not self.waiting:
            return None
        task_id = self.waiting.pop()
        return Doorbell(task_id, lambda: self.answered.append(task_id), lambda: self.waiting.append(task_id))


def _transactions(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    begun, real = [0], shop.records.transaction

    def counted():
        begun[0] += 1
        return real()

    monkeypatch.setattr(shop.records, "transaction", counted)
    return begun


def test_the_next_task_is_taken_in_the_transaction_that_ends_the_one_before(monkeypatch):
    shop, bells = Shop([]), Bells("", "")
    begun = _transactions(shop, monkeypatch)
    assert shop.performer.answer("", bells.next)
    assert (shop.open_tasks(), bells.answered, bells.waiting) == (0, ["", ""], [])
    assert begun == [1 + 3 + 1], "one to take the page, one for each of three tasks, one of this test"


def test_the_start_of_the_next_task_is_counted_before_it_begins():
    shop = Shop([])
    other, starts = shop.receive_another(), []

    def look(content: bytes, *_: object) -> None:
        with shop.records.transaction() as work:
            starts.extend(row.starts for row in work.tasks._state.tasks.values() if row.owner == "me")

    read = shop.reader.read_to_keep
    shop.reader.read_to_keep = lambda *told: (look(*told), read(*told))[1]
    shop.performer.answer("", Bells("").next)
    assert starts == [1, 1]
    assert {shop.state(), shop.state_of(other)} == {PageState.READ}


def test_a_doorbell_goes_back_where_nothing_comes_of_it():
    shop, bells = Shop([EngineError("TIMEOUT", "x")]), Bells("a")
    shop.performer.answer("", bells.next)
    assert (bells.waiting, bells.answered) == (["a"], []), "the page failed"
    shop.clock.advance(60)
    bells = Bells(*"abcdefg")
    shop.performer.answer("", bells.next)
    assert (len(bells.answered), len(bells.waiting)) == (2, 5), "nothing was due any more"


def test_a_task_that_is_lost_with_the_end_of_another_is_due_again(monkeypatch):
    shop, bells = Shop([]), Bells("a")
    other = shop.receive_another()
    real = shop.records.transaction
    begun = [0]

    @contextmanager
    def second_one_fails():
        begun[0] += 1
        with real() as work:
            yield work
            if begun[0] == 2:
                raise ResourceError("STORE_UNAVAILABLE", vi="v", en="e")

    monkeypatch.setattr(shop.records, "transaction", second_one_fails)
    shop.performer.answer("", bells.next)
    assert (bells.waiting, bells.answered) == (["a"], [])
    with real() as work:
        [due] = work.tasks.due(shop.clock(), limit=9)
        assert work.pages.get(due.subject_id).dossier_id == other
        assert work.tasks.lease(due.task_id, "x", shop.clock(), shop.clock()).starts == 1


def test_what_a_task_is_about_may_be_damaged_and_its_start_is_counted_all_the_same(monkeypatch):
    shop = Shop([])

    def damaged(*_: object) -> None:
        raise IntegrityError("RECORDS_DAMAGED", vi="v", en="e")

    monkeypatch.setattr("dossiers.testing.memory_pages.MemoryPageRecords.glance", damaged)
    for _ in range(3):
        shop.work()
        shop.clock.advance(60)
    assert shop.reader.reads == 0
    assert shop.state() is PageState.QUARANTINED


def test_a_doorbell_that_another_task_answered_is_rung_again_only_if_nobody_else_will_come():
    shop = Shop([])
    shop.receive_another()
    with shop.records.transaction() as work:
        first, second = [task.task_id for task in work.tasks.due(shop.clock(), limit=9)]
        work.tasks.mark_rung([first, second], shop.clock())
    shop.performer.answer(second)  # the first page is read for it, whose own doorbell is on its way
    assert _is_rung(shop, second)
    with shop.records.transaction() as work:
        work.tasks.forget_rung([second])
        waiting = {task.task_id for task in work.tasks.due(shop.clock(), limit=9)} - {second}
        work.tasks.mark_rung(list(waiting), shop.clock())
    [filing] = waiting
    shop.performer.answer(filing)  # the second page is read for it, and nobody will come for the filing
    assert shop.reader.reads == 2
    assert not _is_rung(shop, filing)


def test_a_task_that_was_taken_is_begun_though_the_doorbell_of_another_cannot_be_forgotten(monkeypatch):
    shop = Shop([])
    other = shop.receive_another()

    def away(*_: object) -> None:
        raise ResourceError("STORE_UNAVAILABLE", vi="v", en="e")

    monkeypatch.setattr("dossiers.testing.memory_tasks.MemoryTaskRecords.forget_rung", away)
    shop.performer.answer("the doorbell of a task that is not there")
    assert {shop.state(), shop.state_of(other)} == {PageState.READ, PageState.RECEIVED}
    with shop.records.transaction() as work:
        assert all(row.owner is None for row in work.tasks._state.tasks.values()), "nothing stays taken"


def _is_rung(shop: Shop, task_id: str) -> bool:
    with shop.records.transaction() as work:
        return work.tasks._state.tasks[task_id].rung_at is not None
