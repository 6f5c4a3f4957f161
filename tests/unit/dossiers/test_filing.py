"""Filing: one effect for each task, a cut that does not depend on the order of reading, no page lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dossiers.document import DocumentState
from dossiers.dossier import DigitizationState
from dossiers.errors import IllegalMove, RecordError, StaleVersion
from dossiers.intake import RawFile
from dossiers.page import PageState
from dossiers.placing import Placing
from dossiers.reading import Classification, FieldValue, Source
from dossiers.slot import SlotRule


def _receive(office, content: bytes = b"ab", key: str = "k1") -> str:
    dossier_id = office.open(key)
    office.intake.receive_file(dossier_id, RawFile(name="a.png", content=content))
    return dossier_id


def _documents(office, dossier_id):
    with office.records.transaction() as work:
        return work.documents.of_dossier(dossier_id)


def _state(office, dossier_id):
    with office.records.transaction() as work:
        return work.dossiers.get(dossier_id).state


def test_filing_is_due_only_when_every_page_is_read(office, make_reading):
    _receive(office, b"abc")
    tasks = office.due("read_page")
    for count, task_id in enumerate(tasks, start=1):
        office.filing.record_reading(office.lease(task_id), "e", make_reading(), "key")
        assert len(office.due("file_dossier")) == (1 if count == len(tasks) else 0)


def test_every_page_ends_in_exactly_one_document(office):
    dossier_id = _receive(office, b"abcd")
    office.read_all()
    office.file_all()
    ids = [page_id for document in _documents(office, dossier_id) for page_id in document.page_ids]
    with office.records.transaction() as work:
        pages = work.pages.of_dossier(dossier_id)
    assert sorted(ids) == sorted(page.page_id for page in pages)
    assert {page.state for page in pages} == {PageState.FILED}
    assert all(page.document_id for page in pages)


def test_the_cut_does_not_depend_on_the_order_of_reading(office, make_reading):
    kinds = ["ct01", "gcn_qsdd", "giay_uy_quyen"]
    made = {}
    for key, order in (("k1", [0, 1, 2]), ("k2", [2, 0, 1])):
        dossier_id = _receive(office, b"abc", key)
        tasks = office.due("read_page")
        for place in order:
            office.filing.record_reading(office.lease(tasks[place]), "e", make_reading(kinds[place]), "key")
        office.file_all()
        made[key] = [document.type_id for document in _documents(office, dossier_id)]
    assert made["k1"] == made["k2"] == kinds


def test_a_second_delivery_of_a_reading_changes_nothing(office, make_reading):
    dossier_id = _receive(office, b"a")
    [task_id] = office.due("read_page")
    office.filing.record_reading(office.lease(task_id), "e", make_reading(), "key")
    assert office.lease(task_id) is None  # finished: nobody gets it again
    office.file_all()
    assert len(_documents(office, dossier_id)) == 1


def test_a_late_worker_with_an_old_lease_changes_nothing(office, make_reading):
    dossier_id = _receive(office, b"a")
    [task_id] = office.due("read_page")
    old = office.lease(task_id)
    office.clock.advance(20.5 * 3600)
    with office.records.transaction() as work:
        new = work.tasks.lease(task_id, "other", office.clock(), office.clock().replace(minute=59))
    assert new is not None
    with pytest.raises(StaleVersion):
        office.filing.record_reading(old, "e", make_reading(), "key")
    with office.records.transaction() as work:
        [page] = work.pages.of_dossier(dossier_id)
        assert work.pages.reading(page.page_id) is None
        assert page.state is PageState.RECEIVED


def test_a_page_that_cannot_be_read_waits_for_a_person_and_the_rest_is_filed(office, make_reading):
    dossier_id = _receive(office, b"ab")
    first, second = office.due("read_page")
    office.filing.quarantine_page(office.lease(first), "TIMEOUT")
    office.filing.record_reading(office.lease(second), "e", make_reading(), "key")
    office.file_all()
    with office.records.transaction() as work:
        states = [page.state for page in work.pages.of_dossier(dossier_id)]
        counts = {state: count for state, count in work.pages.counts().items() if count}
    assert counts == {PageState.QUARANTINED: 1, PageState.FILED: 1}
    assert states == [PageState.QUARANTINED, PageState.FILED]
    assert _state(office, dossier_id) is DigitizationState.NEEDS_CLERK


def test_a_dossier_whose_only_page_is_quarantined_still_comes_to_rest(office):
    dossier_id = _receive(office, b"a")
    [task_id] = office.due("read_page")
    office.filing.quarantine_page(office.lease(task_id), "CRASHED")
    office.file_all()
    assert _state(office, dossier_id) is DigitizationState.NEEDS_CLERK
    with office.records.transaction() as work:
        assert work.tasks.open_count(dossier_id) == 0


def test_a_dossier_is_complete_when_its_required_slots_are_filled(office, make_reading):
    office.rules = (
        SlotRule(key="a", name="Tờ khai", accepts=("ct01",), is_required=True, policy="digitize"),
        SlotRule(key="b", name="Ủy quyền", accepts=("giay_uy_quyen",), is_required=False, policy="digitize"),
    )
    dossier_id = _receive(office, b"a")
    office.read_all()
    office.file_all()
    assert _state(office, dossier_id) is DigitizationState.COMPLETE
    with office.records.transaction() as work:
        filled = [slot.document_id is not None for slot in work.dossiers.slots(dossier_id)]
    assert filled == [True, False]


def test_an_unsure_document_fills_no_slot_and_goes_to_review(office, make_reading):
    office.rules = (
        SlotRule(key="a", name="Tờ khai", accepts=("ct01",), is_required=True, policy="digitize"),
    )
    dossier_id = _receive(office, b"a")
    office.read_all(lambda _: make_reading("ct01", 0.3))
    office.file_all()
    with office.records.transaction() as work:
        [slot] = work.dossiers.slots(dossier_id)
        [page] = work.pages.of_dossier(dossier_id)
    assert slot.document_id is None
    assert page.state is PageState.IN_REVIEW


def test_a_supplement_opens_the_dossier_again_and_keeps_its_code(office):
    dossier_id = _receive(office, b"a")
    office.read_all()
    office.file_all()
    with office.records.transaction() as work:
        code = work.dossiers.get(dossier_id).code
    office.intake.receive_file(dossier_id, RawFile(name="b.png", content=b"b"))
    assert _state(office, dossier_id) is DigitizationState.RECEIVING
    office.read_all()
    office.file_all()
    assert len(_documents(office, dossier_id)) == 2
    with office.records.transaction() as work:
        assert work.dossiers.get(dossier_id).code == code


def test_filing_waits_when_a_page_arrived_in_between(office, make_reading):
    dossier_id = _receive(office, b"a")
    office.read_all()
    [task_id] = office.due("file_dossier")
    office.intake.receive_file(dossier_id, RawFile(name="b.png", content=b"b"))
    office.filing.file_dossier(office.lease(task_id))
    assert not _documents(office, dossier_id)
    office.read_all()
    office.file_all()
    assert len(_documents(office, dossier_id)) == 2


def test_the_pdf_of_an_unchanged_document_is_kept_when_the_dossier_is_cut_anew(office):
    dossier_id = _receive(office, b"a")
    office.read_all()
    office.file_all()
    [task_id] = office.due("render_document")
    office.filing.record_pdf(office.lease(task_id), "pdf")
    office.intake.receive_file(dossier_id, RawFile(name="b.png", content=b"b"))
    office.read_all()
    office.file_all()
    assert [document.pdf_key for document in _documents(office, dossier_id)] == ["pdf", None]


def test_abandoned_work_leaves_the_dossier_to_a_clerk(office):
    dossier_id = _receive(office, b"a")
    office.read_all()
    office.file_all()
    [task_id] = office.due("render_document")
    office.filing.abandon(office.lease(task_id), "TIMEOUT")
    assert _state(office, dossier_id) is DigitizationState.NEEDS_CLERK
    with office.records.transaction() as work:
        assert work.tasks.open_count(dossier_id) == 0


def test_a_page_may_not_be_filed_before_it_is_read(office):
    dossier_id = _receive(office, b"a")
    with office.records.transaction() as work:
        [page] = work.pages.of_dossier(dossier_id)
    with pytest.raises(IllegalMove):
        page.moved(PageState.FILED)


def test_a_withdrawn_document_stays_withdrawn(office):
    dossier_id = _receive(office, b"a")
    office.read_all()
    office.file_all()
    [document] = _documents(office, dossier_id)
    withdrawn = document.moved(DocumentState.CONFIRMED).moved(DocumentState.WITHDRAWN)
    with pytest.raises(IllegalMove):
        withdrawn.moved(DocumentState.CONFIRMED)


_TWO_SLOTS = (
    SlotRule(key="a", name="Tờ khai", accepts=("ct01",), is_required=True, policy="digitize"),
    SlotRule(key="b", name="Giấy tờ khác", accepts=("ct01",), is_required=False, policy="digitize"),
)


def _slots(office, dossier_id):
    with office.records.transaction() as work:
        return work.dossiers.slots(dossier_id)


def _placing(office):
    return Placing(records=office.records, clock=lambda: datetime(2026, 7, 1, 3, 0, tzinfo=UTC))


def test_what_a_clerk_put_into_a_slot_stays_there_when_the_dossier_is_filed_again(office, make_reading):
    office.rules = _TWO_SLOTS
    dossier_id = _receive(office, b"ab")
    office.read_all()
    office.file_all()
    first, second = (document.document_id for document in _documents(office, dossier_id))
    assert [slot.document_id for slot in _slots(office, dossier_id)] == [first, second]
    _placing(office).pin_slot(dossier_id, "a", second)
    assert [slot.document_id for slot in _slots(office, dossier_id)] == [second, first]
    office.intake.receive_file(dossier_id, RawFile(name="b.png", content=b"c"))
    office.read_all()
    office.file_all()
    slots = _slots(office, dossier_id)
    assert [slot.document_id for slot in slots] == [second, first]
    assert [slot.is_pinned for slot in slots] == [True, False]


def test_a_clerk_takes_a_document_out_of_a_slot(office):
    office.rules = _TWO_SLOTS[:1]
    dossier_id = _receive(office, b"a")
    office.read_all()
    office.file_all()
    _placing(office).pin_slot(dossier_id, "a", None)
    office.intake.receive_file(dossier_id, RawFile(name="b.png", content=b"c"))
    office.read_all()
    office.file_all()
    assert [slot.document_id for slot in _slots(office, dossier_id)] == [None]
    with office.records.transaction() as work:
        kinds = [event.kind.value for event in work.events.of_dossier(dossier_id)]
    assert kinds.count("slot_pinned") == 1


@pytest.mark.parametrize(("key", "document_id"), [("z", None), ("a", "nobody's")])
def test_a_slot_or_document_that_is_not_there_cannot_be_pinned(office, key, document_id):
    office.rules = _TWO_SLOTS
    dossier_id = _receive(office, b"a")
    office.read_all()
    office.file_all()
    with pytest.raises(RecordError):
        _placing(office).pin_slot(dossier_id, key, document_id)


def test_a_slot_that_was_left_to_the_program_again_is_filled_anew(office):
    office.rules = _TWO_SLOTS[:1]
    dossier_id = _receive(office, b"a")
    office.read_all()
    office.file_all()
    placing = _placing(office)
    placing.pin_slot(dossier_id, "a", None)
    with office.records.transaction() as work:
        assert work.dossiers.get(dossier_id).state is DigitizationState.NEEDS_CLERK
    placing.release_slot(dossier_id, "a")
    [slot], [document] = _slots(office, dossier_id), _documents(office, dossier_id)
    assert (slot.document_id, slot.is_pinned) == (document.document_id, False)
    with office.records.transaction() as work:
        assert work.dossiers.get(dossier_id).state is DigitizationState.COMPLETE


def test_a_type_that_a_clerk_confirmed_fills_its_slot_and_files_its_pages(office, make_reading):
    office.rules = _TWO_SLOTS[:1]
    unsure = replace(
        make_reading(),
        classification=Classification(type_id="unknown", confidence=0.9, evidence="", is_first_page=True),
    )
    dossier_id = _receive(office, b"a")
    office.read_all(lambda _: unsure)
    office.file_all()
    [document] = _documents(office, dossier_id)
    assert [slot.document_id for slot in _slots(office, dossier_id)] == [None]
    confirmed = replace(document.moved(DocumentState.CONFIRMED), type_id="ct01", confidence=1.0)
    with office.records.transaction() as work:
        work.documents.replace_proposed(dossier_id, [confirmed])
    _placing(office).refill(dossier_id)
    assert [slot.document_id for slot in _slots(office, dossier_id)] == [document.document_id]
    with office.records.transaction() as work:
        assert [page.state for page in work.pages.of_dossier(dossier_id)] == [PageState.FILED]
        assert work.dossiers.get(dossier_id).state is DigitizationState.COMPLETE


def test_a_paper_with_the_code_of_another_dossier_is_told(office, make_reading):
    dossier_id = _receive(office, b"ab")
    with office.records.transaction() as work:
        own = work.dossiers.get(dossier_id).code

    def coded(number: int):
        code = own if number else "H29.119-250701-9999"
        value = FieldValue(
            name="dossier_code", raw=code, value=code, box=None, confidence=1.0, source=Source.BARCODE
        )
        return replace(make_reading(), fields=(value,))

    office.read_all(coded)
    office.file_all()
    assert [document.issues for document in _documents(office, dossier_id)] == [("OTHER_DOSSIER",), ()]


def test_papers_that_name_one_person_differently_carry_the_remark(office, make_reading):
    dossier_id = _receive(office, b"ab")

    def named(number: int):
        told = {"personal_number": "003090123456", "person_name": ("Lê Hoa", "Lê Hòa")[number]}
        values = tuple(
            FieldValue(name=name, raw=value, value=value, box=None, confidence=1.0, source=Source.OCR)
            for name, value in told.items()
        )
        return replace(make_reading(), fields=values)

    office.read_all(named)
    office.file_all()
    assert [document.issues for document in _documents(office, dossier_id)] == [("TONES_DIFFER",)] * 2
