"""Tax codes (mã số thuế), which are also enterprise codes and sometimes a person's own number.

Ten digits with a check digit, ten plus three for a branch, or the owner's 12-digit personal number (kinds set
by Luật Quản lý thuế 38/2019/QH14; the check digit is practice). Masked when shown: it may be a person's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from dossiers.codes.personal_number import PersonalNumber
from dossiers.errors import InputCode, InputError

_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SHAPE: Final = re.compile(r"(?P<base>[0-9]{10})(?:-?(?P<branch>[0-9]{3}))?")
_PERSONAL: Final = re.compile(r"[0-9]{12}")


class TaxCheck(StrEnum):
    """What the check digit says; a value and no error, because printed digits get misread."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"  # the rule gives 10, where practice differs; or a personal number, which has none


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TaxCode:
    """A tax code that has the right shape.

    Attributes:
        base: 10 digits, or the 12 of a personal number.
        branch: three digits of a branch, else empty.
    """

    base: str
    branch: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Takes ``0100109106``, ``0100109106-001`` (with or without hyphen) or 12 digits; blanks are dropped.

        Raises:
            InputError: BAD_TAX_CODE where the shape is none of these.
        """
        compact = "".join(text.split())
        if _PERSONAL.fullmatch(compact):
            return cls(base=compact)
        shape = _SHAPE.fullmatch(compact)
        if shape is None:
            raise InputError(InputCode.BAD_TAX_CODE, f"{len(compact)} characters")
        return cls(base=shape["base"], branch=shape["branch"] or "")

    @property
    def personal_number(self) -> PersonalNumber | None:
        """The person whose number serves as tax code; ``None`` for a ten-digit code."""
        return PersonalNumber(digits=self.base) if len(self.base) == 12 else None

    @property
    def check(self) -> TaxCheck:
        """Whether the tenth digit fits the nine before it: 10 - (weighted sum mod 11)."""
        if len(self.base) == 12:
            return TaxCheck.UNDECIDED
        expected = 10 - sum(w * int(d) for w, d in zip(_WEIGHTS, self.base, strict=False)) % 11
        if expected == 10:
            return TaxCheck.UNDECIDED
        return TaxCheck.HOLDS if int(self.base[9]) == expected else TaxCheck.FAILS

    @property
    def printed(self) -> str:
        """The code as it is printed: ``0100109106-001``."""
        return f"{self.base}-{self.branch}" if self.branch else self.base

    def __repr__(self) -> str:
        return (
            f"TaxCode({'*' * (len(self.base) - 3)}{self.base[-3:]}{'-' if self.branch else ''}{self.branch})"
        )
