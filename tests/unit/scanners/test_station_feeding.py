"""The station at work: nothing lost, nothing doubled, in order, whatever the device or the centre does."""

from __future__ import annotations

import pytest

from dossiers.errors import DeviceCode, RecordError, ResourceError
from dossiers.page import PageState
from scanners.driver import Side
from scanners.settings import ScanSettings, Source

SIDES = (Side.FRONT, Side.BACK)


def expected(sheets: int) -> list[bytes]:
    return [f"{sheet}{side.value}".encode() for sheet in range(1, sheets + 1) for side in SIDES]


def test_a_duplex_stack_arrives_whole_and_in_order(counter, stack):
    with counter.spool.start(counter.plan(declared_sheets=5)) as spooled:
        station = counter.station(spooled)
        run = station.run(stack(5))
        assert (run.pages, run.trouble, run.put_back) == (10, None, 6)
        assert station.count().difference == 0
        assert station.finish()
    assert counter.contents() == expected(5)
    assert counter.spool.session_ids() == []


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("sheet", range(1, 6))
def test_a_jam_keeps_the_good_pages_and_names_the_sheet_to_put_back(counter, stack, sheet, side):
    papers = stack(5, {(sheet, side): DeviceCode.JAM})
    with counter.spool.start(counter.plan()) as spooled:
        station = counter.station(spooled)
        run = station.run(papers)
        assert run.trouble.reason is DeviceCode.JAM
        assert run.put_back == sheet
        papers.put_back(run.put_back, 5)
        assert station.run(papers).trouble is None
        assert station.finish()
    assert counter.contents() == expected(5)
    with counter.records.transaction() as work:
        dossier = work.dossiers.by_intake_key("scan:s1")
        replaced = work.pages.replaced(dossier.dossier_id)
    assert len(replaced) == (1 if side is Side.BACK else 0)


def test_sheets_that_look_the_same_to_the_last_bit_are_all_kept(counter, stack):
    papers = stack(4)
    papers.content = lambda sheet, side: b"blank"
    with counter.spool.start(counter.plan()) as spooled:
        station = counter.station(spooled)
        station.run(papers)
        station.finish()
    assert counter.contents() == [b"blank"] * 8


def test_a_page_is_durable_before_the_next_sheet_is_asked_for(counter, stack):
    papers, seen = stack(3), []
    with counter.spool.start(counter.plan()) as spooled:
        papers.content = lambda sheet, side: seen.append(len(list(spooled._folder.glob("*.[ps]*")))) or b"x"
        counter.is_away = True
        counter.station(spooled).run(papers)
    present_before = [count - 1 for count in seen]  # session.json matches the pattern too
    assert present_before == sorted(present_before)
    assert len(set(present_before)) == 6


def test_a_centre_that_is_away_is_told_once_and_gets_everything_later(counter, stack):
    counter.is_away = True
    with counter.spool.start(counter.plan()) as spooled:
        station = counter.station(spooled)
        assert station.run(stack(20)).pages == 40
        assert not station.finish()
        with pytest.raises(RecordError):
            spooled.remove()
    assert counter.told.away == [1]
    counter.is_away = False
    with counter.spool.open("s1") as spooled:
        assert spooled.is_ended
        assert counter.station(spooled).finish()
    assert counter.contents() == expected(20)


def test_a_centre_that_comes_and_goes_gets_every_page_once(counter, stack):
    papers = stack(30)
    flips = iter([True, False, True, False] * 100)
    plain = papers.content

    def content(sheet, side):
        if sheet % 3 == 0:
            counter.is_away = next(flips)
        return plain(sheet, side)

    papers.content = content
    with counter.spool.start(counter.plan()) as spooled:
        station = counter.station(spooled)
        station.run(papers)
        counter.is_away = False
        assert station.finish()
    assert counter.contents() == expected(30)


def test_one_sheet_scanned_anew_takes_the_place_of_the_old_one(counter, stack):
    papers = stack(3)
    with counter.spool.start(counter.plan()) as spooled:
        station = counter.station(spooled)
        station.run(papers)
        papers.put_back(7, 9)  # three sheets lie in the feeder: one is taken
        run = station.run(papers, only_sheet=2)
        assert run.pages == 2
        assert station.finish()
    wanted = expected(3)
    wanted[2:4] = [b"7front", b"7back"]
    assert counter.contents() == wanted
    with counter.records.transaction() as work:
        dossier = work.dossiers.by_intake_key("scan:s1")
        old = work.pages.replaced(dossier.dossier_id)
    assert [counter.originals.get(page.original_key) for page in old] == [b"2front", b"2back"]
    assert {page.state for page in old} == {PageState.REPLACED}


def test_too_few_and_too_many_sheets_are_counted(counter, stack):
    with counter.spool.start(counter.plan(declared_sheets=4)) as spooled:
        station = counter.station(spooled)
        station.run(stack(3))
        assert station.count().difference == -1
        papers = stack(2)
        station.run(papers)
        assert station.count().difference == 1


def test_an_empty_feeder_is_told_only_where_nothing_had_arrived(counter, stack):
    papers = stack(0)
    with counter.spool.start(counter.plan()) as spooled:
        station = counter.station(spooled)
        assert station.run(papers).trouble.reason is DeviceCode.FEEDER_EMPTY
        papers.put_back(1, 1)
        assert station.run(papers).trouble is None
        assert station.run(papers).trouble is None


def test_a_session_belongs_to_one_program_at_a_time(counter, stack):
    with counter.spool.start(counter.plan()), pytest.raises(ResourceError), counter.spool.open("s1"):
        pass


def test_the_glass_counts_every_placing_as_a_sheet(counter, stack):
    settings = ScanSettings(source=Source.FLATBED)
    with counter.spool.start(counter.plan(settings=settings)) as spooled:
        station = counter.station(spooled)
        for number in (1, 2, 3):
            papers = stack(1)
            papers.content = lambda sheet, side, number=number: str(number).encode()
            station.run(papers)
        assert station.count().arrived == 3
        station.finish()
    assert counter.contents() == [b"1", b"2", b"3"]
