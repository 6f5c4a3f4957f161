"""What every record store promises to those who do much in few transactions: taking, looking, several."""

from __future__ import annotations

import contextlib
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from dossiers.errors import RecordError, SohoaError, StaleVersion
from dossiers.page import PageState
from dossiers.ports import RecordStore
from dossiers.tasks import Priority

if TYPE_CHECKING:
    from conftest import Samples


def test_the_best_task_is_taken_and_its_start_counted(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for task_id, branch, priority in (
            ("a", "H29", "batch"),
            ("b", "H29", "batch"),
            ("c", "H30", "counter"),
        ):
            work.tasks.add(samples.task(task_id, branch=branch, priority=Priority(priority)))
        work.tasks.mark_rung(["b"], samples.now)
    leases = []
    for owner in ("one", "two", "three", "four"):
        with records.transaction() as work:
            leases.append(work.tasks.take(owner, samples.now, samples.later(60)))
    took = [each and (each.task.task_id, each.starts, each.is_rung) for each in leases]
    assert took == [("c", 1, False), ("a", 1, False), ("b", 1, True), None]
    with records.transaction() as work:
        assert leases[1] is not None
        work.tasks.finish(leases[1])  # the lease is one like any other
        again = work.tasks.take("five", samples.later(61), samples.later(120))
    assert again is not None
    assert (again.task.task_id, again.starts) == ("c", 2)


def test_what_waits_for_others_is_not_taken(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(samples.task("a", branch="paused"), samples.task("b", due_at=samples.later(9)))
        work.tasks.add(samples.task("c", branch="busy"))
        work.tasks.add(samples.task("d", branch="busy", priority=Priority.COUNTER))
        work.queue.pause("paused", samples.now)
        counter = work.tasks.take("one", samples.now, samples.later(60))
        assert counter is not None
        assert counter.task.task_id == "d"
        assert work.tasks.take("two", samples.now, samples.later(60)) is None


def test_tasks_added_together_are_done_in_their_order(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        work.tasks.add(*(samples.task(task_id, branch="H29") for task_id in "zyx"))
        work.tasks.add(samples.task("a", branch="H30"), samples.task("z", branch="H29"))
        order = [task.task_id for task in work.tasks.due(samples.now, limit=9)]
    assert order == ["z", "a", "y", "x"]


def test_pages_are_saved_together_or_not_at_all(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
    with records.transaction() as work:
        work.pages.save()
        pages = work.pages.of_dossier("d1")
        work.pages.save(*(page.moved(PageState.READ) for page in pages[:2]))
    with pytest.raises(StaleVersion), records.transaction() as work:
        work.pages.save(*(page.moved(PageState.READ) for page in pages[1:]))
    with records.transaction() as work:
        states = [(page.state, page.version) for page in work.pages.of_dossier("d1")]
    assert states == [(PageState.READ, 1), (PageState.READ, 1), (PageState.RECEIVED, 0)]


def test_it_tells_which_pages_wait_and_what_was_read(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work, pages=2)
        samples.receive(work, "d2")
        work.pages.add(samples.page(0, page_id="s0", state=PageState.SET_ASIDE, index=0, revision=4))
        for text in ("old", "new"):
            work.pages.add_reading("p-d1-1", text, samples.reading(text), text)
    with records.transaction() as work:
        assert work.pages.glance("nobody") is None
        assert work.pages.glance("p-d1-1") == (samples.page(1), True)
        assert work.pages.glance("p-d1-2") == (samples.page(2), False)
        assert work.pages.is_waiting("d1")
        assert work.pages.readings("d1") == {"p-d1-1": samples.reading("new")}
        assert (work.pages.last_number("d1"), work.pages.last_number("d3")) == (2, 0)
        work.pages.save(*(page.moved(PageState.READ) for page in work.pages.of_dossier("d1")))
        assert not work.pages.is_waiting("d1")
        assert work.pages.is_waiting("d2")


def test_what_a_pdf_is_made_from_comes_in_one_look(records: RecordStore, samples: Samples) -> None:
    document = samples.document(2, 1, 3)
    with records.transaction() as work:
        samples.receive(work)
        for page, key in (("p-d1-1", "old"), ("p-d1-1", "new"), ("p-d1-2", "other")):
            work.pages.add_reading(page, key, samples.reading(), key)
        work.documents.replace_proposed("d1", [document])
    with records.transaction() as work:
        order = work.documents.render_order(document.document_id)
        assert work.documents.render_order("gone") is None
    assert order is not None
    assert (order.dossier_code, order.ordinal) == (samples.dossier().code, 2)
    assert order.sheets == ((samples.page(2), "other"), (samples.page(1), "new"))


def test_whoever_looks_holds_up_no_writer_and_sees_one_moment(records: RecordStore, samples: Samples) -> None:
    if not hasattr(records, "_looks"):
        pytest.skip("in memory one follows another")
    with records.transaction() as work:
        samples.receive(work)

    def write() -> None:
        with records.transaction() as work:
            work.pages.save(work.pages.get("p-d1-1").moved(PageState.READ))

    with records.look() as seen:
        assert seen.pages.is_waiting("d1")
        writer = Thread(target=write)
        writer.start()
        writer.join(20)
        assert not writer.is_alive()
        assert [page.version for page in seen.pages.of_dossier("d1")] == [0, 0, 0]
    with records.look() as seen:
        assert seen.pages.get("p-d1-1").state is PageState.READ


def test_nothing_is_changed_by_looking(records: RecordStore, samples: Samples) -> None:
    with contextlib.suppress(SohoaError), records.look() as seen:
        seen.dossiers.add(samples.dossier())
    with records.look() as seen:
        assert seen.dossiers.by_code(samples.dossier().code) is None
    with records.transaction() as work:
        work.dossiers.add(samples.dossier())


def test_a_look_is_no_part_of_another_transaction(records: RecordStore) -> None:
    for outer in (records.transaction, records.look):
        for inner in (records.transaction, records.look):
            with outer(), pytest.raises(RecordError) as refusal, inner():
                pass
            assert refusal.value.code == "NESTED_TRANSACTION"
