"""Identifiers of agencies (mã định danh điện tử): the order of today, and the reversed one from before 2020.

Today: level 1 stands at the left, ``H29.119`` (Quyết định 20/2020/QĐ-TTg). Before: level 1 stands at the
right, ``000.00.16.H26`` (QCVN 102:2016/BTTTT). Codes already printed stay searchable for ever, so neither is
rewritten into the other; which new code follows an old one is dated data and not a rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from dossiers.errors import InputCode, InputError

#: The longest identifier (Quyết định 20/2020/QĐ-TTg).
MAX_LENGTH: Final = 35

_OLD: Final = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.(?P<level_one>[A-Y][0-9]{2})")
_NEW: Final = re.compile(r"(?P<level_one>[A-Y][0-9]{2})(?:\.[0-9A-Z]+)*")
_OTHER: Final = re.compile(r"(?P<level_one>Z[0-9A-Z]{2})(?:\.?[0-9A-Z]+)*")


class AgencyCodeStyle(StrEnum):
    """Which rule an identifier was made by."""

    LEVEL_ONE_FIRST = "level_one_first"
    LEVEL_ONE_LAST = "level_one_last"
    OTHER_ORGANISATION = "other_organisation"


_SHAPES: Final = (
    (AgencyCodeStyle.LEVEL_ONE_LAST, _OLD),
    (AgencyCodeStyle.LEVEL_ONE_FIRST, _NEW),
    (AgencyCodeStyle.OTHER_ORGANISATION, _OTHER),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCode:
    """One agency's identifier as issued.

    Attributes:
        text: upper case, groups separated by dots, at most 35 characters.
        style: the rule it follows.
        level_one: the ministry or province, for example ``H29``.
    """

    text: str
    style: AgencyCodeStyle
    level_one: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Takes an identifier as typed; blanks are dropped and letters made upper case.

        Raises:
            InputError: BAD_AGENCY_CODE.
        """
        compact = "".join(text.split()).upper()
        if len(compact) <= MAX_LENGTH:
            for style, shape in _SHAPES:
                if found := shape.fullmatch(compact):
                    return cls(text=compact, style=style, level_one=found["level_one"])
        raise InputError(InputCode.BAD_AGENCY_CODE, f"{len(compact)} characters")

    def is_within(self, other: AgencyCode) -> bool:
        """Whether this agency is ``other`` or stands below it, as far as the two codes show.

        A bare level-1 code covers both styles; otherwise only codes of the same style can be compared.
        """
        if self == other:
            return True
        if other.text == other.level_one:
            return self.level_one == other.level_one
        return self.style is other.style and self.text.startswith(other.text + ".")

    def __str__(self) -> str:
        return self.text
