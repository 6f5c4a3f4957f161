"""Plans the import of a list of procedures; its bytes are read in a confined child."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import cast

from dossiers.catalogue_import import MAX_BYTES, ImportPlan, plan_rows, plan_values, rows_of
from dossiers.catalogue_layers import Values
from dossiers.catalogue_records import CatalogueRecords
from dossiers.catalogue_rows import RowProblem
from dossiers.errors import EngineError, InputCode, InputError
from pipeline.frames import Frame
from sohoa.catalogue_sheets import LIST
from sohoa.list_child import list_sandbox


def plan_file(base: CatalogueRecords, path: Path, *, unsafe: bool = False) -> ImportPlan:
    """Plans the import of a file, by its extension.

    Args:
        base: the catalogue that it is compared with.
        path: the file.
        unsafe: the setting ``unsafe_sandbox``.

    Raises:
        InputError: NOT_FOUND, UNSUPPORTED_TYPE, LIMIT_EXCEEDED, DAMAGED, BAD_LIST; DAMAGED also where the
            child did not survive it.
        ConfigurationError: NOT_CONFINED, the kernel cannot confine the child.
    """
    if not path.is_file():
        raise InputError(InputCode.NOT_FOUND, path.name)
    if path.stat().st_size > MAX_BYTES:
        raise InputError(InputCode.LIMIT_EXCEEDED, f"more than {MAX_BYTES} bytes")
    told = _read(path, unsafe=unsafe)
    if "values" in told:
        return plan_values(base, cast("Values", told["values"]))
    lines = cast("list[list[str]]", told["lines"])
    found = cast("list[tuple[int, str]]", told["problems"])
    problems = tuple(RowProblem(row=row, what=what) for row, what in found)
    if problems:
        return ImportPlan(values={}, problems=problems)
    return plan_rows(base, lines[0], rows_of(lines[0], lines[1:]))


def _read(path: Path, *, unsafe: bool) -> Values:
    request = Frame(head={"job": LIST, "suffix": path.suffix.lower()}, parts=(path.read_bytes(),))
    with closing(list_sandbox(unsafe=unsafe)) as child:
        try:
            (part,) = child.ask(request).parts
            return cast("Values", json.loads(part))
        except (EngineError, ValueError) as trouble:
            raise InputError(InputCode.DAMAGED, "the list could not be read to its end") from trouble
