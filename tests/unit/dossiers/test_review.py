"""Review: nothing is confirmed without a name, all of it or nothing, beside what the machine had read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dossiers.citizens import HolderNumber
from dossiers.consent import Purpose
from dossiers.document import DocumentState
from dossiers.dossier import DigitizationState
from dossiers.errors import InputError, RecordError
from dossiers.intake import Opening, RawFile
from dossiers.page import PageState
from dossiers.reading import Box, CopyKind, FieldValue, Source
from dossiers.review import Confirmation, Review
from dossiers.slot import SlotRule
from dossiers.testing import MemoryNumberIndex
from dossiers.vault import Vault

OWNER, BEARER = "003195500150", "003090123456"
CLERK = "Trần Thị Cán Bộ"
INDEX = MemoryNumberIndex()


def value(name: str, text: str | None, raw: str = "", box: Box | None = None) -> FieldValue:
    return FieldValue(
        name=name, raw=raw or text or "", value=text, box=box, confidence=0.7, source=Source.OCR
    )


CARD = (
    value("personal_number", OWNER, box=Box(left=1, top=2, right=3, bottom=4)),
    value("old_number", "012345678"),
    value("birth_date", "1995-05-30"),
    value("issue_date", "2021-09-13"),
    value("expiry_date", "2035-05-30"),
)


@pytest.fixture
def review(office) -> Review:
    return Review(records=office.records, index=INDEX, checklist=lambda _: office.rules, clock=office.clock)


@pytest.fixture
def receive(office, make_reading):
    """Digitizes one page of a type with values; returns dossier and document."""

    def run(type_id: str = "cccd_front", fields=CARD, citizen: str | None = OWNER, confidence: float = 0.9):
        opening = Opening(
            agency="H29.119", intake_key=type_id, procedure_code="1.004222", citizen_number=citizen, title="t"
        )
        dossier_id = office.intake.open_dossier(opening).dossier_id
        office.intake.receive_file(dossier_id, RawFile(name="a.png", content=type_id[:1].encode()))
        office.read_all(lambda _: replace(make_reading(type_id, confidence), fields=tuple(fields)))
        office.file_all()
        with office.records.transaction() as work:
            return dossier_id, work.documents.of_dossier(dossier_id)[0].document_id

    return run


def test_item_29_a_confirmed_document_carries_who_when_and_where_each_value_stands(
    office, review, receive
) -> None:
    dossier_id, document_id = receive()
    paper = review.confirm(document_id, Confirmation(clerk=CLERK))
    assert (paper.confirmed_by, paper.confirmed_at) == (CLERK, office.clock())
    assert (paper.issued_on, paper.expires_on) == (date(2021, 9, 13), date(2035, 5, 30))
    with office.records.transaction() as work:
        facts = work.papers.facts(document_id)
        pages = work.pages.of_dossier(dossier_id)
        assert work.documents.get(document_id).state is DocumentState.CONFIRMED
        assert [event.kind for event in work.events.of_dossier(dossier_id)][-1] == "document_confirmed"
    assert [fact.name for fact in facts] == [field.name for field in CARD]
    assert {fact.page_id for fact in facts} == {pages[0].page_id}
    assert facts[0].box == Box(left=1, top=2, right=3, bottom=4)
    assert facts[0].confidence == 0.7
    assert {page.state for page in pages} == {PageState.FILED}


def test_item_24_a_correction_keeps_what_the_machine_had_read(office, review, receive) -> None:
    _, document_id = receive()
    said = Confirmation(clerk=CLERK, corrections={"expiry_date": "1/6/2036", "residence": " Xã  Gia Phúc "})
    assert review.confirm(document_id, said).expires_on == date(2036, 6, 1)
    with office.records.transaction() as work:
        facts = {fact.name: fact for fact in work.papers.facts(document_id)}
        fields = {field.name: field.value for field in work.documents.get(document_id).fields}
    assert facts["expiry_date"].is_corrected
    assert facts["expiry_date"].proposed == "2035-05-30"
    assert not facts["birth_date"].is_corrected
    assert (facts["residence"].value, facts["residence"].page_id) == ("Xã Gia Phúc", None)
    assert fields["expiry_date"] == "2036-06-01"


def test_item_24_a_field_may_be_confirmed_empty_and_unlimited_is_no_date(review, receive) -> None:
    _, document_id = receive(fields=(value("expiry_date", None, "Không thời hạn"), value("issue_date", "x")))
    paper = review.confirm(document_id, Confirmation(clerk=CLERK, corrections={"issue_date": "-"}))
    assert paper.is_unlimited
    assert paper.expires_on is None
    assert paper.issued_on is None


@pytest.mark.parametrize(
    ("corrections", "code"),
    [
        ({"expiry_date": "31/02/2030"}, "BAD_VALUE"),
        ({"expiry_date": "năm sau"}, "BAD_VALUE"),
        ({"personal_number": "123"}, "BAD_PERSONAL_NUMBER"),
    ],
)
def test_a_malformed_correction_confirms_nothing(office, review, receive, corrections, code) -> None:
    _, document_id = receive()
    with pytest.raises(InputError, match=code):
        review.confirm(document_id, Confirmation(clerk=CLERK, corrections=corrections))
    with office.records.transaction() as work:
        assert work.papers.find(document_id) is None
        assert work.documents.get(document_id).state is DocumentState.PROPOSED


def test_item_29_nothing_is_confirmed_without_a_name_or_twice(review, receive) -> None:
    _, document_id = receive()
    with pytest.raises(RecordError, match="NO_CLERK"):
        review.confirm(document_id, Confirmation(clerk=" "))
    review.confirm(document_id, Confirmation(clerk=CLERK))
    with pytest.raises(RecordError, match="ALREADY_CONFIRMED"):
        review.confirm(document_id, Confirmation(clerk=CLERK))


def test_an_unknown_paper_is_named_first(office, review, receive, unknown) -> None:
    dossier_id, document_id = receive(unknown, fields=())
    with pytest.raises(RecordError, match="TYPE_UNKNOWN"):
        review.confirm(document_id, Confirmation(clerk=CLERK))
    with pytest.raises(RecordError, match="TYPE_UNKNOWN"):
        review.confirm(document_id, Confirmation(clerk=CLERK, type_id="made_up"))
    paper = review.confirm(document_id, Confirmation(clerk=CLERK, type_id="gcn_qsdd"))
    assert paper.type_id == "gcn_qsdd"
    with office.records.transaction() as work:
        assert work.dossiers.get(dossier_id).state is DigitizationState.COMPLETE
        assert {page.state for page in work.pages.of_dossier(dossier_id)} == {PageState.FILED}


def test_item_15_the_clerk_says_that_it_is_a_copy(review, receive) -> None:
    _, document_id = receive("gcn_qsdd", fields=())
    said = Confirmation(clerk=CLERK, copy_kind=CopyKind.CERTIFIED_COPY)
    assert review.confirm(document_id, said).copy_kind is CopyKind.CERTIFIED_COPY


def test_item_13_a_bearers_card_lies_in_the_owners_dossier_and_is_about_the_bearer(
    office, review, receive
) -> None:
    _, document_id = receive(fields=(value("personal_number", BEARER),))
    paper = review.confirm(document_id, Confirmation(clerk=CLERK))
    with office.records.transaction() as work:
        numbers = work.holders.numbers(paper.holder_id)
    assert [number.entry for number in numbers] == [INDEX.of(HolderNumber.parse(OWNER))]
    assert paper.subject == INDEX.of(HolderNumber.parse(BEARER))


def test_a_card_with_the_old_number_links_it_to_its_owner(office, review, receive) -> None:
    _, document_id = receive()
    paper = review.confirm(document_id, Confirmation(clerk=CLERK))
    vault = Vault(records=office.records, index=INDEX, clock=office.clock)
    view = vault.show(HolderNumber.parse("012345678"), CLERK)
    assert view.holder_id == paper.holder_id
    assert view.events[0].act == "number_linked"


def test_an_old_number_known_as_another_persons_is_left_to_a_clerk(office, review, receive) -> None:
    vault = Vault(records=office.records, index=INDEX, clock=office.clock)
    vault.consent(HolderNumber.parse("012345678"), [Purpose.KEEP], CLERK)
    _, document_id = receive()
    paper = review.confirm(document_id, Confirmation(clerk=CLERK))
    assert vault.show(HolderNumber.parse("012345678"), CLERK).holder_id != paper.holder_id


def test_papers_of_a_dossier_without_owner_lie_in_nobodys_store(review, receive) -> None:
    _, document_id = receive(citizen=None)
    assert review.confirm(document_id, Confirmation(clerk=CLERK)).holder_id == ""


def test_a_supplement_does_not_cut_a_confirmed_document_anew(office, review, receive, make_reading) -> None:
    dossier_id, document_id = receive()
    review.confirm(document_id, Confirmation(clerk=CLERK))
    office.intake.receive_file(dossier_id, RawFile(name="b.png", content=b"z"))
    office.read_all(lambda _: make_reading("ct07"))
    office.file_all()
    with office.records.transaction() as work:
        documents = work.documents.of_dossier(dossier_id)
        pages = [page_id for document in documents for page_id in document.page_ids]
        assert work.documents.get(document_id).state is DocumentState.CONFIRMED
        assert {document.type_id for document in documents} == {"cccd_front", "ct07"}
        assert sorted(pages) == sorted(page.page_id for page in work.pages.of_dossier(dossier_id))


def test_item_23_a_confirmed_document_keeps_its_slot(office, review, receive) -> None:
    office.rules = (
        SlotRule(key="the", name="Thẻ", accepts=("cccd_front",), is_required=True, policy="digitize"),
    )
    dossier_id, document_id = receive()
    review.confirm(document_id, Confirmation(clerk=CLERK))
    with office.records.transaction() as work:
        assert [slot.document_id for slot in work.dossiers.slots(dossier_id)] == [document_id]
