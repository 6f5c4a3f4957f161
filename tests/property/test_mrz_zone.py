from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from classifiers.codes.mrz_text import parse_zone
from dossiers.codes.mrz_check import check_digit

#: What recognition puts in the place of digits.
CONFUSED = {"0": "OQD", "1": "IL", "5": "S", "8": "B", "2": "Z"}


@st.composite
def zones(draw: st.DrawFn) -> tuple[str, date, list[str]]:
    born = draw(st.dates(date(1930, 1, 1), date(2012, 12, 31)))
    sex = draw(st.sampled_from("MF"))
    century = 2 * ((born.year - 1900) // 100) + (sex == "F")
    number = f"003{century}{born:%y}{draw(st.integers(0, 999999)):06d}"
    expiry = draw(st.dates(date(2026, 1, 1), date(2068, 12, 31)))
    short = number[3:]
    birth, until = f"{born:%y%m%d}", f"{expiry:%y%m%d}"
    first = f"IDVNM{short}{check_digit(short)}{number}<<{check_digit(number + '<<')}"
    composite = f"{first[5:]}{birth}{check_digit(birth)}{until}{check_digit(until)}"
    second = (
        f"{birth}{check_digit(birth)}{sex}{until}{check_digit(until)}VNM<<<<<<<<<<<{check_digit(composite)}"
    )
    return number, born, [first, second, "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<"]


@given(zones())
def test_every_well_formed_zone_is_read_exactly(made: tuple[str, date, list[str]]) -> None:
    number, born, lines = made
    zone = parse_zone(lines)
    assert zone is not None
    assert (zone.personal_number, zone.birth_date) == (number, born.isoformat())
    assert zone.is_complete


@given(zones(), st.data())
def test_letters_in_the_place_of_digits_do_not_change_what_is_read(
    made: tuple[str, date, list[str]], data: st.DataObject
) -> None:
    number, _, lines = made
    first = list(lines[0])
    for at in range(5, 27):
        if first[at] in CONFUSED and data.draw(st.booleans()):
            first[at] = data.draw(st.sampled_from(CONFUSED[first[at]]))
    zone = parse_zone(["".join(first), *lines[1:]])
    assert zone is not None
    assert zone.personal_number == number


@given(zones(), st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_in_the_birth_date_is_never_accepted(
    made: tuple[str, date, list[str]], at: int, step: int
) -> None:
    _, _, lines = made
    digit = str((int(lines[1][at]) + step) % 10)
    second = lines[1][:at] + digit + lines[1][at + 1 :]
    assert parse_zone([lines[0], second, lines[2]]) is None


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_is_taken_without_an_error(lines: list[str]) -> None:
    parse_zone(lines)
