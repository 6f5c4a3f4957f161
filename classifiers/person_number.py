"""Checks of a personal number against what is printed beside it.

Legally re-set numbers exist: a mismatch is a warning, never a reason to drop or mend a number.
"""

from __future__ import annotations

from dossiers.codes.personal_number import PersonalNumber
from dossiers.errors import InputError


def parse_number(digits: str) -> PersonalNumber | None:
    """Returns the number; ``None`` where the text has not the shape of one."""
    try:
        return PersonalNumber.parse(digits)
    except InputError:
        return None


def is_personal_number(digits: str) -> bool:
    """Says whether the text is exactly twelve ASCII digits."""
    number = parse_number(digits)
    return number is not None and number.digits == digits and not number.is_old_card_number


def birth_year_of(digits: str) -> int | None:
    """Returns the birth year that the number tells; ``None`` if it is no twelve-digit number."""
    number = parse_number(digits)
    return None if number is None else number.birth_year


def number_checks(digits: str, birth_date: str | None, sex: str | None) -> tuple[tuple[str, bool], ...]:
    """Compares a number with the birth date (``YYYY-MM-DD``) and the sex read beside it.

    Returns:
        Only the checks that could be made: ``twelve_digits``, ``province_known``, ``birth_year_matches``,
        ``sex_matches``.
    """
    number = parse_number(digits)
    if number is None or number.is_old_card_number:
        return (("twelve_digits", False),)
    is_known = number.province is not None or number.is_reserved_for_tests
    checks = [("twelve_digits", True), ("province_known", is_known)]
    if birth_date is not None:
        checks.append(("birth_year_matches", birth_date.startswith(f"{number.birth_year}-")))
    if sex is not None:
        checks.append(("sex_matches", number.sex is not None and number.sex.value == sex))
    return tuple(checks)
