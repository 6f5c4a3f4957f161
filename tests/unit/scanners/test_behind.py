"""Work behind the feeder: in order, while the device goes on; what fails is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from dossiers.errors import ResourceError
from scanners.behind import BehindTheFeeder
from scanners.judgement.finding import PageJudgement
from scanners.station_delivery import Delivery
from scanners.station_feeding import FeedingStation
from tests.unit.scanners.conftest import Counter, PaperStack

PATIENCE = 60.0


@pytest.fixture
def behind() -> Iterator[BehindTheFeeder]:
    made = BehindTheFeeder(most_waiting=3)
    yield made
    made.close()


class Judge:
    """Judges the first page only once the device has been asked for the next sheet."""

    def __init__(self) -> None:
        self.asked_for_more = threading.Event()
        self.fails_at = 0

    def judge(self, page: object, sequence: int) -> PageJudgement:
        del page
        assert self.asked_for_more.wait(PATIENCE), "the device waited for a judgement"
        if sequence == self.fails_at:
            self.fails_at = 0
            raise ResourceError("SPOOL_FULL", vi="Đầy.", en="full")
        return PageJudgement()

    def expect(self, dpi: int) -> None:
        del dpi


def _station(counter: Counter, spooled: object, judge: Judge, behind: BehindTheFeeder) -> FeedingStation:
    delivery = Delivery(spooled, counter, counter.told)
    return FeedingStation(spooled, judge, delivery, counter.told, behind=behind)


def _papers(judge: Judge, sheets: int) -> PaperStack:
    papers = PaperStack(sheets)

    def content(sheet: int, side: object) -> bytes:
        if sheet == 2:
            judge.asked_for_more.set()
        return f"{sheet}{side}".encode()

    papers.content = content
    return papers


def test_the_device_takes_the_next_sheet_while_a_page_is_judged(
    counter: Counter, behind: BehindTheFeeder
) -> None:
    judge = Judge()
    with counter.spool.start(counter.plan()) as spooled:
        station = _station(counter, spooled, judge, behind)
        assert station.run(_papers(judge, 5)).pages == 10
        assert [each.sequence for each in counter.told.pages] == list(range(1, 11))
        assert station.finish()
    assert len(counter.contents()) == 10


def test_what_fails_behind_ends_the_run_and_a_resumed_session_makes_up_for_it(
    counter: Counter, behind: BehindTheFeeder
) -> None:
    judge = Judge()
    judge.fails_at = 2
    papers = _papers(judge, 5)
    with counter.spool.start(counter.plan()) as spooled:
        station = _station(counter, spooled, judge, behind)
        with pytest.raises(ResourceError):
            station.run(papers)
        assert [each.sequence for each in counter.told.pages] == [1]
        durable = len(spooled.pages())
        station.catch_up()
        papers.put_back(station.next_sheet(), 5)
        assert station.run(papers).trouble is None
        assert durable < len(spooled.pages())
        assert station.finish()
    assert len(counter.contents()) == 10


def test_more_than_a_few_pages_never_wait(behind: BehindTheFeeder) -> None:
    release, done, asked = threading.Event(), [], threading.Event()

    def first() -> None:
        release.wait(PATIENCE)
        done.append(0)

    def feed() -> None:
        behind.submit(first)
        for number in (1, 2, 3, 4):
            if number == 3:
                asked.set()
            behind.submit(lambda number=number: done.append(number))
            assert number < 3 or done[:1] == [0], "a page too many was waiting"

    feeder = threading.Thread(target=feed)
    feeder.start()
    assert asked.wait(PATIENCE)
    assert done == []
    release.set()
    feeder.join(PATIENCE)
    behind.settle()
    assert done == [0, 1, 2, 3, 4]
