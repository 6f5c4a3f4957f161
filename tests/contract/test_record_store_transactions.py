"""What every record store promises about transactions: all or nothing, one writer after the other."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from dossiers.errors import RecordError
from dossiers.events import Event, EventKind
from dossiers.page import PageState
from dossiers.ports import RecordStore
from dossiers.search import Query
from dossiers.tasks import Lease

if TYPE_CHECKING:
    from conftest import Samples

InThreads = Callable[[int, Callable[[int], None]], None]


@pytest.mark.parametrize("trouble", [ValueError, KeyboardInterrupt, SystemExit])
def test_leaving_by_an_exception_undoes_everything(
    records: RecordStore, samples: Samples, trouble: type[BaseException]
) -> None:
    with pytest.raises(trouble), records.transaction() as work:  # noqa: PT012
        samples.receive(work)
        work.dossiers.next_number("H29.119", "250701")
        work.pages.save(work.pages.get("p-d1-1").moved(PageState.READ))
        work.pages.add_reading("p-d1-1", "effect", samples.reading(), "key")
        work.search.index_page(samples.page(), "giấy khai sinh")
        name = samples.field("person_name", "Nguyễn Thị Hoà")
        work.documents.replace_proposed("d1", [samples.document(1, fields=(name,))])
        work.tasks.add(samples.task())
        work.events.append(
            Event(kind=EventKind.DOSSIER_OPENED, dossier_id="d1", subject_id="d1", at=samples.now)
        )
        raise trouble
    with records.transaction() as work:
        assert work.dossiers.by_code(samples.dossier().code) is None
        assert work.dossiers.next_number("H29.119", "250701") == 1
        assert sum(work.pages.counts().values()) == 0
        assert not work.documents.of_dossier("d1")
        assert work.tasks.open_count("d1") == 0
        assert not work.events.of_dossier("d1")
        assert not work.search.find(Query(words="giấy khai sinh"))
        assert not work.search.find(Query(person="Hoà"))


def test_a_store_goes_on_after_an_undone_transaction(records: RecordStore, samples: Samples) -> None:
    for _ in range(30):
        with pytest.raises(ValueError, match="undo"), records.transaction() as work:  # noqa: PT012
            work.dossiers.add(samples.dossier())
            raise ValueError("undo")
    with records.transaction() as work:
        work.dossiers.add(samples.dossier())
    with records.transaction() as work:
        assert work.dossiers.get("d1")


def test_a_transaction_sees_its_own_changes(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        assert len(work.pages.of_dossier("d1")) == 3
        work.search.index_page(samples.page(2), "quyết định")
        assert [hit.page_number for hit in work.search.find(Query(words="quyết"))] == [2]


def test_transactions_are_never_nested(records: RecordStore) -> None:
    with records.transaction(), pytest.raises(RecordError) as refusal, records.transaction():
        pass
    assert refusal.value.code == "NESTED_TRANSACTION"
    with records.transaction() as work:
        assert work.dossiers.next_number("a", "b") == 1


def test_numbers_have_no_gaps_and_no_doubles_under_many_threads(
    records: RecordStore, samples: Samples, in_threads: InThreads
) -> None:
    """Every other transaction fails after it took a number: that number is given again."""
    taken: list[int] = []

    def open_dossiers(thread: int) -> None:
        for turn in range(12):
            try:
                with records.transaction() as work:
                    number = work.dossiers.next_number("H29.119", "250701")
                    work.dossiers.add(samples.dossier(f"d{number}"))
                    if turn % 2:
                        raise ValueError("power cut")
            except ValueError:
                continue
            taken.append(number)

    in_threads(8, open_dossiers)
    assert sorted(taken) == list(range(1, 8 * 6 + 1))
    with records.transaction() as work:
        assert all(work.dossiers.get(f"d{number}") for number in taken)


def test_the_same_intake_in_many_threads_opens_one_dossier(
    records: RecordStore, samples: Samples, in_threads: InThreads
) -> None:
    codes: set[str] = set()

    def open_dossier(thread: int) -> None:
        with records.transaction() as work:
            known = work.dossiers.by_intake_key("intake")
            if known is None:
                known = samples.dossier(f"d{thread}", intake_key="intake")
                work.dossiers.add(known)
            codes.add(known.code)

    in_threads(8, open_dossier)
    assert len(codes) == 1


def test_of_many_threads_one_gets_the_lease(
    records: RecordStore, samples: Samples, in_threads: InThreads
) -> None:
    with records.transaction() as work:
        for number in range(10):
            work.tasks.add(samples.task(f"t{number}"))
    won: list[Lease] = []
    together = Barrier(8)

    def take(thread: int) -> None:
        for number in range(10):
            together.wait(timeout=30)
            with records.transaction() as work:
                lease = work.tasks.lease(f"t{number}", f"w{thread}", samples.now, samples.later(60))
            if lease is not None:
                won.append(lease)

    in_threads(8, take)
    assert sorted(lease.task.task_id for lease in won) == [f"t{number}" for number in range(10)]


def test_of_many_savers_of_one_version_one_wins(
    records: RecordStore, samples: Samples, in_threads: InThreads
) -> None:
    with records.transaction() as work:
        samples.receive(work)
        page = work.pages.get("p-d1-1")
    outcomes: list[str] = []

    def save(thread: int) -> None:
        try:
            with records.transaction() as work:
                work.pages.save(page.moved(PageState.READ))
            outcomes.append("saved")
        except RecordError as refusal:
            outcomes.append(refusal.code)

    in_threads(8, save)
    assert sorted(outcomes) == ["STALE_VERSION"] * 7 + ["saved"]


def test_closing_twice_is_no_error(records: RecordStore) -> None:
    records.close()
    records.close()
