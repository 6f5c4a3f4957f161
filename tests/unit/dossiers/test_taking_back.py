"""A page that was set aside by mistake becomes a paper; nothing is forgotten and no number changes."""

from __future__ import annotations

import pytest

from dossiers.errors import RecordError
from dossiers.intake import RawFile
from dossiers.page import PageState
from dossiers.taking_back import TakingBack
from dossiers.testing import FixedClock


def _aside(office, dossier_id: str, key: str) -> None:
    raw = RawFile(name=key, content=key[-1].encode(), receipt_key=key, set_aside="SEPARATOR")
    office.intake.receive_file(dossier_id, raw)


def test_it_gets_the_last_number_is_read_and_filed_and_the_fact_is_on_record(office, make_reading):
    dossier_id = office.open()
    _aside(office, dossier_id, "s-1")
    office.intake.receive_file(dossier_id, RawFile(name="a", content=b"a"))
    _aside(office, dossier_id, "s-2")
    office.read_all(lambda n: make_reading(text=f"word{n}"))
    office.file_all()
    page = TakingBack(records=office.records, clock=FixedClock()).take_back(dossier_id, 2)
    assert (page.number, page.state) == (2, PageState.RECEIVED)
    office.read_all(lambda n: make_reading(text=f"word{n}"))
    office.file_all()
    with office.records.transaction() as work:
        present = work.pages.of_dossier(dossier_id)
        assert [office.originals.get(each.original_key) for each in present] == [b"a", b"2"]
        assert {each.state for each in present} == {PageState.FILED}
        assert len(work.pages.aside(dossier_id)) == 1
        facts = [fact for fact in work.events.of_dossier(dossier_id) if fact.subject_id == page.page_id]
        assert [fact.kind for fact in facts][:2] == ["page_set_aside", "page_taken_back"]
        assert sum(work.pages.counts().values()) == 3


def test_more_can_be_set_aside_after_one_was_taken_back(office):
    dossier_id = office.open()
    for key in ("s-1", "s-2"):
        _aside(office, dossier_id, key)
    TakingBack(records=office.records, clock=FixedClock()).take_back(dossier_id, 1)
    _aside(office, dossier_id, "s-3")
    with office.records.transaction() as work:
        names = [office.originals.get(each.original_key) for each in work.pages.aside(dossier_id)]
    assert names == [b"2", b"3"]


@pytest.mark.parametrize("place", [0, 2])
def test_a_place_where_nothing_is_set_aside_is_told_and_changes_nothing(office, place):
    dossier_id = office.open()
    _aside(office, dossier_id, "s-1")
    with pytest.raises(RecordError) as told:
        TakingBack(records=office.records, clock=FixedClock()).take_back(dossier_id, place)
    assert told.value.code == "NOT_FOUND"
    with office.records.transaction() as work:
        assert len(work.pages.aside(dossier_id)) == 1
