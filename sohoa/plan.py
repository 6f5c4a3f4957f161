"""Which dossiers a ``digitize`` run makes, out of the paths it is given."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dossiers.codes.personal_number import PersonalNumber
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.errors import InputCode, InputError
from dossiers.opening import Opening

#: A folder may say in this file what its dossier is: keys ``procedure``, ``citizen``, ``title``.
DESCRIPTION: Final = "dossier.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the command line says about the dossiers: ``None`` leaves it to the folder's description."""

    procedure: str | None = None
    citizen: str | None = None
    title: str | None = None
    new: str = ""  # not empty: something that makes the dossier a new one


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDossier:
    """One dossier to be made: what it is opened with, and where its papers are."""

    opening: Opening
    paths: tuple[Path, ...]


def plan_one(paths: Sequence[Path], wish: Wish, agency: str) -> PlannedDossier:
    """Plans one dossier out of all paths.

    Raises:
        InputError: a path does not exist, or a code is malformed.
    """
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise InputError(InputCode.NOT_FOUND, str(path))
    described = _description(paths[0]) if len(paths) == 1 else {}
    procedure = wish.procedure or described.get("procedure")
    citizen = wish.citizen or described.get("citizen")
    number = ProcedureCode.parse(procedure).number if procedure else None
    owner = PersonalNumber.parse(citizen).digits if citizen else None
    title = wish.title or described.get("title") or paths[0].absolute().name
    opening = Opening(
        agency=agency,
        intake_key=_intake_key(paths, number, owner, wish.new),
        procedure_code=number,
        citizen_number=owner,
        title=title,
    )
    return PlannedDossier(opening=opening, paths=tuple(paths))


def plan_each(paths: Sequence[Path], wish: Wish, agency: str) -> tuple[PlannedDossier, ...]:
    """Plans one dossier for each folder that stands directly in one of the paths.

    Raises:
        InputError: there is no such folder, or a code is malformed.
    """
    folders = [
        folder
        for path in paths
        for folder in sorted(path.iterdir() if path.is_dir() else ())
        if folder.is_dir() and not folder.name.startswith(".")
    ]
    if not folders:
        raise InputError(InputCode.NOT_FOUND, "no folder inside the paths given")
    return tuple(plan_one([folder], wish, agency) for folder in folders)


def _intake_key(paths: Sequence[Path], procedure: str | None, citizen: str | None, new: str) -> str:
    parts = [*sorted(str(path.absolute()) for path in paths), procedure or "", citizen or "", new]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _description(path: Path) -> dict[str, str]:
    try:
        read = tomllib.loads((path / DESCRIPTION).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(InputCode.DAMAGED, f"{DESCRIPTION} cannot be read") from error
    return {key: str(value) for key, value in read.items() if key in ("procedure", "citizen", "title")}
