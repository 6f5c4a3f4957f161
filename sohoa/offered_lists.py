"""Lists of procedures that somebody sent and has not confirmed yet, in a folder of the data folder.

Rule: no byte of a sender's name reaches a path: a list is held under its SHA-256 and one of three extensions.
"""

from __future__ import annotations

import hashlib
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from dossiers.errors import InputCode, InputError, ResourceError

#: The folder in the data folder.
FOLDER: Final = "catalogue/offered"
#: A list that nobody confirms is thrown away after so long, seconds.
_KEPT_SECONDS: Final = 86_400
_EXTENSIONS: Final = (".csv", ".json", ".xlsx")
_TOKEN: Final = re.compile(r"[0-9a-f]{64}\.(?:csv|json|xlsx)")


def hold(data_dir: Path, file_name: str, content: bytes) -> str:
    """Holds a list; returns the token that names it. Those that are too old go.

    Raises:
        InputError: UNSUPPORTED_TYPE.
        ResourceError: CATALOGUE_NOT_KEPT.
    """
    extension = Path(file_name).suffix.lower()
    if extension not in _EXTENSIONS:
        raise InputError(InputCode.UNSUPPORTED_TYPE, "a list is CSV, XLSX or JSON")
    token = hashlib.sha256(content).hexdigest() + extension
    folder = data_dir / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _throw_old_away(folder)
        (folder / token).write_bytes(content)
    except OSError as cause:
        raise ResourceError(
            "CATALOGUE_NOT_KEPT",
            vi="Không ghi được danh mục vừa nhập; chưa có gì được thay đổi.",
            en="the list could not be held; nothing was changed",
        ) from cause
    return token


def held(data_dir: Path, token: str) -> Path:
    """The file of a list that is held.

    Raises:
        InputError: NOT_FOUND.
    """
    path = data_dir / FOLDER / token
    if _TOKEN.fullmatch(token) is None or not path.is_file():
        raise InputError(InputCode.NOT_FOUND, "there is no such list any more")
    return path


def _throw_old_away(folder: Path) -> None:
    oldest = time.time() - _KEPT_SECONDS
    for each in folder.iterdir():
        with suppress(FileNotFoundError):
            if each.stat().st_mtime < oldest:
                each.unlink()
