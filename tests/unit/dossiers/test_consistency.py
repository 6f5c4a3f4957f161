"""What the papers of a dossier say differently about the same people; dates that cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from dossiers.consistency import RemarkKind, find_remarks, with_remarks
from dossiers.document import Document, DocumentState
from dossiers.reading import CopyKind, FieldValue, Source

RECEIVED = date(2026, 11, 27)
NUMBER = "003090123456"


def _paper(ordinal: int, type_id: str = "ct01", source: Source = Source.OCR, **values: str) -> Document:
    fields = tuple(
        FieldValue(
            name=name.replace("__", "."), raw=value, value=value, box=None, confidence=0.9, source=source
        )
        for name, value in values.items()
    )
    return Document(
        document_id=f"d{ordinal}",
        dossier_id="d",
        ordinal=ordinal,
        type_id=type_id,
        page_ids=(f"p{ordinal}",),
        confidence=1.0,
        evidence="",
        copy_kind=CopyKind.UNKNOWN,
        fields=fields,
        issues=(),
    )


def _told(*papers: Document) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [
        (remark.kind.value, tuple((place.document_id, place.value.name) for place in remark.places))
        for remark in find_remarks(papers, RECEIVED)
    ]


def test_the_same_number_with_another_name_names_both_places():
    card = _paper(1, "cccd_front", personal_number=NUMBER, person_name="NGUYỄN VĂN MẪU")
    form = _paper(2, wife_personal_number=NUMBER, wife_name="Trần Văn Mẫu")
    assert _told(card, form) == [("NAMES_DIFFER", (("d1", "person_name"), ("d2", "wife_name")))]


def test_names_that_differ_in_tones_only_are_a_remark_of_their_own_kind():
    card = _paper(1, personal_number=NUMBER, person_name="NGUYỄN VĂN MẪU")
    form = _paper(2, personal_number=NUMBER, person_name="Nguyên Văn Mẫu")
    assert [kind for kind, _ in _told(card, form)] == ["TONES_DIFFER"]


def test_capitals_and_the_place_of_a_tone_make_no_other_name():
    card = _paper(1, personal_number=NUMBER, person_name="LÊ HÒA MẪU")
    form = _paper(2, personal_number=NUMBER, person_name="Lê Hoà Mẫu")
    assert _told(card, form) == []


@pytest.mark.parametrize(("stated", "kinds"), [("1990", []), ("1990-02-03", []), ("1991", ["BIRTHS_DIFFER"])])
def test_a_year_of_birth_is_compared_with_the_year_of_the_day(stated, kinds):
    name = "birth_date" if "-" in stated else "birth_year"
    card = _paper(1, personal_number=NUMBER, person_name="LÊ MẪU", birth_date="1990-02-03")
    owner = _paper(2, owner_name="Lê Mẫu", owner_personal_number=NUMBER, **{f"owner_{name}": stated})
    assert [kind for kind, _ in _told(card, owner)] == kinds


def test_a_code_is_surer_than_print_and_stands_first():
    form = _paper(1, personal_number=NUMBER, person_name="Lê Thị Mẫu")
    card = _paper(2, "cccd_front", Source.QR, personal_number=NUMBER, person_name="Vũ Thị Mẫu")
    assert _told(form, card) == [("NAMES_DIFFER", (("d2", "person_name"), ("d1", "person_name")))]


def test_members_of_a_household_are_people_too():
    card = _paper(1, personal_number=NUMBER, person_name="Lê Thị Mẫu", sex="Nữ")
    form = _paper(
        2,
        **{
            "member[1]__name": "Lê Thị Mẫu",
            "member[1]__personal_number": NUMBER,
            "member[1]__sex": "Nam",
        },
    )
    assert _told(card, form) == [("SEXES_DIFFER", (("d1", "sex"), ("d2", "member[1].sex")))]


def test_the_same_name_and_birthday_with_another_number():
    one = _paper(1, person_name="Lê Thị Mẫu", birth_date="1990-02-03", personal_number=NUMBER)
    other = _paper(2, person_name="LÊ THỊ MẪU", birth_date="1990-02-03", personal_number="003090123458")
    old = _paper(3, person_name="LÊ THỊ MẪU", birth_date="1990-02-03", personal_number="012345678")
    assert _told(one, other, old) == [
        ("NUMBERS_DIFFER", (("d1", "personal_number"), ("d2", "personal_number")))
    ]


def _birth_notice(**changed: str) -> Document:
    told = {
        "birth_date": "2026-11-08",
        "sex": "Nữ",
        "mother_name": "Phạm Thị Mẫu",
        "father_name": "Lê Văn Mẫu",
    }
    return _paper(1, "giay_chung_sinh", **{"person_name": "Lê Hoa Mẫu", **told, **changed})


def _birth_request(ordinal: int = 2, **changed: str) -> Document:
    told = {
        "birth_date": "2026-11-08",
        "sex": "Nữ",
        "mother_name": "PHẠM THỊ MẪU",
        "father_name": "LÊ VĂN MẪU",
    }
    return _paper(ordinal, "to_khai_khai_sinh", **{"person_name": "LÊ HOA MẪU", **told, **changed})


@pytest.mark.parametrize(
    ("changed", "kind", "name"),
    [
        ({"birth_date": "2026-11-18"}, "BIRTHS_DIFFER", "birth_date"),
        ({"sex": "Nam"}, "SEXES_DIFFER", "sex"),
        ({"father_name": "LÊ VĂN MAI"}, "NAMES_DIFFER", "father_name"),
        ({"mother_name": "PHẠM THỊ MẬU"}, "TONES_DIFFER", "mother_name"),
    ],
)
def test_notice_of_birth_and_request_are_compared(changed, kind, name):
    assert _told(_birth_notice(), _birth_request()) == []
    assert _told(_birth_notice(), _birth_request(**changed)) == [(kind, (("d1", name), ("d2", name)))]


def test_the_name_of_a_child_is_only_planned_in_the_notice():
    assert _told(_birth_notice(), _birth_request(person_name="LÊ MAI MẪU")) == []


def test_birth_papers_of_another_child_are_not_compared():
    sister = _birth_request(
        person_name="LÊ MAI MẪU", birth_date="2020-01-01", father_name="VŨ MẪU", sex="Nam"
    )
    assert _told(_birth_notice(), sister) == []


def test_dates_out_of_order_and_in_the_future():
    early = _paper(1, "giay_khai_sinh", birth_date="2026-05-04", issue_date="2026-05-01")
    late = _paper(2, "ct07", issue_date="2026-11-28")
    assert _told(early, late) == [
        ("DATES_DISORDERED", (("d1", "birth_date"), ("d1", "issue_date"))),
        ("DATE_IN_FUTURE", (("d2", "issue_date"),)),
    ]


def test_papers_in_order_raise_no_remark():
    paper = _paper(
        1, "giay_khai_sinh", birth_date="2026-05-04", mother_birth_year="1996", issue_date="2026-11-27"
    )
    card = _paper(2, "cccd_front", birth_date="1990-01-01", issue_date="2022-01-01", expiry_date="2030-01-01")
    assert _told(paper, card) == []


def test_documents_carry_the_codes_and_withdrawn_ones_are_passed_over():
    card = _paper(1, personal_number=NUMBER, person_name="LÊ MẪU")
    form = _paper(2, personal_number=NUMBER, person_name="VŨ MẪU")
    assert [each.issues for each in with_remarks((card, form), RECEIVED)] == [
        (RemarkKind.NAMES_DIFFER.value,),
        (RemarkKind.NAMES_DIFFER.value,),
    ]
    assert _told(card, form.moved(DocumentState.WITHDRAWN)) == []
