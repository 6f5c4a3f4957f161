"""Pages that are no papers, pages that are parts of a picture, and what separators say of pages."""

from __future__ import annotations

import hashlib

import pytest

from dossiers.errors import IllegalMove, InputError
from dossiers.intake import RawFile
from dossiers.page import PageState, derived_id

FRONT = ((10.0, 10.0), (100.0, 10.0), (100.0, 60.0), (10.0, 60.0))
BACK = ((10.0, 110.0), (100.0, 110.0), (100.0, 160.0), (10.0, 160.0))


def _sheet(key: str, content: bytes = b"s") -> RawFile:
    return RawFile(name=key, content=content, receipt_key=key, set_aside="SEPARATOR")


def test_a_separator_is_in_the_ledger_and_not_among_the_papers(office, make_reading):
    dossier_id = office.open()
    office.intake.receive_file(dossier_id, _sheet("s-1"))
    office.intake.receive_file(dossier_id, RawFile(name="a", content=b"p"))
    office.intake.receive_file(dossier_id, _sheet("s-2"))
    assert not office.intake.receive_file(dossier_id, _sheet("s-2")).is_new
    office.read_all(lambda n: make_reading(text=f"word{n}"))
    office.file_all()
    with office.records.transaction() as work:
        assert [(p.number, p.state) for p in work.pages.of_dossier(dossier_id)] == [(1, PageState.FILED)]
        assert [p.state for p in work.pages.aside(dossier_id)] == [PageState.SET_ASIDE] * 2
        assert work.pages.counts()[PageState.SET_ASIDE] == 2
        facts = [event for event in work.events.of_dossier(dossier_id) if event.kind == "page_set_aside"]
        assert [fact.detail for fact in facts] == ["SEPARATOR", "SEPARATOR"]
        assert len(work.documents.of_dossier(dossier_id)) == 1
        with pytest.raises(IllegalMove):
            work.pages.aside(dossier_id)[0].moved(PageState.FILED)
    assert office.originals.get(hashlib.sha256(b"s").hexdigest()) == b"s"


def test_a_separator_behind_filed_papers_leaves_the_dossier_as_it_is(office, make_reading):
    dossier_id = office.open()
    office.intake.receive_file(dossier_id, RawFile(name="a", content=b"p"))
    office.read_all(lambda _: make_reading(text="word"))
    office.file_all()
    with office.records.transaction() as work:
        before = work.dossiers.get(dossier_id).state
    office.intake.receive_file(dossier_id, _sheet("s-1"))
    with office.records.transaction() as work:
        assert work.dossiers.get(dossier_id).state is before


def test_the_sides_of_a_card_on_one_picture_are_a_page_each_of_the_same_original(office):
    dossier_id = office.open()
    raw = RawFile(name="glass", content=b"g", receipt_key="g-1", regions=(FRONT, BACK))
    receipt = office.intake.receive_file(dossier_id, raw)
    with office.records.transaction() as work:
        pages = work.pages.of_dossier(dossier_id)
    assert [(p.number, p.index, p.region) for p in pages] == [(1, 0, FRONT), (2, 0, BACK)]
    assert {p.original_key for p in pages} == {hashlib.sha256(b"g").hexdigest()}
    assert pages[0].page_id == derived_id(receipt.file.file_id, "0")
    assert not office.intake.receive_file(dossier_id, raw).is_new


def test_two_sides_do_not_take_the_place_of_one_page(office):
    dossier_id = office.open()
    receipt = office.intake.receive_file(dossier_id, RawFile(name="a", content=b"a", receipt_key="1"))
    old = derived_id(receipt.file.file_id, "0")
    raw = RawFile(name="b", content=b"b", receipt_key="2", regions=(FRONT, BACK), replaces=old)
    with pytest.raises(InputError):
        office.intake.receive_file(dossier_id, raw)


def test_a_named_type_is_what_the_document_becomes(office, make_reading):
    dossier_id = office.open()
    for name, named, opens in (("a", "", False), ("b", "ho_chieu", True), ("c", "ho_chieu", False)):
        raw = RawFile(name=name, content=name.encode(), named_type=named, opens_document=opens)
        office.intake.receive_file(dossier_id, raw)
    office.read_all(lambda n: make_reading(text=f"word{n}"))
    office.file_all()
    with office.records.transaction() as work:
        documents = work.documents.of_dossier(dossier_id)
    assert [len(document.page_ids) for document in documents][-1] == 2
    assert documents[-1].type_id == "ho_chieu"
    assert documents[-1].confidence == 1.0
