"""What every record store promises about pages, readings and documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dossiers.document import DocumentState
from dossiers.errors import RecordError, StaleVersion
from dossiers.page import PageState
from dossiers.ports import RecordStore
from dossiers.reading import Box, FieldValue, Source
from dossiers.scanner_use import ScannerUse

if TYPE_CHECKING:
    from conftest import Samples


def test_a_page_is_got_back_as_it_was_added(records: RecordStore, samples: Samples) -> None:
    page = samples.page(4, state=PageState.FILED, document_id="doc", version=3)
    with records.transaction() as work:
        samples.receive(work)
        work.pages.add(page)
    with records.transaction() as work:
        assert work.pages.get("p-d1-4") == page
        assert work.pages.get("p-d1-1") == samples.page(1)


def test_pages_are_ordered_by_number_not_by_arrival(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work, pages=0)
        samples.receive(work, "d2", pages=1)
        for number in (10, 2, 1):
            work.pages.add(samples.page(number))
    with records.transaction() as work:
        assert [page.number for page in work.pages.of_dossier("d1")] == [1, 2, 10]


@pytest.mark.parametrize("same", ["page_id", "number"])
def test_id_and_number_of_a_page_are_taken_once(records: RecordStore, samples: Samples, same: str) -> None:
    first, second = samples.page(1), samples.page(2)
    with records.transaction() as work:
        samples.receive(work, pages=0)
        work.pages.add(first)
        with pytest.raises(RecordError) as refusal:
            work.pages.add(replace(second, **{same: getattr(first, same)}))
    assert refusal.value.code == "DUPLICATE"


def test_a_page_scanned_anew_has_the_number_and_the_old_one_is_history(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        samples.receive(work)
        work.pages.save(work.pages.get("p-d1-2").moved(PageState.REPLACED))
        work.pages.add(samples.page(2, page_id="again", revision=1))
    with records.transaction() as work:
        pages = work.pages.of_dossier("d1")
        assert [(page.number, page.page_id) for page in pages] == [(1, "p-d1-1"), (2, "again"), (3, "p-d1-3")]
        assert [page.page_id for page in work.pages.replaced("d1")] == ["p-d1-2"]
        assert work.pages.get("again").revision == 1
        assert work.pages.counts()[PageState.REPLACED] == 1


def test_what_a_separator_said_of_a_page_and_the_part_that_it_is_are_kept(
    records: RecordStore, samples: Samples
) -> None:
    region = ((1.5, 2.0), (300.25, 2.0), (300.25, 200.0), (1.5, 200.0))
    page = samples.page(7, region=region, named_type="ho_chieu", opens_document=True)
    with records.transaction() as work:
        samples.receive(work)
        work.pages.add(page)
    with records.transaction() as work:
        assert work.pages.get("p-d1-7") == page


def test_what_is_aside_stands_beside_the_papers_in_the_order_of_receipt(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        samples.receive(work, pages=2)
        for place in (0, 1):
            aside = samples.page(0, page_id=f"s{place}", state=PageState.SET_ASIDE, index=0, revision=place)
            work.pages.add(aside)
    with records.transaction() as work:
        assert [page.number for page in work.pages.of_dossier("d1")] == [1, 2]
        assert [page.page_id for page in work.pages.aside("d1")] == ["s0", "s1"]
        assert work.pages.replaced("d1") == ()
        assert work.pages.counts()[PageState.SET_ASIDE] == 2


def test_a_page_that_is_placed_gets_its_number_unless_that_is_taken(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        samples.receive(work, pages=2)
        aside = samples.page(0, page_id="s0", state=PageState.SET_ASIDE, index=0, revision=4)
        work.pages.add(aside)
    with pytest.raises(RecordError) as taken, records.transaction() as work:
        work.pages.place(aside.taken_back(2))
    assert taken.value.code == "DUPLICATE"
    with records.transaction() as work:
        work.pages.place(aside.taken_back(3))
    with pytest.raises(StaleVersion), records.transaction() as work:
        work.pages.place(aside.taken_back(4))
    with records.transaction() as work:
        assert [page.number for page in work.pages.of_dossier("d1")] == [1, 2, 3]
        placed = work.pages.get("s0")
        assert (placed.state, placed.revision, placed.version) == (PageState.RECEIVED, 0, 1)
        assert work.pages.aside("d1") == ()


def test_uses_of_a_scanner_are_listed_by_device_and_time(records: RecordStore, samples: Samples) -> None:
    def use(device: str, seconds: int, trouble: str = "") -> ScannerUse:
        ended = samples.later(seconds)
        return ScannerUse(device=device, profile="p", pages=2, trouble=trouble, ended_at=ended)

    with records.transaction() as work:
        for each in (use("a", 1), use("b", 2), use("a", 3, "PAPER_JAM")):
            work.scanner_uses.add(each)
    with records.transaction() as work:
        assert work.scanner_uses.of_device("a", samples.later(1)) == (use("a", 1), use("a", 3, "PAPER_JAM"))
        assert work.scanner_uses.of_device("a", samples.later(2)) == (use("a", 3, "PAPER_JAM"),)
        assert work.scanner_uses.devices(samples.later(1)) == ("a", "b")
        assert work.scanner_uses.devices(samples.later(3)) == ("a",)


def test_saving_a_page_counts_its_version_and_keeps_its_origin(
    records: RecordStore, samples: Samples
) -> None:
    with records.transaction() as work:
        samples.receive(work)
        page = work.pages.get("p-d1-1")
        work.pages.save(replace(page.moved(PageState.READ), number=99, original_key="other"))
        saved = work.pages.get("p-d1-1")
    assert saved == replace(page, state=PageState.READ, version=1)


def test_saving_an_old_version_of_a_page_is_refused(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        old = work.pages.get("p-d1-1")
        work.pages.save(old.moved(PageState.READ))
    with pytest.raises(StaleVersion), records.transaction() as work:
        work.pages.save(old.moved(PageState.QUARANTINED))
    with records.transaction() as work:
        assert work.pages.get("p-d1-1").state is PageState.READ


def test_a_page_that_is_not_there_is_not_found(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        for ask in (
            lambda: work.pages.get("p"),
            lambda: work.pages.save(samples.page()),
            lambda: work.pages.add_reading("p", "e", samples.reading(), "k"),
            lambda: work.search.index_page(samples.page(), "text"),
        ):
            with pytest.raises(RecordError) as refusal:
                ask()
            assert refusal.value.code == "NOT_FOUND"
        assert work.pages.reading("p") is None


def test_the_ledger_counts_every_page_once(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        assert work.pages.counts() == dict.fromkeys(PageState, 0)
        samples.receive(work, pages=5)
        work.pages.save(work.pages.get("p-d1-1").moved(PageState.READ))
        work.pages.save(work.pages.get("p-d1-1").moved(PageState.FILED))
        work.pages.save(work.pages.get("p-d1-2").moved(PageState.QUARANTINED))
    with records.transaction() as work:
        counts = work.pages.counts()
    assert counts == {
        PageState.RECEIVED: 3,
        PageState.READ: 0,
        PageState.FILED: 1,
        PageState.IN_REVIEW: 0,
        PageState.QUARANTINED: 1,
        PageState.REPLACED: 0,
        PageState.SET_ASIDE: 0,
    }


def test_a_reading_comes_back_exactly(records: RecordStore, samples: Samples) -> None:
    reading = samples.reading(
        text="Họ và tên: Nguyễn Thị Hoà\nSố: 17/QĐ-UBND \x00\u2028 𝔸",
        fields=(
            FieldValue(
                name="personal_number",
                raw="003 090 123 456",
                value="003090123456",
                box=Box(left=-1, top=0, right=100, bottom=20),
                confidence=1 / 3,
                source=Source.QR,
                checks=(("birth_year_matches", True), ("checksum", False)),
            ),
        ),
    )
    with records.transaction() as work:
        samples.receive(work)
        assert work.pages.add_reading("p-d1-1", "effect", reading, "artefact")
    with records.transaction() as work:
        found = work.pages.reading("p-d1-1")
    assert found == (reading, "artefact")
    assert found[0].seconds == reading.seconds


def test_an_effect_happens_once(records: RecordStore, samples: Samples) -> None:
    first, second = samples.reading("first"), samples.reading("second")
    with records.transaction() as work:
        samples.receive(work)
        assert work.pages.add_reading("p-d1-1", "effect", first, "key 1") is True
        assert work.pages.add_reading("p-d1-1", "effect", second, "key 2") is False
        assert work.pages.add_reading("p-d1-2", "effect", second, "key 2") is True
    with records.transaction() as work:
        assert work.pages.reading("p-d1-1") == (first, "key 1")


def test_the_newest_reading_counts(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        work.pages.add_reading("p-d1-1", "z old engine", samples.reading("old"), "key 1")
        work.pages.add_reading("p-d1-1", "a new engine", samples.reading("new"), "key 2")
        assert work.pages.reading("p-d1-1") == (samples.reading("new"), "key 2")
        assert work.pages.reading("p-d1-2") is None


def test_documents_come_back_whole_and_by_ordinal(records: RecordStore, samples: Samples) -> None:
    back_first = samples.document(3, 1, ordinal=2, fields=(samples.field("person_name", "Nguyễn Thị Hoà"),))
    other = samples.document(2, ordinal=1, type_id="unknown", evidence="", issues=())
    with records.transaction() as work:
        samples.receive(work)
        work.documents.replace_proposed("d1", [back_first, other])
    with records.transaction() as work:
        assert list(work.documents.of_dossier("d1")) == [other, back_first]
        assert work.documents.get(back_first.document_id) == back_first
        assert not work.documents.of_dossier("d2")


def test_filing_again_replaces_what_was_proposed(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work)
        work.documents.replace_proposed("d1", [samples.document(1), samples.document(2, 3)])
        work.documents.replace_proposed("d1", [samples.document(1, 2, 3)])
        assert list(work.documents.of_dossier("d1")) == [samples.document(1, 2, 3)]
        with pytest.raises(RecordError) as refusal:
            work.documents.get(samples.document(1).document_id)
    assert refusal.value.code == "NOT_FOUND"


def test_a_document_that_stays_the_same_keeps_its_pdf(records: RecordStore, samples: Samples) -> None:
    kept, changed = samples.document(1), samples.document(2)
    with records.transaction() as work:
        samples.receive(work)
        work.documents.replace_proposed("d1", [kept, changed])
        work.documents.set_pdf(kept.document_id, "pdf 1")
        work.documents.set_pdf(changed.document_id, "pdf 2")
        again = replace(kept, ordinal=2, fields=(samples.field("person_name", "Trần Đức"),))
        work.documents.replace_proposed("d1", [again, samples.document(2, 3)])
    with records.transaction() as work:
        found = {d.document_id: d.pdf_key for d in work.documents.of_dossier("d1")}
        assert work.documents.get(kept.document_id) == replace(again, pdf_key="pdf 1")
    assert found == {kept.document_id: "pdf 1", samples.document(2, 3).document_id: None}


@pytest.mark.parametrize("decided", [DocumentState.CONFIRMED, DocumentState.WITHDRAWN])
def test_filing_again_keeps_what_a_person_decided(
    records: RecordStore, samples: Samples, decided: DocumentState
) -> None:
    confirmed = samples.document(1, state=decided, fields=(samples.field("person_name", "Trần Đức"),))
    with records.transaction() as work:
        samples.receive(work)
        work.documents.replace_proposed("d1", [confirmed, samples.document(2)])
        work.documents.replace_proposed("d1", [samples.document(1), samples.document(2, 3)])
    with records.transaction() as work:
        assert list(work.documents.of_dossier("d1")) == [confirmed, samples.document(2, 3)]


def test_filing_one_dossier_leaves_the_others_alone(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work, "d1")
        samples.receive(work, "d2")
        work.documents.replace_proposed("d1", [samples.document(1)])
        work.documents.replace_proposed("d2", [samples.document(1, dossier_id="d2")])
        work.documents.replace_proposed("d1", [])
        assert not work.documents.of_dossier("d1")
        assert len(work.documents.of_dossier("d2")) == 1


def test_a_document_of_pages_that_are_not_there_is_refused(records: RecordStore, samples: Samples) -> None:
    with pytest.raises(RecordError) as refusal, records.transaction() as work:  # noqa: PT012
        samples.receive(work, pages=1)
        work.documents.replace_proposed("d1", [samples.document(1, 2)])
    assert refusal.value.code == "NOT_FOUND"


def test_the_pdf_of_a_document_that_was_replaced_is_not_noted(records: RecordStore) -> None:
    with records.transaction() as work, pytest.raises(RecordError) as refusal:
        work.documents.set_pdf("gone", "pdf")
    assert refusal.value.code == "NOT_FOUND"


def test_pages_in_a_state_come_newest_first(records: RecordStore, samples: Samples) -> None:
    with records.transaction() as work:
        samples.receive(work, pages=3)
        work.pages.save(samples.page(2).moved(PageState.QUARANTINED))
        waiting = work.pages.in_state(PageState.RECEIVED, 9)
        assert [page.number for page in waiting] == [3, 1]
        assert [page.number for page in work.pages.in_state(PageState.RECEIVED, 1)] == [3]
        assert [page.number for page in work.pages.in_state(PageState.QUARANTINED, 9)] == [2]
