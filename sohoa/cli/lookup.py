"""Finds the dossier that a command names."""

from __future__ import annotations

from dossiers.codes.dossier_code import DossierCode
from dossiers.dossier import Dossier
from dossiers.errors import InputCode, InputError
from dossiers.ports import RecordStore


def find_dossier(records: RecordStore, code: str) -> Dossier:
    """Returns the dossier with a code as typed.

    Raises:
        InputError: the code is malformed, or nothing has it.
    """
    normal = str(DossierCode.parse(code))
    with records.transaction() as work:
        dossier = work.dossiers.by_code(normal)
    if dossier is None:
        raise InputError(InputCode.NOT_FOUND, normal)
    return dossier
