from __future__ import annotations

import pytest

from classifiers.codes.mrz_text import parse_name, parse_zone
from dossiers.codes.mrz_check import check_digit

FIRST = "IDVNM0901234562003090123456<<5"
SECOND = "9001011M3001019VNM<<<<<<<<<<<2"
NAME = "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<"


def test_a_card_zone_gives_number_dates_sex_and_name() -> None:
    zone = parse_zone(["trước", FIRST, SECOND, NAME])
    assert zone is not None
    assert (zone.personal_number, zone.birth_date, zone.sex) == ("003090123456", "1990-01-01", "Nam")
    assert (zone.expiry_date, zone.name) == ("2030-01-01", "NGUYEN VAN A")
    assert zone.is_complete
    assert zone.lines == (1, 2, 3)


def test_letters_read_for_digits_and_fillers_are_mended_under_the_check_digits() -> None:
    zone = parse_zone(
        ["IDVNMO9O1234562OO3O9O123456<<5", "90O1O11M3OO1O19VNM<<<<K<<<2", "NGUYEN<<VAN<A<<KK<<KK"]
    )
    assert zone is not None
    assert zone.personal_number == "003090123456"
    assert zone.expiry_date == "2030-01-01"
    assert zone.name == "NGUYEN VAN A"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (FIRST, SECOND.replace("900101", "900102")),
        (FIRST, SECOND.replace("300101", "300107")),
        (FIRST, "9013011M3001019VNM<<<<<<<<<<<2"),
    ],
)
def test_a_zone_whose_check_digits_fail_gives_nothing(first: str, second: str) -> None:
    assert parse_zone([first, second, NAME]) is None


@pytest.mark.parametrize(
    "first",
    [
        FIRST.replace("3456<<5", "3457<<8"),
        FIRST.replace("0901234562", "0901234563"),
        FIRST.replace("<<5", "<<9"),
        FIRST.replace("123456", "123466"),
    ],
)
def test_a_number_whose_check_digits_fail_is_none_though_the_dates_hold(first: str) -> None:
    composite = "9001011M3001019VNM<<<<<<<<<<<7"
    zone = parse_zone([first, composite, NAME])
    assert zone is not None
    assert zone.personal_number is None
    assert zone.birth_date == "1990-01-01"
    assert not zone.is_complete


def test_a_misread_province_is_mended_only_to_a_known_one_that_fits() -> None:
    zone = parse_zone([FIRST.replace("003090", "903090"), SECOND])
    assert zone is not None
    assert zone.personal_number == "003090123456"


def test_a_slashed_zero_misread_in_both_printings_is_mended_under_all_check_digits() -> None:
    first = FIRST.replace("IDVNM0", "IDVNM6").replace("003090", "003990")
    zone = parse_zone([first, SECOND])
    assert zone is not None
    assert zone.personal_number == "003090123456"


def test_a_wrong_digit_in_the_long_number_is_settled_by_the_short_one_and_its_check_digit() -> None:
    zone = parse_zone([FIRST.replace("3456<<", "3466<<"), SECOND])
    assert zone is not None
    assert zone.personal_number == "003090123456"


def test_the_number_tells_the_century_of_birth() -> None:
    short = "303000001"
    first = f"IDVNM{short}{check_digit(short)}003{short}<<0"
    birth = "030405"
    second = f"{birth}{check_digit(birth)}F330405{check_digit('330405')}VNM<<<<<<<<<<<0"
    zone = parse_zone([first, second])
    assert zone is not None
    assert zone.birth_date == "2003-04-05"


def test_a_wrong_composite_digit_is_told_but_does_not_hide_the_values() -> None:
    zone = parse_zone([FIRST, SECOND[:-1] + "3", NAME])
    assert zone is not None
    assert not zone.is_complete


def test_a_passport_zone_is_read() -> None:
    number, birth, expiry = "C1234567<", "900101", "300101"
    dates = f"{birth}{check_digit(birth)}M{expiry}{check_digit(expiry)}"
    optional = "003090123456<<"
    optional += str(check_digit(optional))
    whole = check_digit(f"{number}{check_digit(number)}{dates.replace('M', '')}{optional}")
    second = f"{number}{check_digit(number)}VNM{dates}{optional}{whole}"
    name = "P<VNMNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<<<<<<<<<"
    zone = parse_zone([name, second])
    assert zone is not None
    assert len(second) == 44
    assert zone.passport_number == "C1234567"
    assert zone.personal_number == "003090123456"
    assert zone.name == "NGUYEN VAN AN"
    assert zone.is_complete
    misread = parse_zone([name, second.replace("003090123456", "O03O90123456")])
    assert misread is not None
    assert misread.personal_number == "003090123456"
    wrong = parse_zone([name, second.replace("003090123456", "003090123457")])
    assert wrong is not None
    assert (wrong.passport_number, wrong.personal_number, wrong.is_complete) == ("C1234567", None, False)


def test_a_passport_without_a_personal_number_is_read() -> None:
    number, birth, expiry = "C1234567<", "900101", "300101"
    guarded = f"{number}{check_digit(number)}"
    dates = f"{birth}{check_digit(birth)}", f"{expiry}{check_digit(expiry)}"
    for blank in ("<" * 15, "<" * 14 + "0"):
        whole = check_digit(guarded + "".join(dates) + blank)
        zone = parse_zone(["P<VNMNGUYEN<<AN" + "<" * 29, f"{guarded}VNM{dates[0]}F{dates[1]}{blank}{whole}"])
        assert zone is not None
        assert (zone.passport_number, zone.personal_number, zone.sex) == ("C1234567", None, "Nữ")
        assert zone.is_complete


def test_a_name_keeps_its_short_last_part_but_no_misread_fillers() -> None:
    assert parse_name("TRAN<<THI<LE<<<<<KCK<<") == "TRAN THI LE"
    assert parse_name("NGUYEN<<THT<NHT<<<<") == "NGUYEN THI NHI"
    assert parse_name("NGUYEN VAN A") is None
