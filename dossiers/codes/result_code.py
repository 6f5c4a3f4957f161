"""Codes of electronic results: ``<dossier code>-KQ(n)`` (Nghị định 45/2020/NĐ-CP, Điều 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from dossiers.codes.dossier_code import DossierCode
from dossiers.errors import InputCode, InputError

#: Brackets get lost in transit, so ``-KQ1`` is understood as ``-KQ(1)``.
_SHAPE: Final = re.compile(r"(?P<dossier>.+)-KQ(?:\((?P<bracketed>[0-9]{1,3})\)|(?P<bare>[0-9]{1,3}))")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCode:
    """The code of one electronic result.

    Attributes:
        dossier: the dossier it came out of.
        number: which of its results, from 1.
    """

    dossier: DossierCode
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Takes a code as typed or read, with or without the brackets.

        Raises:
            InputError: BAD_DOSSIER_CODE.
        """
        shape = _SHAPE.fullmatch("".join(text.split()).upper())
        number = int(shape["bracketed"] or shape["bare"]) if shape else 0
        if shape is None or number == 0:
            raise InputError(InputCode.BAD_DOSSIER_CODE, "a result code ends with -KQ(n), n from 1")
        return cls(dossier=DossierCode.parse(shape["dossier"]), number=number)

    def __str__(self) -> str:
        return f"{self.dossier}-KQ({self.number})"
