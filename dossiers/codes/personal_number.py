"""Personal numbers: 12 digits for life, or the 9 digits of an old identity card.

The number itself is personal data: it is masked wherever an object is shown, so that it cannot slip into
logs or error texts; ``digits`` is the one way to it. What does not fit together (birth year, sex, province)
is a warning and no error, for numbers that were lawfully set anew exist. Twelve digits for life: Luật Căn
cước 26/2023/QH15, Điều 12; old cards and the papers that name their numbers: Điều 46. What the digits mean
is taken from practice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

from dossiers.codes.provinces import PROVINCES, TEST_PROVINCE_CODE
from dossiers.errors import InputCode, InputError

#: Old identity cards ended with this day (Luật Căn cước 26/2023/QH15, Điều 46 khoản 2).
LAST_DAY_OF_OLD_CARDS: Final = date(2024, 12, 31)

#: Blanks, dots and hyphens people and printers put between the digits.
_SEPARATORS: Final = re.compile(r"[\s.\-]")
_DIGITS: Final = re.compile(r"[0-9]{12}|[0-9]{9}")


class Sex(StrEnum):
    """Sex as civil-status papers print it."""

    MALE = "Nam"
    FEMALE = "Nữ"


class NumberWarning(StrEnum):
    """What a clerk should look at again; none of these makes a number wrong by itself."""

    PROVINCE_UNASSIGNED = "PROVINCE_UNASSIGNED"
    BIRTH_YEAR_DIFFERS = "BIRTH_YEAR_DIFFERS"
    SEX_DIFFERS = "SEX_DIFFERS"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PersonalNumber:
    """A personal number that has the right shape.

    Attributes:
        digits: 12 digits, or 9 for an old identity card.
    """

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Takes a number as typed or printed; blanks, dots and hyphens between digits are dropped.

        Raises:
            InputError: BAD_PERSONAL_NUMBER where there are not exactly 12 or 9 ASCII digits; the text
                itself is not repeated in the error.
        """
        digits = _SEPARATORS.sub("", text)
        if not _DIGITS.fullmatch(digits):
            raise InputError(InputCode.BAD_PERSONAL_NUMBER, f"{len(digits)} characters")
        return cls(digits=digits)

    @property
    def masked(self) -> str:
        """The number with all but its last three digits hidden, for screens and logs."""
        return "*" * (len(self.digits) - 3) + self.digits[-3:]

    @property
    def is_old_card_number(self) -> bool:
        """Whether this is the 9-digit number of an old identity card (CMND)."""
        return len(self.digits) == 9

    @property
    def is_reserved_for_tests(self) -> bool:
        """Whether the number carries the province code that is kept for invented people."""
        return not self.is_old_card_number and self.digits.startswith(TEST_PROVINCE_CODE)

    @property
    def province_code(self) -> str | None:
        """The first three digits; ``None`` for an old card."""
        return None if self.is_old_card_number else self.digits[:3]

    @property
    def province(self) -> str | None:
        """The province of birth registration by its name of that time; ``None`` where no code is assigned."""
        return None if self.is_old_card_number else PROVINCES.get(self.digits[:3])

    @property
    def sex(self) -> Sex | None:
        """Sex by the fourth digit (even: male); ``None`` for an old card."""
        if self.is_old_card_number:
            return None
        return Sex.FEMALE if int(self.digits[3]) % 2 else Sex.MALE

    @property
    def birth_year(self) -> int | None:
        """Birth year by the fourth digit (0, 1: 1900s; 2, 3: 2000s; and so on) and the two after it."""
        if self.is_old_card_number:
            return None
        return 1900 + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])

    def is_valid_identity_on(self, day: date) -> bool:
        """Whether a card with this number still proves identity; the number stays searchable for ever."""
        return not self.is_old_card_number or day <= LAST_DAY_OF_OLD_CARDS

    def cross_check(
        self, *, birth_year: int | None = None, sex: Sex | None = None
    ) -> tuple[NumberWarning, ...]:
        """Compares the number with what else is known of the person; unknown things are left out.

        An old card's number says nothing, so it never warns.
        """
        if self.is_old_card_number:
            return ()
        found: list[NumberWarning] = []
        if self.province is None:
            found.append(NumberWarning.PROVINCE_UNASSIGNED)
        if birth_year is not None and birth_year != self.birth_year:
            found.append(NumberWarning.BIRTH_YEAR_DIFFERS)
        if sex is not None and sex is not self.sex:
            found.append(NumberWarning.SEX_DIFFERS)
        return tuple(found)

    def __repr__(self) -> str:
        return f"PersonalNumber({self.masked})"
