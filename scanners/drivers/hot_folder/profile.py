"""The hot folders of an office: which folder belongs to which procedure and branch, and how it is taken.

[mot-cua]
path = "/srv/quet/mot-cua"
procedure = "1.001193"       # left out: none, or what separator sheets name
agency = "H29.119"           # the branch; left out: the setting ``agency``
title = "Hồ sơ một cửa"
dossier = "file"             # each file is a dossier of its own; "batch": one dossier a batch
separators = true            # cut files at separator sheets; only where each file is a dossier
profile = "duplex-300"       # whose bought separators count
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dossiers.codes.agency_code import AgencyCode
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.errors import ConfigurationError, InputError
from scanners.drivers.hot_folder.settings import HotFolderSettings

#: Name of the administrator's file in the data folder.
FOLDERS_FILE: Final = "hot-folders.toml"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_TEXTS: Final = ("path", "procedure", "agency", "title", "dossier", "profile")
_SECONDS: Final = ("stable_seconds", "patience_seconds", "batch_pause_seconds")
_KNOWN: Final = frozenset({*_TEXTS, *_SECONDS, "separators", "keep_days"})
#: A batch ends when the folder has been quiet for so long, seconds.
_BATCH_PAUSE: Final = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderProfile:
    """One hot folder.

    Attributes:
        name: how it is chosen; heads the keys of its dossiers, so it never changes.
        path: the folder, absolute.
        procedure_code: procedure of its dossiers; ``None`` where nothing says one.
        agency: the branch that receives them; empty: the one of the settings.
        title: what people call its dossiers; empty: the name of the file, or of the folder.
        is_batch: whether a batch is one dossier; else each file is.
        cuts: whether files are cut at the separator sheets in them.
        scan_profile: whose bought separators count; empty: the usual one.
        batch_pause_seconds: a batch ends when nothing came for so long.
        settings: how the folder is watched.
    """

    name: str
    path: Path
    procedure_code: str | None = None
    agency: str = ""
    title: str = ""
    is_batch: bool = False
    cuts: bool = False
    scan_profile: str = ""
    batch_pause_seconds: float = _BATCH_PAUSE
    settings: HotFolderSettings = field(default_factory=HotFolderSettings)


def load_folders(data_dir: Path) -> Mapping[str, FolderProfile]:
    """Loads the hot folders of the office; none where there is no file.

    Raises:
        ConfigurationError: ``BAD_HOT_FOLDER``.
    """
    try:
        return parse_folders((data_dir / FOLDERS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(f"{FOLDERS_FILE} cannot be read") from error


def choose_folder(folders: Mapping[str, FolderProfile], name: str) -> FolderProfile:
    """Returns a hot folder.

    Raises:
        ConfigurationError: ``NO_HOT_FOLDER``, there is none of this name.
    """
    if name not in folders:
        raise ConfigurationError(
            "NO_HOT_FOLDER",
            vi=f"Chưa có thư mục quét tên {name}; hãy thêm vào tệp {FOLDERS_FILE}.",
            en=f"there is no hot folder {name}; add it to {FOLDERS_FILE}",
            hint=f"known: {', '.join(sorted(folders))}",
        )
    return folders[name]


def parse_folders(text: str) -> dict[str, FolderProfile]:
    """Reads the file.

    Raises:
        ConfigurationError: ``BAD_HOT_FOLDER``.
    """
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad(f"{FOLDERS_FILE} is no TOML") from error
    found = {name: _profile(name, cells) for name, cells in read.items()}
    paths = [each.path for each in found.values()]
    if len(set(paths)) < len(paths):
        raise _bad("two names for one folder")
    return found


def _profile(name: str, cells: object) -> FolderProfile:
    if not _NAME.fullmatch(name) or not isinstance(cells, dict):
        raise _bad(f"{name}: a name is of letters, digits, dot, dash")
    if unknown := sorted(set(cells) - _KNOWN):
        raise _bad(f"{name}: unknown {unknown[0]}")
    texts = {key: cells.get(key, "") for key in _TEXTS}
    if not all(isinstance(value, str) for value in texts.values()):
        raise _bad(f"{name}: {', '.join(_TEXTS)} are texts")
    path, kind, cuts = Path(texts["path"]), texts["dossier"] or "file", cells.get("separators", False)
    if not path.is_absolute():
        raise _bad(f"{name}: path is absolute")
    if kind not in ("file", "batch") or not isinstance(cuts, bool):
        raise _bad(f"{name}: dossier is file or batch, separators true or false")
    if cuts and kind == "batch":
        raise _bad(f"{name}: separators cut files only where each file is a dossier")
    try:
        procedure = ProcedureCode.parse(texts["procedure"]).number if texts["procedure"] else None
        agency = str(AgencyCode.parse(texts["agency"])) if texts["agency"] else ""
    except InputError as error:
        raise _bad(f"{name}: {error.en}") from error
    return FolderProfile(
        name=name,
        path=path,
        procedure_code=procedure,
        agency=agency,
        title=texts["title"],
        is_batch=kind == "batch",
        cuts=cuts,
        scan_profile=texts["profile"],
        batch_pause_seconds=_number(name, cells, "batch_pause_seconds", _BATCH_PAUSE),
        settings=_settings(name, cells),
    )


def _settings(name: str, cells: Mapping[str, object]) -> HotFolderSettings:
    usual = HotFolderSettings()
    return HotFolderSettings(
        stable_seconds=_number(name, cells, "stable_seconds", usual.stable_seconds),
        patience_seconds=_number(name, cells, "patience_seconds", usual.patience_seconds),
        keep_days=int(_number(name, cells, "keep_days", usual.keep_days)),
    )


def _number(name: str, cells: Mapping[str, object], key: str, usual: float) -> float:
    value = cells.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise _bad(f"{name}: {key} is a number, 0 or more")
    return float(value)


def _bad(detail: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_HOT_FOLDER",
        vi=f"Tệp {FOLDERS_FILE} không hợp lệ.",
        en=f"{FOLDERS_FILE} is not valid: {detail}",
        hint=detail,
    )
