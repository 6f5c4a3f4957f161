"""Dossier codes: ``H29.119-250701-0001`` and, from before 2020, ``000.00.16.H26-240920-0001``.

The identifier of the receiving agency, the day of reception and the running number of that day (Thông tư
01/2018/TT-VPCP, Điều 19). A dossier keeps its code through every channel and supplement (Nghị định
45/2020/NĐ-CP, Điều 12).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import InputCode, InputError

#: The running number of a day has four digits; foreign systems have printed five.
LAST_SEQUENCE: Final = 9999

_AGENCY: Final = r"(?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}|[A-Y][0-9]{2}(?:\.[0-9]{2,3}){0,3})"
_SHAPE: Final = re.compile(rf"(?P<agency>{_AGENCY})-(?P<day>[0-9]{{6}})-(?P<sequence>[0-9]{{4,5}})")
_IN_TEXT: Final = re.compile(rf"(?<![0-9A-Z.\-]){_AGENCY} ?- ?[0-9]{{6}} ?- ?[0-9]{{4,5}}(?![0-9A-Z])")

#: Hyphens that word processors and OCR put where a plain one belongs.
_HYPHENS: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCode:
    """One dossier's code.

    Attributes:
        agency: the receiving agency; its style is the style of the code.
        day: the day of reception, local time.
        sequence_digits: the running number as printed, four digits or five.
    """

    agency: AgencyCode
    day: date
    sequence_digits: str

    @classmethod
    def issue(cls, *, agency: AgencyCode | str, day: date, sequence: int) -> Self:
        """Builds the code of a new dossier; the agency's style decides the style of the code.

        Args:
            agency: the receiving agency or its identifier.
            day: the day of reception, local time; 2000 to 2099.
            sequence: running number of that agency and day, 1 to 9999.

        Raises:
            InputError: BAD_DOSSIER_CODE where the number is out of range or the identifier cannot head one.
        """
        if day.year // 100 != 20:
            raise InputError(InputCode.BAD_DOSSIER_CODE, "the day is in 2000 to 2099")
        if not 1 <= sequence <= LAST_SEQUENCE:
            raise InputError(InputCode.BAD_DOSSIER_CODE, f"the running number is 1 to {LAST_SEQUENCE}")
        return cls.parse(f"{agency}-{day:%y%m%d}-{sequence:04d}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Takes a code as typed or read; blanks are dropped, letters made upper case, dashes made hyphens.

        Raises:
            InputError: BAD_DOSSIER_CODE where the shape is wrong, the day does not exist or the running
                number is zero.
        """
        shape = _SHAPE.fullmatch("".join(text.split()).upper().translate(_HYPHENS))
        if shape is None:
            raise InputError(InputCode.BAD_DOSSIER_CODE)
        if int(shape["sequence"]) == 0:
            raise InputError(InputCode.BAD_DOSSIER_CODE, "the running number is zero")
        return cls(
            agency=AgencyCode.parse(shape["agency"]),
            day=_calendar_day(shape["day"]),
            sequence_digits=shape["sequence"],
        )

    @property
    def sequence(self) -> int:
        """The running number of the day, 1 to 99999."""
        return int(self.sequence_digits)

    def __str__(self) -> str:
        return f"{self.agency}-{self.day:%y%m%d}-{self.sequence_digits}"


def is_dossier_code(text: str) -> bool:
    """Whether a text, as typed or read, is one dossier code and nothing else."""
    try:
        DossierCode.parse(text)
    except InputError:
        return False
    return True


def dossier_codes_in(text: str) -> tuple[DossierCode, ...]:
    """The dossier codes that stand in a running text, in order, each once."""
    candidates = _IN_TEXT.findall(text.upper().translate(_HYPHENS))
    return tuple(dict.fromkeys(DossierCode.parse(each) for each in candidates if is_dossier_code(each)))


def _calendar_day(digits: str) -> date:
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError as cause:
        raise InputError(InputCode.BAD_DOSSIER_CODE, "no such day") from cause
