from __future__ import annotations

import logging
from datetime import date

import pytest

from dossiers.codes import PROVINCES, TEST_PROVINCE_CODE, NumberWarning, PersonalNumber, Sex
from dossiers.errors import InputError

NUMBER = "003090123456"


def _with_province(code: str) -> PersonalNumber:
    return PersonalNumber.parse(code + NUMBER[3:])


@pytest.mark.parametrize(
    "text", [NUMBER, "003 090 123 456", "003.090.123.456", "003090-123456", f" {NUMBER}\n"]
)
def test_a_number_is_read_with_its_separators(text: str) -> None:
    assert PersonalNumber.parse(text).digits == NUMBER


@pytest.mark.parametrize(
    "text",
    ["", "00309012345", "0030901234567", "00309012345O", "1234567890", "٠٠٣٠٩٠١٢٣٤٥٦", "003/090/123/456"],
)
def test_what_has_not_12_or_9_digits_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        PersonalNumber.parse(text)

    assert refusal.value.code == "BAD_PERSONAL_NUMBER"
    assert not text or text not in f"{refusal.value} {refusal.value.hint} {refusal.value.vi}"


@pytest.mark.parametrize(
    ("digit", "century", "sex"),
    [
        ("0", 1900, Sex.MALE),
        ("1", 1900, Sex.FEMALE),
        ("2", 2000, Sex.MALE),
        ("3", 2000, Sex.FEMALE),
        ("4", 2100, Sex.MALE),
        ("5", 2100, Sex.FEMALE),
        ("9", 2300, Sex.FEMALE),
    ],
)
def test_the_fourth_digit_tells_century_and_sex(digit: str, century: int, sex: Sex) -> None:
    number = PersonalNumber.parse(f"003{digit}07123456")

    assert number.birth_year == century + 7
    assert number.sex is sex


def test_there_are_63_provinces_and_the_test_code_is_none_of_them() -> None:
    assert len(PROVINCES) == 63
    assert TEST_PROVINCE_CODE not in PROVINCES
    assert _with_province("001").province == "Hà Nội"
    assert _with_province("079").province == "Thành phố Hồ Chí Minh"
    assert _with_province("096").province == "Cà Mau"


def test_only_the_unassigned_province_is_reserved_for_tests() -> None:
    assert PersonalNumber.parse(NUMBER).is_reserved_for_tests
    assert not _with_province("001").is_reserved_for_tests
    assert not PersonalNumber.parse("003090123").is_reserved_for_tests


def test_contradictions_are_warnings_and_not_errors() -> None:
    number = _with_province("001")

    assert number.cross_check(birth_year=1990, sex=Sex.MALE) == ()
    assert number.cross_check() == ()
    assert number.cross_check(birth_year=1991, sex=Sex.FEMALE) == (
        NumberWarning.BIRTH_YEAR_DIFFERS,
        NumberWarning.SEX_DIFFERS,
    )
    assert _with_province("003").cross_check(birth_year=1990) == (NumberWarning.PROVINCE_UNASSIGNED,)
    assert _with_province("999").cross_check() == (NumberWarning.PROVINCE_UNASSIGNED,)


def test_an_old_card_number_says_nothing_about_its_owner() -> None:
    number = PersonalNumber.parse("123 456 789")

    assert number.is_old_card_number
    assert (number.province_code, number.province, number.birth_year, number.sex) == (None, None, None, None)
    assert number.cross_check(birth_year=1990, sex=Sex.MALE) == ()


def test_old_cards_proved_identity_until_the_end_of_2024() -> None:
    old, new = PersonalNumber.parse("123456789"), PersonalNumber.parse(NUMBER)

    assert old.is_valid_identity_on(date(2024, 12, 31))
    assert not old.is_valid_identity_on(date(2025, 1, 1))
    assert new.is_valid_identity_on(date(2025, 1, 1))


def test_a_number_never_shows_itself(caplog: pytest.LogCaptureFixture) -> None:
    number = PersonalNumber.parse(NUMBER)

    with caplog.at_level(logging.INFO):
        logging.getLogger("test").info("received %s %r", number, [number])
    shown = f"{number} {number!r} {[number]} {caplog.text}"
    assert NUMBER not in shown
    assert "003090" not in shown
    assert number.masked == "*********456"
