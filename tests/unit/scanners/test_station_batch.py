"""A batch: separators start dossiers and name types; they are in the ledger, among no dossier's papers."""

from __future__ import annotations

import pytest

from dossiers.errors import DeviceCode
from dossiers.page import PageState
from scanners.driver import RawPage, Side
from scanners.judgement.finding import Finding, PageJudgement
from scanners.judgement.note import judgement_from_text, judgement_to_text
from scanners.separators.meaning import Meaning, Starts
from scanners.separators.verdict import SheetFlag, SheetVerdict
from scanners.station_batch import BatchDelivery
from scanners.station_feeding import FeedingStation

NEXT = SheetVerdict(meaning=Meaning(starts=Starts.DOSSIER), value="next")
TYPE = SheetVerdict(meaning=Meaning(starts=Starts.DOCUMENT, type_id="ct01"), value="type")
TORN = SheetVerdict(flag=SheetFlag.UNREADABLE)


class SheetJudge:
    """Sheets in ``sheets`` are separators on their front and blank on their back."""

    def __init__(self, sheets: dict[int, SheetVerdict]) -> None:
        self._sheets = sheets

    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        sheet = int(page.content.decode().rstrip("frontback"))
        if sheet not in self._sheets:
            return PageJudgement()
        if page.side is Side.BACK:
            return PageJudgement(findings=(Finding.BLANK,))
        return PageJudgement(sheet=self._sheets[sheet])


def station(counter, spooled, sheets: dict[int, SheetVerdict]) -> FeedingStation:
    delivery = BatchDelivery(spooled, counter, counter.told)
    return FeedingStation(spooled, SheetJudge(sheets), delivery, counter.told)


def kept(counter, key: str) -> tuple[list[bytes], list[bytes], list]:
    """Papers and what is set aside of the dossier that a separator of this sequence opened."""
    with counter.records.transaction() as work:
        dossier = work.dossiers.by_intake_key(f"scan:s1:{key}")
        pages = work.pages.of_dossier(dossier.dossier_id)
        aside = work.pages.aside(dossier.dossier_id)
    contents = [[counter.originals.get(p.original_key) for p in each] for each in (pages, aside)]
    assert {page.state for page in aside} <= {PageState.SET_ASIDE}
    return contents[0], contents[1], list(pages)


def test_separators_start_dossiers_and_are_in_the_ledger_only(counter, stack):
    with counter.spool.start(counter.plan(is_batch=True)) as spooled:
        work = station(counter, spooled, {1: NEXT, 4: NEXT, 6: TYPE})
        assert work.run(stack(7)).pages == 14
        assert work.finish()
    first, aside, _ = kept(counter, "1")
    assert first == [b"2front", b"2back", b"3front", b"3back"]
    assert aside == [b"1front", b"1back"]
    second, aside, pages = kept(counter, "7")
    assert second == [b"5front", b"5back", b"7front", b"7back"]
    assert sorted(aside) == [b"4back", b"4front", b"6back", b"6front"]
    assert [(page.named_type, page.opens_document) for page in pages] == [
        ("", True),
        ("", False),
        ("ct01", True),
        ("ct01", False),
    ]


def test_a_separator_that_cannot_be_read_stays_where_it_lay_and_is_flagged(counter, stack):
    with counter.spool.start(counter.plan(is_batch=True)) as spooled:
        work = station(counter, spooled, {3: TORN})
        work.run(stack(4))
        assert work.finish()
    papers, aside, pages = kept(counter, "0")
    assert papers[4:6] == [b"3front", b"3back"]
    assert aside == []
    with counter.records.transaction() as work:
        files = {file.file_id: file for file in work.dossiers.files(pages[0].dossier_id)}
    assert SheetFlag.UNREADABLE.value in files[pages[4].file_id].flags


def test_a_dossier_that_is_not_on_record_gets_one_of_its_own_and_is_flagged(counter, stack):
    named = SheetVerdict(
        meaning=Meaning(starts=Starts.DOSSIER, dossier_code="H29.119-250701-0001"), value="d"
    )
    counter.dossier_by_code = lambda code: (_ for _ in ()).throw(_not_found())
    with counter.spool.start(counter.plan(is_batch=True)) as spooled:
        work = station(counter, spooled, {1: named})
        work.run(stack(2))
        assert work.finish()
    papers, _, pages = kept(counter, "1")
    assert papers == [b"2front", b"2back"]
    with counter.records.transaction() as work:
        dossier = work.dossiers.by_intake_key("scan:s1:1")
        (file, *_) = [f for f in work.dossiers.files(dossier.dossier_id) if f.file_id == pages[0].file_id]
    assert dossier.title == "H29.119-250701-0001"
    assert "SEPARATOR_UNKNOWN_DOSSIER" in file.flags


def _not_found():
    from dossiers.errors import InputCode, InputError

    return InputError(InputCode.NOT_FOUND)


@pytest.mark.parametrize("sheet", range(1, 8))
def test_a_jam_on_any_sheet_of_a_batch_loses_and_doubles_nothing(counter, stack, sheet):
    papers = stack(7, {(sheet, Side.BACK): DeviceCode.JAM})
    with counter.spool.start(counter.plan(is_batch=True)) as spooled:
        work = station(counter, spooled, {1: NEXT, 4: NEXT})
        run = work.run(papers)
        papers.put_back(run.put_back, 7)
        work.run(papers)
        assert work.finish()
    with counter.records.transaction() as work:
        keys = [f"scan:s1:{key}" for key in range(20)]
        dossiers = [d for key in keys if (d := work.dossiers.by_intake_key(key)) is not None]
        pages = [list(work.pages.of_dossier(d.dossier_id)) for d in dossiers]
    contents = [[counter.originals.get(p.original_key) for p in each] for each in pages]
    assert contents == [
        [b"2front", b"2back", b"3front", b"3back"],
        [b"5front", b"5back", b"6front", b"6back", b"7front", b"7back"],
    ]


def test_a_batch_waits_for_a_centre_that_is_away(counter, stack):
    counter.is_away = True
    with counter.spool.start(counter.plan(is_batch=True)) as spooled:
        work = station(counter, spooled, {1: NEXT})
        work.run(stack(15))
        assert not work.finish()
    assert len(counter.told.away) == 1
    counter.is_away = False
    with counter.spool.open("s1") as spooled:
        assert station(counter, spooled, {}).finish()
    papers, aside, _ = kept(counter, "1")
    assert len(papers) == 28
    assert len(aside) == 2


@pytest.mark.parametrize("verdict", [NEXT, TYPE, TORN])
def test_what_a_sheet_is_comes_back_from_the_note(verdict):
    said = PageJudgement(findings=(Finding.BLANK,), sheet=verdict)
    assert judgement_from_text(judgement_to_text(said)) == said


def test_pages_behind_a_sheet_that_asks_for_another_profile_say_so(counter, stack):
    other = SheetVerdict(meaning=Meaning(profile="photo"), value="photo")
    own = SheetVerdict(meaning=Meaning(profile=counter.plan().profile), value="own")
    with counter.spool.start(counter.plan(is_batch=True)) as spooled:
        work = station(counter, spooled, {2: other, 4: own})
        work.run(stack(5))
        assert work.finish()
    with counter.records.transaction() as records:
        dossier = records.dossiers.by_intake_key("scan:s1:0")
        flags = [set(file.flags) for file in records.dossiers.files(dossier.dossier_id)]
    marked = ["SEPARATOR_OTHER_PROFILE" in each for each in flags]
    assert marked == [False] * 4 + [True] * 2 + [False] * 4
