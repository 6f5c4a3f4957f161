"""Scanner pages: two sheets that look the same are both kept; a rescan takes the place of the old page."""

from __future__ import annotations

import hashlib

import pytest

from dossiers.errors import InputError, RecordError
from dossiers.intake import RawFile
from dossiers.page import PageState, derived_id
from dossiers.search import Query


def scanned(key: str, content: bytes = b"x", replaces: str | None = None) -> RawFile:
    return RawFile(name=key, content=content, receipt_key=key, replaces=replaces, flags=("BLURRED",))


def test_two_sheets_with_the_same_bytes_are_both_kept(office):
    dossier_id = office.open()
    first = office.intake.receive_file(dossier_id, scanned("s-1"))
    second = office.intake.receive_file(dossier_id, scanned("s-2"))
    again = office.intake.receive_file(dossier_id, scanned("s-2"))
    assert (first.is_new, second.is_new, again.is_new) == (True, True, False)
    assert second.file.flags[-1] == "BLURRED"
    with office.records.transaction() as work:
        assert [page.number for page in work.pages.of_dossier(dossier_id)] == [1, 2]


def test_a_rescan_takes_the_number_and_the_dossier_is_filed_anew(office, make_reading):
    dossier_id = office.open()
    receipts = [office.intake.receive_file(dossier_id, scanned(f"s-{n}")) for n in (1, 2, 3)]
    office.read_all(lambda n: make_reading(text=f"word{n}"))
    office.file_all()
    old = derived_id(receipts[1].file.file_id, "0")
    office.intake.receive_file(dossier_id, scanned("s-4", b"y", replaces=old))
    with office.records.transaction() as work:
        pages = work.pages.of_dossier(dossier_id)
        assert [(p.number, p.revision, p.state) for p in pages] == [
            (1, 0, PageState.FILED),
            (2, 1, PageState.RECEIVED),
            (3, 0, PageState.FILED),
        ]
        assert work.pages.get(old).state is PageState.REPLACED
        assert not work.search.find(Query(words="word1"))
        assert "page_replaced" in [event.kind.value for event in work.events.of_dossier(dossier_id)]
    assert office.originals.get(hashlib.sha256(b"x").hexdigest()) == b"x"
    office.read_all(lambda _: make_reading(text="better"))
    office.file_all()
    with office.records.transaction() as work:
        pages = work.pages.of_dossier(dossier_id)
        documents = work.documents.of_dossier(dossier_id)
    assert {page.state for page in pages} == {PageState.FILED}
    assert [page_id for d in documents for page_id in d.page_ids] == [page.page_id for page in pages]


def test_a_rescan_is_received_once_and_of_a_replaced_page_means_the_present_one(office):
    dossier_id = office.open()
    old = derived_id(office.intake.receive_file(dossier_id, scanned("s-1")).file.file_id, "0")
    assert office.intake.receive_file(dossier_id, scanned("s-2", replaces=old)).is_new
    assert not office.intake.receive_file(dossier_id, scanned("s-2", replaces=old)).is_new
    assert office.intake.receive_file(dossier_id, scanned("s-3", replaces=old)).is_new
    with office.records.transaction() as work:
        assert [(p.number, p.revision) for p in work.pages.of_dossier(dossier_id)] == [(1, 2)]
        assert len(work.pages.replaced(dossier_id)) == 2


def test_one_page_takes_the_place_of_one_page_of_the_same_dossier(office):
    first, second = office.open("a"), office.open("b")
    page = derived_id(office.intake.receive_file(first, scanned("s-1")).file.file_id, "0")
    office.intake.receive_file(second, scanned("s-1"))
    with pytest.raises(InputError):
        office.intake.receive_file(first, scanned("s-2", b"xy", replaces=page))
    with pytest.raises(RecordError):
        office.intake.receive_file(second, scanned("s-3", replaces=page))


def test_what_is_read_late_on_a_replaced_page_is_not_found(office, make_reading):
    dossier_id = office.open()
    old = derived_id(office.intake.receive_file(dossier_id, scanned("s-1")).file.file_id, "0")
    due = office.due("read_page")[0]
    office.intake.receive_file(dossier_id, scanned("s-2", replaces=old))
    office.filing.record_reading(office.lease(due), "effect", make_reading(text="stale"), "key")
    with office.records.transaction() as work:
        assert not work.search.find(Query(words="stale"))
        assert work.pages.get(old).state is PageState.REPLACED
