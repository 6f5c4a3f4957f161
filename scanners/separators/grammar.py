"""The text of the codes on our own separator sheets: ``SOHOA1:P:1.001193:7QKX``.

Version, kind, value, check. The check finds misreadings and texts that only look alike; it is no signature:
whoever has the program can print a sheet, just as whoever has a sheet can copy it. That is why a code is
obeyed only on a sheet that looks like ours, and why all a separator can do is cut a batch that a clerk sees.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum
from typing import Final

from dossiers.codes.dossier_code import DossierCode
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.errors import InputError
from scanners.separators.meaning import Meaning, Starts

#: Heads every code of ours; a later grammar counts up.
VERSION: Final = "SOHOA1"
#: Letters and digits of the check that are not taken for each other (Crockford's base 32).
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_SIGNS: Final = 4
_SHAPE: Final = re.compile(rf"{VERSION}:([DNPTF]):([^:\s]{{0,60}}):([{_SIGNS}]{{{_CHECK_SIGNS}}})")
_OURS: Final = re.compile(r"SOHOA\d{1,3}:")
_TYPE: Final = re.compile(r"[a-z][a-z0-9_]{1,59}")
_PROFILE: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class SheetKind(StrEnum):
    """Sheets that Sohoa prints, by the letter in their code."""

    DOSSIER = "D"
    NEXT = "N"
    PROCEDURE = "P"
    TYPE = "T"
    PROFILE = "F"


def sheet_text(kind: SheetKind, value: str = "") -> str:
    """Returns the text of a code; dossier and procedure codes are brought to their written form.

    Args:
        kind: which sheet.
        value: dossier code, procedure code, type id or name of a profile; empty for ``NEXT``.

    Raises:
        InputError: the dossier or procedure code is none.
        ValueError: the type or profile has a shape that no type or profile has, or ``NEXT`` has a value.
    """
    if kind is SheetKind.DOSSIER:
        value = str(DossierCode.parse(value))
    elif kind is SheetKind.PROCEDURE:
        value = str(ProcedureCode.parse(value))
    _check_value(kind, value)
    body = f"{VERSION}:{kind}:{value}"
    return f"{body}:{_check(body)}"


def is_sheet_text(text: str) -> bool:
    """Whether a text claims to be a code of ours, sound or not, of this version or a later one."""
    return _OURS.match(text) is not None


def parse_sheet_text(text: str) -> Meaning | None:
    """Returns what a code of ours means; ``None`` for every other text, however much it looks like one."""
    shape = _SHAPE.fullmatch(text)
    if shape is None or _check(text.rpartition(":")[0]) != shape[3]:
        return None
    kind, value = SheetKind(shape[1]), shape[2]
    try:
        if sheet_text(kind, value) != text:
            return None
    except (InputError, ValueError):
        return None
    return _meaning(kind, value)


def _check_value(kind: SheetKind, value: str) -> None:
    shapes = {SheetKind.TYPE: _TYPE, SheetKind.PROFILE: _PROFILE}
    if kind is SheetKind.NEXT and value:
        raise ValueError("the sheet 'next dossier' has no value")
    if kind in shapes and not shapes[kind].fullmatch(value):
        raise ValueError(f"no {kind.name.lower()} is written like this: {value[:60]!r}")


def _check(body: str) -> str:
    number = int.from_bytes(hashlib.sha256(body.encode()).digest()[:4], "big")
    return "".join(_SIGNS[number >> 5 * place & 31] for place in range(_CHECK_SIGNS))


def _meaning(kind: SheetKind, value: str) -> Meaning:
    if kind is SheetKind.TYPE:
        return Meaning(starts=Starts.DOCUMENT, type_id=value)
    if kind is SheetKind.PROFILE:
        return Meaning(profile=value)
    dossier_code = value if kind is SheetKind.DOSSIER else ""
    procedure_code = value if kind is SheetKind.PROCEDURE else ""
    return Meaning(starts=Starts.DOSSIER, dossier_code=dossier_code, procedure_code=procedure_code)
