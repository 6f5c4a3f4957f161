"""A clerk arranges pages: split, joined, named, moved, taken out, brought back; and everything undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from dossiers.arranging import Arranging
from dossiers.arranging_step import ArrangingKind
from dossiers.document import DocumentState
from dossiers.errors import RecordError
from dossiers.intake import RawFile
from dossiers.page import PageState
from dossiers.slot import Slot, SlotRule
from dossiers.testing import FixedClock

BY = "Trần Thị Cán Bộ"


@pytest.fixture
def arranging(office) -> Arranging:
    def let_go(dossier_id: str, slot_key: str, by: str) -> None:
        with office.records.transaction() as work:
            for step in work.arrangings.of_dossier(dossier_id):
                if step.subject == slot_key:
                    work.arrangings.mark_undone(step.step_id, by)

    return Arranging(records=office.records, refile=office.filing.refile, let_go=let_go, clock=FixedClock())


@pytest.fixture
def dossier_id(office) -> str:
    """Four pages, read and filed; the office's segmenter makes one document of each name."""
    dossier_id = office.open()
    for name in "abcd":
        office.intake.receive_file(dossier_id, RawFile(name=name, content=name.encode()))
    return dossier_id


def _read(office, make_reading) -> None:
    office.read_all(lambda n: make_reading())
    office.file_all()


def _pages(office, dossier_id: str) -> Sequence[str]:
    with office.records.transaction() as work:
        return [page.page_id for page in work.pages.of_dossier(dossier_id)]


def _cut(office, dossier_id: str) -> list[tuple[str, str]]:
    """Type and page names of each document, in order."""
    with office.records.transaction() as work:
        names = {
            page.page_id: office.originals.get(page.original_key).decode()
            for page in work.pages.of_dossier(dossier_id)
        }
        return [
            (each.type_id, "".join(names[page_id] for page_id in each.page_ids))
            for each in work.documents.of_dossier(dossier_id)
        ]


def test_pages_are_joined_split_and_named_as_the_clerk_says(office, make_reading, arranging, dossier_id):
    _read(office, make_reading)
    a, b, c, _ = _pages(office, dossier_id)
    before = _cut(office, dossier_id)
    arranging.name(dossier_id, a, "giay_chung_sinh", BY)
    arranging.join(dossier_id, b, BY)
    assert ("giay_chung_sinh", "ab") in _cut(office, dossier_id)
    arranging.name(dossier_id, c, "giay_chung_sinh", BY)
    cut = _cut(office, dossier_id)
    assert cut[:2] == [("giay_chung_sinh", "ab"), ("giay_chung_sinh", "c")], "equal names do not run together"
    arranging.split(dossier_id, b, BY)
    assert [pages for _, pages in _cut(office, dossier_id)] == ["a", "b", "c", "d"]
    for _ in range(4):
        arranging.undo(dossier_id, BY)
    assert _cut(office, dossier_id) == before
    with pytest.raises(RecordError) as told:
        arranging.undo(dossier_id, BY)
    assert told.value.code == "NOTHING_TO_UNDO"


def test_a_page_moves_into_another_document_and_back(office, make_reading, arranging, dossier_id):
    _read(office, make_reading)
    before = _cut(office, dossier_id)
    a, b, _, d = _pages(office, dossier_id)
    arranging.name(dossier_id, a, "giay_chung_sinh", BY)
    arranging.move(dossier_id, d, a, BY, is_before=False)
    assert _cut(office, dossier_id)[0] == ("giay_chung_sinh", "ad")
    assert _pages(office, dossier_id)[:3] == [a, d, b]
    with office.records.transaction() as work:
        assert [page.number for page in work.pages.of_dossier(dossier_id)] == [1, 4, 2, 3]
    office.intake.receive_file(dossier_id, RawFile(name="e", content=b"e"))
    with office.records.transaction() as work:
        assert work.pages.of_dossier(dossier_id)[-1].number == 5
    _read(office, make_reading)
    arranging.undo(dossier_id, BY)
    arranging.undo(dossier_id, BY)
    assert [each for each in _cut(office, dossier_id) if each[1] != "e"] == before


def test_what_was_said_before_reading_holds_after_it(office, make_reading, arranging, dossier_id):
    a, b, *_ = _pages(office, dossier_id)
    arranging.name(dossier_id, a, "giay_chung_sinh", BY)
    arranging.join(dossier_id, b, BY)
    _read(office, make_reading)
    assert _cut(office, dossier_id)[0] == ("giay_chung_sinh", "ab")


def test_a_page_is_taken_out_and_comes_back_to_its_place(office, make_reading, arranging, dossier_id):
    _read(office, make_reading)
    before, pages = _cut(office, dossier_id), _pages(office, dossier_id)
    arranging.set_aside(dossier_id, pages[1], BY)
    assert [names for _, names in _cut(office, dossier_id)] == ["a", "c", "d"]
    with office.records.transaction() as work:
        assert sum(work.pages.counts().values()) == 4
    arranging.undo(dossier_id, BY)
    assert _pages(office, dossier_id) == pages
    assert _cut(office, dossier_id) == before
    arranging.set_aside(dossier_id, pages[1], BY)
    arranging.restore(dossier_id, pages[1], BY)
    assert _pages(office, dossier_id) == pages
    arranging.undo(dossier_id, BY)
    with office.records.transaction() as work:
        assert work.pages.get(pages[1]).state is PageState.SET_ASIDE


def test_an_unread_page_that_comes_back_is_read(office, make_reading, arranging, dossier_id):
    pages = _pages(office, dossier_id)
    arranging.set_aside(dossier_id, pages[0], BY)
    _read(office, make_reading)
    arranging.restore(dossier_id, pages[0], BY)
    _read(office, make_reading)
    with office.records.transaction() as work:
        assert {page.state for page in work.pages.of_dossier(dossier_id)} == {PageState.FILED}


def test_the_scan_before_a_rescan_comes_back_and_goes_again(office, make_reading, arranging, dossier_id):
    _read(office, make_reading)
    old = _pages(office, dossier_id)[1]
    office.intake.receive_file(dossier_id, RawFile(name="x", content=b"x", replaces=old))
    _read(office, make_reading)
    assert [names for _, names in _cut(office, dossier_id)] == ["a", "x", "c", "d"]
    arranging.restore(dossier_id, old, BY)
    assert [names for _, names in _cut(office, dossier_id)] == ["a", "b", "c", "d"]
    arranging.undo(dossier_id, BY)
    assert [names for _, names in _cut(office, dossier_id)] == ["a", "x", "c", "d"]
    office.intake.receive_file(dossier_id, RawFile(name="y", content=b"y", replaces=old))
    _read(office, make_reading)
    assert [names for _, names in _cut(office, dossier_id)] == ["a", "y", "c", "d"]


def test_a_page_that_a_clerk_had_scanned_anew_comes_back_by_undo(office, make_reading, arranging, dossier_id):
    _read(office, make_reading)
    arranging.turn(dossier_id, _pages(office, dossier_id)[0], 90, BY)
    old = _pages(office, dossier_id)[1]
    office.intake.receive_file(dossier_id, RawFile(name="x", content=b"x", replaces=old, rescanned_by=BY))
    assert [step.kind for step in [arranging.last(dossier_id)]] == [ArrangingKind.RESCAN]
    arranging.undo(dossier_id, BY)
    assert [names for _, names in _cut(office, dossier_id)] == ["a", "b", "c", "d"]
    assert arranging.undo(dossier_id, BY).kind is ArrangingKind.TURN


def test_what_the_station_fed_again_is_no_act_of_a_clerk(office, make_reading, arranging, dossier_id):
    _read(office, make_reading)
    old = _pages(office, dossier_id)[1]
    office.intake.receive_file(dossier_id, RawFile(name="x", content=b"x", replaces=old))
    assert arranging.last(dossier_id) is None


def test_a_paper_taken_from_what_is_on_file_is_the_last_act(office, arranging, dossier_id):
    page_id = _pages(office, dossier_id)[0]
    arranging.turn(dossier_id, page_id, 90, BY)
    taken = arranging.last(dossier_id)
    with office.records.transaction() as work:
        work.arrangings.add(
            replace(taken, step_id="taken", kind=ArrangingKind.REUSE, pages=(), subject="to_khai")
        )
    assert arranging.undo(dossier_id, BY).kind is ArrangingKind.REUSE
    assert arranging.undo(dossier_id, BY).kind is ArrangingKind.TURN
    with office.records.transaction() as work:
        assert work.pages.get(page_id).turned == 0


def test_a_turn_is_kept_and_undone(office, arranging, dossier_id):
    page_id = _pages(office, dossier_id)[0]
    for _ in range(3):
        arranging.turn(dossier_id, page_id, 90, BY)
    with office.records.transaction() as work:
        assert work.pages.get(page_id).turned == 270
    arranging.undo(dossier_id, BY)
    with office.records.transaction() as work:
        assert work.pages.get(page_id).turned == 180


def test_a_confirmed_document_is_not_cut_anew(office, make_reading, arranging, dossier_id):
    _read(office, make_reading)
    a, b, *_ = _pages(office, dossier_id)
    with office.records.transaction() as work:
        first, *others = work.documents.of_dossier(dossier_id)
        work.documents.replace_proposed(dossier_id, [first.moved(DocumentState.CONFIRMED), *others])
    acts: tuple[Callable[[], None], ...] = (
        lambda: arranging.name(dossier_id, a, "ct01", BY),
        lambda: arranging.join(dossier_id, b, BY),
        lambda: arranging.set_aside(dossier_id, a, BY),
    )
    for act in acts:
        with pytest.raises(RecordError) as told:
            act()
        assert told.value.code == "ALREADY_CONFIRMED"
    assert arranging.last(dossier_id) is None


def test_putting_into_a_slot_is_undone_too(office, make_reading, arranging, dossier_id):
    _read(office, make_reading)
    rule = SlotRule(key="k", name="K", accepts=(), is_required=True, policy="digitize")
    with office.records.transaction() as work:
        work.dossiers.set_slots(dossier_id, [Slot(rule=rule, document_id=None)])
        document_id = work.documents.of_dossier(dossier_id)[0].document_id
    arranging.put_into_slot(dossier_id, "k", document_id, BY)
    with office.records.transaction() as work:
        assert work.dossiers.slots(dossier_id)[0].document_id == document_id
    step = arranging.undo(dossier_id, BY)
    assert step.kind is ArrangingKind.PLACE
    with office.records.transaction() as work:
        assert work.dossiers.slots(dossier_id)[0].document_id is None


@pytest.mark.parametrize("code", ["NOTHING_TO_SPLIT", "NOTHING_TO_JOIN", "NOT_FOUND"])
def test_what_cannot_be_done_is_told(office, arranging, dossier_id, code):
    first = _pages(office, dossier_id)[0]
    acts = {
        "NOTHING_TO_SPLIT": lambda: arranging.split(dossier_id, first, BY),
        "NOTHING_TO_JOIN": lambda: arranging.join(dossier_id, first, BY),
        "NOT_FOUND": lambda: arranging.move(dossier_id, "none", first, BY, is_before=True),
    }
    with pytest.raises(RecordError) as told:
        acts[code]()
    assert told.value.code == code
