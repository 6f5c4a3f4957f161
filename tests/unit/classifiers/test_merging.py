"""What the sources of a document disagree about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.merging import disagreements, merge_fields
from dossiers.reading import FieldValue, Source


def _value(name: str, value: str | None, source: Source) -> FieldValue:
    return FieldValue(name=name, raw=value or "", value=value, box=None, confidence=0.9, source=source)


@pytest.mark.parametrize("name", ["personal_number", "birth_date", "sex", "issue_date", "old_number"])
def test_print_that_differs_from_the_code_is_reported(name: str) -> None:
    values = [_value(name, "1", Source.QR), _value(name, "2", Source.OCR)]
    assert "QR_DISAGREES" in disagreements(values)
    same = [_value(name, "1", Source.QR), _value(name, "1", Source.OCR)]
    assert "QR_DISAGREES" not in disagreements(same)


@pytest.mark.parametrize("other", [Source.QR, Source.OCR, Source.PDF_TEXT])
@pytest.mark.parametrize("name", ["personal_number", "expiry_date", "passport_number"])
def test_whatever_differs_from_the_machine_zone_is_reported(name: str, other: Source) -> None:
    values = [_value(name, "1", Source.MRZ), _value(name, "2", other)]
    assert "MRZ_DISAGREES" in disagreements(values)


@pytest.mark.parametrize(
    ("birth_date", "sex", "expected"),
    [
        ("1990-03-12", "Nam", ()),
        ("1991-03-12", "Nam", ("NUMBER_MISMATCH",)),
        ("1990-03-12", "Nữ", ("NUMBER_MISMATCH",)),
        (None, None, ()),
    ],
)
@pytest.mark.parametrize("printed", [Source.OCR, Source.PDF_TEXT])
def test_a_number_is_held_against_birth_and_sex_of_any_source(
    birth_date: str | None, sex: str | None, expected: tuple[str, ...], printed: Source
) -> None:
    values = [
        _value("personal_number", "003090123456", Source.MRZ),
        _value("birth_date", birth_date, printed),
        _value("sex", sex, printed),
    ]
    assert disagreements(values) == expected


def test_a_number_of_no_province_is_reported() -> None:
    for province, expected in (("005", ("PROVINCE_UNKNOWN",)), ("079", ()), ("003", ())):
        number = province + "090123456"
        assert disagreements([_value("personal_number", number, Source.OCR)]) == expected


def test_an_old_number_of_nine_digits_is_held_against_nothing() -> None:
    values = [_value("old_number", "012345678", Source.OCR), _value("birth_date", "1990-01-01", Source.OCR)]
    assert disagreements(values) == ()


def test_codes_of_two_people_in_one_document_are_reported() -> None:
    codes = [_value("personal_number", number, Source.QR) for number in ("003090123456", "003090123457")]
    assert "CODES_DISAGREE" in disagreements(codes)
    assert disagreements([codes[0], codes[0]]) == ()


def test_two_dossier_codes_on_one_document_are_reported() -> None:
    codes = [_value("dossier_code", f"H29.119-250701-000{n}", Source.BARCODE) for n in (1, 2)]
    assert disagreements(codes) == ("CODES_DISAGREE",)


def test_a_member_of_a_household_is_not_mixed_from_two_pages() -> None:
    def page(name: str, born: str, confidence: float) -> list[FieldValue]:
        values = [_value("member_name", name, Source.OCR), _value("member_birth_date", born, Source.OCR)]
        return [replace(values[0], confidence=confidence), replace(values[1], confidence=1 - confidence)]

    found = merge_fields([*page("Lê Thị Mẫu", "1985-02-27", 0.4), *page("Lê Văn Mẫu", "2014-04-02", 0.9)])
    assert [each.value for each in found] == ["Lê Thị Mẫu", "1985-02-27"]
