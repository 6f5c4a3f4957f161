"""Work behind the feeder: in order, while the device goes on; what fails is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from dossiers.errors import ResourceError
from scanners.behind import BehindTheFeeder
from scanners.driver import Side
from scanners.judgement.finding import Finding, PageJudgement
from scanners.judgement.note import judgement_to_text
from scanners.separators.meaning import Meaning, Starts
from scanners.separators.verdict import SheetVerdict
from scanners.session import ArrivedPage
from scanners.station_batch import BatchDelivery
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
        self.findings: tuple[Finding, ...] = ()

    def judge(self, page: object, sequence: int) -> PageJudgement:
        del page
        assert self.asked_for_more.wait(PATIENCE), "the device waited for a judgement"
        if sequence == self.fails_at:
            self.fails_at = 0
            raise ResourceError("SPOOL_FULL", vi="Đầy.", en="full")
        return PageJudgement(findings=self.findings)

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


def test_a_page_that_arrived_meanwhile_is_judged_before_it_is_handed_on(
    counter: Counter, behind: BehindTheFeeder
) -> None:
    """The device is a sheet ahead: what it gave by now is no more than durable."""
    judge = Judge()
    judge.findings = (Finding.ASKEW,)
    with counter.spool.start(counter.plan()) as spooled:
        station = _station(counter, spooled, judge, behind)
        station.run(_papers(judge, 3))
        assert station.finish()
    with counter.records.transaction() as work:
        dossier = work.dossiers.by_intake_key("scan:s1")
        assert dossier is not None
        flags = [file.flags for file in work.dossiers.files(dossier.dossier_id)]
    assert flags == [("ASKEW",)] * 6


def test_a_dossier_with_a_page_that_is_not_judged_yet_is_not_complete(counter: Counter) -> None:
    """A sheet of an earlier dossier was fed again: it may be the separator by now."""
    cut = PageJudgement(sheet=SheetVerdict(meaning=Meaning(starts=Starts.DOSSIER)))
    with counter.spool.start(counter.plan(is_batch=True)) as spooled:
        delivery = BatchDelivery(spooled, counter, counter.told)

        def arrives(sheet: int, judgement: PageJudgement | None, replaces: int | None = None) -> ArrivedPage:
            page = spooled.append(
                f"{len(spooled.pages())}".encode(),
                sheet=sheet,
                side=Side.FRONT,
                name=f"{sheet}.png",
                dpi=300,
                replaces=replaces,
            )
            if judgement is not None:
                spooled.note(page, judgement_to_text(judgement))
            return page

        def sent() -> int:
            for _ in range(10):  # it looks every tenth time
                delivery.deliver(is_ended=False)
            return sum(spooled.sent(page) is not None for page in spooled.pages())

        arrives(1, cut)
        arrives(2, PageJudgement())
        arrives(3, cut)
        arrives(4, PageJudgement())
        again = arrives(2, None, replaces=2)
        assert sent() == 0
        spooled.note(again, judgement_to_text(PageJudgement()))
        assert sent() == 3
