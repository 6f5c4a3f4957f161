from __future__ import annotations

from datetime import date

import pytest

from dossiers.codes import (
    AgencyCode,
    AgencyCodeStyle,
    DossierCode,
    ResultCode,
    dossier_codes_in,
    is_dossier_code,
)
from dossiers.errors import InputError

READ = [
    ("H29.119-250701-0001", "H29.119", date(2025, 7, 1), 1, AgencyCodeStyle.LEVEL_ONE_FIRST),
    ("000.00.16.H26-240920-0001", "000.00.16.H26", date(2024, 9, 20), 1, AgencyCodeStyle.LEVEL_ONE_LAST),
    ("H47.06-261005-0155", "H47.06", date(2026, 10, 5), 155, AgencyCodeStyle.LEVEL_ONE_FIRST),
    ("G01.899.108-260102-0042", "G01.899.108", date(2026, 1, 2), 42, AgencyCodeStyle.LEVEL_ONE_FIRST),
    ("H55.242-260102-12345", "H55.242", date(2026, 1, 2), 12345, AgencyCodeStyle.LEVEL_ONE_FIRST),
    ("H29-240229-9999", "H29", date(2024, 2, 29), 9999, AgencyCodeStyle.LEVEL_ONE_FIRST),
    (" h29.119 – 250701 – 0001 ", "H29.119", date(2025, 7, 1), 1, AgencyCodeStyle.LEVEL_ONE_FIRST),
]

REFUSED = [
    "",
    "H29.119",
    "H29.119-250701",
    "H29.119-250701-001",
    "H29.119-250701-0000",
    "H29.119-250701-123456",
    "H29.119-251301-0001",
    "H29.119-250229-0001",
    "H29.119-250701-0001-KQ(1)",
    "Z29.119-250701-0001",
    "29H.119-250701-0001",
    "H29.1-250701-0001",
    "H29.119.06.01.02-250701-0001",
    "00.00.16.H26-240920-0001",
    "H29.119_250701_0001",
]


@pytest.mark.parametrize(("text", "agency", "day", "sequence", "style"), READ)
def test_both_styles_of_codes_are_read(
    text: str, agency: str, day: date, sequence: int, style: AgencyCodeStyle
) -> None:
    code = DossierCode.parse(text)

    assert str(code.agency) == agency
    assert code.day == day
    assert code.sequence == sequence
    assert code.agency.style is style
    assert is_dossier_code(text)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_dossier_code_is_refused(text: str) -> None:
    assert not is_dossier_code(text)
    with pytest.raises(InputError) as refusal:
        DossierCode.parse(text)
    assert refusal.value.code == "BAD_DOSSIER_CODE"


@pytest.mark.parametrize(
    ("agency", "expected"),
    [("H29.119", "H29.119-250701-0007"), ("000.00.16.H26", "000.00.16.H26-250701-0007")],
)
def test_the_style_of_the_agency_decides_the_style_of_a_new_code(agency: str, expected: str) -> None:
    by_text = DossierCode.issue(agency=agency, day=date(2025, 7, 1), sequence=7)
    by_code = DossierCode.issue(agency=AgencyCode.parse(agency), day=date(2025, 7, 1), sequence=7)

    assert str(by_text) == str(by_code) == expected


@pytest.mark.parametrize("sequence", [0, -1, 10_000])
def test_a_day_has_at_most_9999_numbers(sequence: int) -> None:
    with pytest.raises(InputError):
        DossierCode.issue(agency="H29.119", day=date(2025, 7, 1), sequence=sequence)


@pytest.mark.parametrize("year", [1999, 2100])
def test_a_year_that_two_digits_cannot_hold_is_refused(year: int) -> None:
    with pytest.raises(InputError):
        DossierCode.issue(agency="H29.119", day=date(year, 7, 1), sequence=1)


def test_an_agency_that_cannot_head_a_code_is_refused() -> None:
    with pytest.raises(InputError):
        DossierCode.issue(agency=AgencyCode.parse("Z1AB2"), day=date(2025, 7, 1), sequence=1)


def test_codes_are_found_in_a_running_text_each_once() -> None:
    text = (
        "Mã hồ sơ: H29.119-250701-0001, (000.00.16.H26-240920-0001)"
        " và H29.119-250701-0001; H29.119-259901-0001."
    )

    assert [str(each) for each in dossier_codes_in(text)] == [
        "H29.119-250701-0001",
        "000.00.16.H26-240920-0001",
    ]


def test_blanks_that_recognition_puts_around_hyphens_are_overlooked() -> None:
    assert [str(each) for each in dossier_codes_in("Số: H29.119 – 250701- 0001 ngày 01")] == [
        "H29.119-250701-0001"
    ]


def test_a_longer_number_holds_no_dossier_code() -> None:
    assert dossier_codes_in("XH29.119-250701-00012 A1H29.119-250701-0001 H29.119-250701-000123") == ()


@pytest.mark.parametrize("written", ["-KQ(2)", "-KQ2", "-kq(2)", " - KQ (2)"])
def test_a_result_code_names_dossier_and_number(written: str) -> None:
    code = ResultCode.parse("H29.119-250701-0001" + written)

    assert str(code.dossier) == "H29.119-250701-0001"
    assert code.number == 2
    assert str(code) == "H29.119-250701-0001-KQ(2)"


@pytest.mark.parametrize("written", ["", "-KQ", "-KQ()", "-KQ(0)", "-KQ(1", "-KQ1)", "-KQ(1)-KQ(2)"])
def test_what_is_no_result_code_is_refused(written: str) -> None:
    with pytest.raises(InputError):
        ResultCode.parse("H29.119-250701-0001" + written)
