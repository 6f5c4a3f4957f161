"""Codes of administrative procedures, brought to ``d.dddddd`` whatever they arrived as.

Published lists carry damaged codes: the annex of Nghị quyết 66.7/2025/NQ-CP writes ``1,013727`` (comma),
``1.01417`` and ``2.00056`` (a spreadsheet dropped the zeros at the end). Portals add a service suffix
(``1.000894.01``) or the agency (``2.000815.000.00.00.H55``, ``1.012796.H36``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Self

from dossiers.codes.agency_code import AgencyCode
from dossiers.errors import InputCode, InputError

_DECIMALS: Final = 6

#: Fewer than three decimals are no damaged code but a fragment of one.
_SHAPE: Final = re.compile(
    r"(?P<head>[12356])\.(?P<decimals>[0-9]{3,6})"
    r"(?:\.(?P<agency>[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}|[A-Y][0-9]{2}))?"
    r"(?:\.(?P<service>[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureCode:
    """One procedure code; two are equal when number, agency and service are, however they were written.

    Attributes:
        number: the national number, ``d.dddddd``.
        agency: the agency of a local variant, else ``None``.
        service: two digits of the online service, else empty.
        is_repaired: whether zeros at the end had to be put back.
        raw: the code as it arrived.
    """

    number: str
    agency: AgencyCode | None = None
    service: str = ""
    is_repaired: bool = field(default=False, compare=False)
    raw: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Takes a code as typed, printed or listed.

        Blanks are dropped and commas read as dots. Zeros are put back only on a code without anything
        behind it: a spreadsheet cannot have damaged the others.

        Raises:
            InputError: BAD_PROCEDURE_CODE.
        """
        shape = _SHAPE.fullmatch("".join(text.split()).replace(",", ".").upper())
        if shape is None:
            raise InputError(InputCode.BAD_PROCEDURE_CODE)
        decimals = shape["decimals"]
        is_short = len(decimals) < _DECIMALS
        if is_short and (shape["agency"] or shape["service"]):
            raise InputError(InputCode.BAD_PROCEDURE_CODE, "digits are missing before the suffix")
        return cls(
            number=f"{shape['head']}.{decimals.ljust(_DECIMALS, '0')}",
            agency=AgencyCode.parse(shape["agency"]) if shape["agency"] else None,
            service=shape["service"] or "",
            is_repaired=is_short,
            raw=text,
        )

    def __str__(self) -> str:
        parts = (self.number, str(self.agency) if self.agency else "", self.service)
        return ".".join(part for part in parts if part)
