"""The structure of the 12-digit personal number, as far as recognition may check it.

Three digits of the province of birth registration, one of century and sex, two of the birth year, six
without meaning. There is no check digit, and legally re-set numbers exist: a mismatch is a warning, never
a reason to drop or mend a number.
"""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"[0-9]{12}")


def is_personal_number(digits: str) -> bool:
    """Says whether the text is exactly twelve ASCII digits."""
    return _NUMBER.fullmatch(digits) is not None


def birth_year_of(digits: str) -> int | None:
    """Returns the birth year that the number tells; ``None`` if it is no personal number."""
    if not is_personal_number(digits):
        return None
    return 1900 + 100 * (int(digits[3]) // 2) + int(digits[4:6])


def sex_of(digits: str) -> str | None:
    """Returns ``Nam`` or ``Nữ`` as the number tells; ``None`` if it is no personal number."""
    if not is_personal_number(digits):
        return None
    return "Nữ" if int(digits[3]) % 2 else "Nam"


def number_checks(digits: str, birth_date: str | None, sex: str | None) -> tuple[tuple[str, bool], ...]:
    """Compares a number with the birth date (``YYYY-MM-DD``) and the sex read beside it.

    Returns:
        Only the checks that could be made: ``twelve_digits``, ``birth_year_matches``, ``sex_matches``.
    """
    checks = [("twelve_digits", is_personal_number(digits))]
    if not is_personal_number(digits):
        return tuple(checks)
    if birth_date is not None:
        checks.append(("birth_year_matches", birth_date.startswith(f"{birth_year_of(digits)}")))
    if sex is not None:
        checks.append(("sex_matches", sex_of(digits) == sex))
    return tuple(checks)
