from __future__ import annotations

import pytest

from dossiers.codes import check_digit, check_holds


@pytest.mark.parametrize(
    ("characters", "digit"),
    [
        # The specimen of ICAO Doc 9303-4, appendix B.
        ("L898902C3", 6),
        ("740812", 2),
        ("120415", 9),
        ("ZE184226B<<<<<", 1),
        ("L898902C36" + "7408122" + "1204159" + "ZE184226B<<<<<1", 0),
        # An invented card: its number carries the unassigned province code 003.
        ("090123456", 2),
        ("900101", 1),
        ("300101", 9),
        ("003090123456<<", 5),
        ("", 0),
        ("<<<", 0),
    ],
)
def test_the_digit_is_that_of_the_standard(characters: str, digit: int) -> None:
    assert check_digit(characters) == digit
    assert check_holds(characters, str(digit))
    assert not check_holds(characters, str((digit + 1) % 10))


@pytest.mark.parametrize("characters", ["l898902c3", "12 34", "NGUYỄN", "12.34", "١"])
def test_characters_outside_the_zone_have_no_digit(characters: str) -> None:
    assert check_digit(characters) is None
    assert not check_holds(characters, "0")


@pytest.mark.parametrize("digit", ["", "<", "O", "10", "٦"])
def test_what_is_no_digit_never_holds(digit: str) -> None:
    assert not check_holds("L898902C3", digit)
