"""The personal number of a card's machine zone: printed twice, guarded by three check digits.

Line 1 holds the last nine digits with their check digit and then all twelve with a digit behind them; the
composite digit of line 2 covers both. Recognition takes a slashed 0 for 6, 8 or 9. Where the two printings
differ, every number that both printings allow is tried, and it is taken only if it alone fits all check
digits, the birth year and the sex.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from classifiers.person_number import is_personal_number, parse_number
from dossiers.codes.mrz_check import check_holds

#: Digits that recognition takes for each other in the zone's typeface.
_ROUND: Final = "0689"
#: More combinations than this are not tried: the line is not legible.
_MOST_TRIES: Final = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """Line 1 after letters were turned to digits, and what of line 2 guards it.

    Attributes:
        short: nine digits.
        short_check: their check digit.
        number: twelve digits.
        number_check: the digit behind them.
        dates: birth, its check digit, expiry, its check digit, as in line 2.
        composite: the last digit of line 2; empty where it was not legible.
    """

    short: str
    short_check: str
    number: str
    number_check: str
    dates: str
    composite: str

    def with_number(self, number: str) -> NumberLine:
        """The same line for another number."""
        return NumberLine(
            short=number[3:],
            short_check=self.short_check,
            number=number,
            number_check=self.number_check,
            dates=self.dates,
            composite=self.composite,
        )

    @property
    def short_holds(self) -> bool:
        """Whether the check digit over nine digits holds."""
        return check_holds(self.short, self.short_check)

    @property
    def number_holds(self) -> bool:
        """Whether the digit behind the twelve is their check digit."""
        return check_holds(f"{self.number}<<", self.number_check)

    @property
    def composite_holds(self) -> bool:
        """Whether the check digit over both lines holds."""
        line = f"{self.short}{self.short_check}{self.number}<<{self.number_check}{self.dates}"
        return check_holds(line, self.composite)


def settle_number(line: NumberLine, birth_date: str, sex: str | None) -> str | None:
    """Returns the number that the check digits bear out, ``None`` where none or several do.

    Args:
        line: what was read.
        birth_date: ``YYYY-MM-DD``, already checked.
        sex: ``Nam``, ``Nữ`` or ``None``.
    """
    is_plain = is_personal_number(line.number) and line.number[3:] == line.short and line.short_holds
    if is_plain and (line.number_holds or line.composite_holds):
        return line.number
    fitting = {
        number
        for number in _allowed(line, birth_date, sex)
        if _is_known(number) and _fits(line.with_number(number))
    }
    return fitting.pop() if len(fitting) == 1 else None


def _fits(line: NumberLine) -> bool:
    return line.short_holds and line.number_holds and line.composite_holds


def _is_known(digits: str) -> bool:
    number = parse_number(digits)
    return number is not None and (number.province is not None or number.is_reserved_for_tests)


def _allowed(line: NumberLine, birth_date: str, sex: str | None) -> Iterator[str]:
    """Every number that agrees with what was read, the birth date and the sex."""
    options = [_lookalikes(digit) for digit in line.number[:3]]
    century = 2 * (int(birth_date[:4]) // 100 - 19)
    options.append({"Nam": str(century), "Nữ": str(century + 1)}.get(sex or "", f"{century}{century + 1}"))
    options += [birth_date[2], birth_date[3]]
    for one, other in zip(line.short[3:], line.number[6:], strict=True):
        options.append(one if one == other else "".join({one, other} | set(_lookalikes(one))))
    tries = 1
    for option in options:
        tries *= len(option)
    if tries <= _MOST_TRIES:
        yield from ("".join(digits) for digits in product(*options))


def _lookalikes(digit: str) -> str:
    return _ROUND if digit in _ROUND else digit
