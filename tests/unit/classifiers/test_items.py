"""The requirements of the field that cross-checks answer, each by its number (25 and 28)."""

from __future__ import annotations

import pytest

from classifiers.extractors.checking import with_checks
from classifiers.merging import disagreements, merge_fields
from dossiers.reading import FieldValue, Source


def _value(name: str, value: str, source: Source = Source.OCR, confidence: float = 0.9) -> FieldValue:
    return FieldValue(name=name, raw=value, value=value, box=None, confidence=confidence, source=source)


@pytest.mark.parametrize(
    ("number", "failed"),
    [
        ("003190000001", set()),
        ("003191000001", {"birth_year_matches"}),
        ("003090000001", {"sex_matches"}),
        ("005190000001", {"province_known"}),
    ],
)
def test_item_25_a_number_is_checked_against_birth_year_sex_and_province(
    number: str, failed: set[str]
) -> None:
    page = [
        _value("personal_number", number),
        _value("birth_date", "1990-03-12"),
        _value("sex", "Nữ"),
    ]
    checked = with_checks(page, "")[0]
    assert {name for name, holds in checked.checks if not holds} == failed
    assert "birth_year_matches" in dict(checked.checks)


@pytest.mark.parametrize(("code", "report"), [(Source.QR, "QR_DISAGREES"), (Source.MRZ, "MRZ_DISAGREES")])
def test_item_25_the_code_wins_over_surer_print_and_the_disagreement_is_shown(
    code: Source, report: str
) -> None:
    read = [
        _value("personal_number", "003190000007", Source.OCR, confidence=1.0),
        _value("personal_number", "003190000001", code, confidence=0.5),
    ]
    assert [each.value for each in merge_fields(read)] == ["003190000001"]
    assert report in disagreements(read)


@pytest.mark.parametrize(
    ("day", "holds"), [("1990-03-12", True), ("1990-03-21", False), ("1991-03-12", False)]
)
def test_item_28_a_date_is_compared_with_its_words(day: str, holds: bool) -> None:
    text = (
        "Ngày, tháng, năm sinh: 12/03/1990\n"
        "Ghi bằng chữ: Ngày mười hai, tháng ba, năm một nghìn chín trăm chín mươi"
    )
    (checked,) = with_checks([_value("birth_date", day)], text)
    assert dict(checked.checks)["date_in_words_matches"] is holds


@pytest.mark.parametrize(("area", "holds"), [("120.5", True), ("125.0", False)])
def test_item_28_an_area_is_compared_with_its_words(area: str, holds: bool) -> None:
    words = "Một trăm hai mươi phẩy năm mét vuông"
    checked = with_checks([_value("area", area), _value("area_in_words", words)], "")[0]
    assert dict(checked.checks)["area_in_words_matches"] is holds
