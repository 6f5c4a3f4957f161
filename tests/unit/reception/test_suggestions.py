"""What a clerk is offered instead of a value."""

from __future__ import annotations

from dossiers.disagreements import OtherValue
from dossiers.reading import FieldValue, Source
from reception.review.suggestions import suggestions_for


def _value(name: str, value: str | None, *alternatives: str) -> FieldValue:
    return FieldValue(
        name=name,
        raw=value or "",
        value=value,
        box=None,
        confidence=0.9,
        source=Source.OCR,
        alternatives=alternatives,
    )


def _other(value: str, kind: str = "NAMES_DIFFER") -> OtherValue:
    return OtherValue(value=value, source=Source.OCR, type_id="cccd_front", dossier_code="", kind=kind)


def test_the_name_of_another_person_is_not_offered() -> None:
    read = _value("mother_name", "Nguyễn Thị Hoa")

    assert suggestions_for(read, [_other("Trần Văn Bình"), _other("Nguyễn Thị Hoài", "STORE_DIFFERS")]) == ()
    assert suggestions_for(read, [_other("Nguyễn Thị Hòa", "TONES_DIFFER")]) == ("Nguyễn Thị Hòa",)


def test_a_name_that_could_not_be_read_takes_none_from_elsewhere() -> None:
    assert suggestions_for(_value("person_name", None), [_other("Trần Văn Bình")]) == ()


def test_what_a_code_of_the_same_paper_says_is_offered() -> None:
    read = _value("person_name", "Trấn Vân Bỉnh")

    assert suggestions_for(read, [_other("Trần Văn Bình Minh", "READ_TWICE")]) == ("Trần Văn Bình Minh",)


def test_days_and_numbers_of_other_papers_are_offered_as_people_write_them() -> None:
    read = _value("birth_date", "1990-02-01")

    assert suggestions_for(read, [_other("1990-02-11", "BIRTHS_DIFFER")]) == ("11/02/1990",)


def test_nothing_is_offered_twice_in_other_capitals() -> None:
    read = _value("person_name", "NGUYÊN HÀ", "NGUYỄN HÀ")

    assert suggestions_for(read, [_other("Nguyễn Hà", "TONES_DIFFER"), _other("nguyên hà")]) == ("NGUYỄN HÀ",)
