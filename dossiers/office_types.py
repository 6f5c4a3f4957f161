"""Document types that an office adds by itself: files in the folder ``types`` of the data folder.

Each file is TOML; a table ``[types.ID]`` names the type in ``vi`` and ``en``. What the paper looks like
stands in the same table and is read by the classifiers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dossiers.document_types import DocumentType, add_types
from dossiers.errors import ConfigurationError

#: The folder in the data folder.
FOLDER: Final = "types"
_TYPE_ID: Final = re.compile(r"[a-z][a-z0-9_]{2,59}")


def office_tables(data_dir: Path | None) -> Iterator[tuple[str, dict[str, object]]]:
    """Yields id and table of each type that the office added, file by file.

    Raises:
        ConfigurationError: ``BAD_TYPE_FILE``, a file cannot be read or a table lacks its names.
    """
    folder = data_dir / FOLDER if data_dir is not None else None
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.glob("*.toml")):
        try:
            tables = tomllib.loads(path.read_text("utf-8"))["types"]
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
            raise _bad_file(path, "no readable [types.ID] table") from error
        if not isinstance(tables, dict):
            raise _bad_file(path, "no readable [types.ID] table")
        for type_id, table in tables.items():
            yield type_id, _checked(path, type_id, table)


def learn_office_types(data_dir: Path | None) -> None:
    """Makes the office's types known to this process; those that are known already stay as they are.

    Raises:
        ConfigurationError: ``BAD_TYPE_FILE``.
    """
    add_types(
        DocumentType(type_id=type_id, vi=str(table["vi"]), en=str(table["en"]))
        for type_id, table in office_tables(data_dir)
    )


def _checked(path: Path, type_id: str, table: object) -> dict[str, object]:
    if not _TYPE_ID.fullmatch(type_id):
        raise _bad_file(path, f"{type_id}: an id has small letters, digits and _")
    if not isinstance(table, dict) or not all(isinstance(table.get(name), str) for name in ("vi", "en")):
        raise _bad_file(path, f"{type_id}: vi and en are missing")
    return {str(name): value for name, value in table.items()}


def _bad_file(path: Path, detail: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_TYPE_FILE",
        vi=f"Tệp loại giấy tờ {path.name} không hợp lệ.",
        en=f"the type file {path.name} is not valid",
        hint=detail,
    )
