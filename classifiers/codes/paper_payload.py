"""What a code on a paper of the office says: dossier code, procedure code, whose paper it is.

Papers printed from the system of a one-stop shop carry a QR code at the top left with at least the codes of
dossier and procedure and the identifier of the person (Thông tư 01/2023/TT-VPCP); its layout could not be
verified. So the codes are looked for in the text, whatever stands between them, by their own strict shapes.
"""

from __future__ import annotations

import re
from typing import Final

from classifiers.person_number import is_personal_number
from dossiers.codes.dossier_code import dossier_codes_in
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.codes.result_code import ResultCode
from dossiers.errors import InputError

#: A code ends where something stands that is part of none.
_PARTS: Final = re.compile(r"[^0-9A-Za-z.\-()]+")
#: A procedure code in full: a damaged one, or a number like it, is not taken out of a payload.
_PROCEDURE: Final = re.compile(r"[12356]\.[0-9]{6}(?:\.[0-9A-Z.]+)?")


def paper_values(text: str) -> tuple[tuple[str, str], ...]:
    """Finds the codes in a payload.

    Returns:
        Names and normalised values, each name once: ``dossier_code``, ``result_code``, ``procedure_code``,
        ``paper_owner_number``. A name of which the payload has several different values is left out: nobody
        can tell which of them is meant.
    """
    parts = [part.strip(".-") for part in _PARTS.split(text) if part]
    found: dict[str, set[str]] = {}
    for code in dossier_codes_in(text):
        found.setdefault("dossier_code", set()).add(str(code))
    for part in parts:
        for name, value in _values(part):
            found.setdefault(name, set()).add(value)
    return tuple((name, values.pop()) for name, values in found.items() if len(values) == 1)


def _values(part: str) -> list[tuple[str, str]]:
    values = []
    if (result := _result(part)) is not None:
        values += [("result_code", str(result)), ("dossier_code", str(result.dossier))]
    if _PROCEDURE.fullmatch(part.upper()) and (procedure := _procedure(part)) is not None:
        values.append(("procedure_code", str(procedure)))
    if is_personal_number(part):
        values.append(("paper_owner_number", part))
    return values


def _result(part: str) -> ResultCode | None:
    try:
        return ResultCode.parse(part)
    except InputError:
        return None


def _procedure(part: str) -> ProcedureCode | None:
    try:
        return ProcedureCode.parse(part)
    except InputError:
        return None
