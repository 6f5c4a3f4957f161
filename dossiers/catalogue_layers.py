"""What an office imported into the catalogue: layers of dated data over the one that ships.

Rules: a layer is one file that is never changed; the later one wins. An entry with the same code, variant,
agency and first day takes the place of the earlier one; one that begins later ends the earlier one on the day
before. Nothing is lost: without the layer everything is as it was.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from dossiers.catalogue_records import CatalogueRecords
from dossiers.catalogue_table import bad_catalogue
from dossiers.errors import ResourceError
from dossiers.procedures import Procedure

#: The folder in the data folder.
FOLDER: Final = "catalogue"
_FORMAT: Final = 1
_DAY_KEYS: Final = frozenset({"effective_from", "effective_to", "since"})

Values = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerNote:
    """Where a layer came from: name and SHA-256 of the file, who imported it and when (UTC)."""

    file_name: str
    sha256: str
    by: str
    at: datetime


def imported_layers(data_dir: Path | None) -> Iterator[Values]:
    """Yields what was imported, the oldest first: plain values, days as ISO text, not looked into.

    Raises:
        ConfigurationError: BAD_CATALOGUE, a layer cannot be used.
    """
    for path in layer_paths(data_dir):
        try:
            told = json.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as cause:
            raise bad_catalogue(f"{FOLDER}/{path.name}", "cannot be read") from cause
        if not isinstance(told, dict) or told.get("format") != _FORMAT:
            raise bad_catalogue(f"{FOLDER}/{path.name}", "has an unknown format")
        values = told.get("values")
        if not isinstance(values, dict):
            raise bad_catalogue(f"{FOLDER}/{path.name}", "holds no values")
        yield values


def layer_notes(data_dir: Path | None) -> tuple[LayerNote, ...]:
    """Where the imported lists came from, the oldest first; BAD_CATALOGUE."""
    return tuple(_note(path) for path in layer_paths(data_dir))


def layer_paths(data_dir: Path | None) -> tuple[Path, ...]:
    """Files of the layers, the oldest first."""
    folder = data_dir / FOLDER if data_dir is not None else None
    return tuple(sorted(folder.glob("[0-9]*.json"))) if folder is not None and folder.is_dir() else ()


def keep_layer(data_dir: Path, values: Values, note: LayerNote) -> Path:
    """Keeps a layer durably after all others; two imports at once get two numbers.

    Args:
        data_dir: the data folder.
        values: as a catalogue file, with days as ISO text.
        note: where it came from.

    Raises:
        ResourceError: CATALOGUE_NOT_KEPT, the folder cannot be written.
    """
    about = {"file": note.file_name, "sha256": note.sha256, "by": note.by, "at": note.at.isoformat()}
    text = json.dumps({"format": _FORMAT, "about": about, "values": values}, ensure_ascii=False, indent=1)
    try:
        return _write(data_dir / FOLDER, text)
    except OSError as cause:
        raise ResourceError(
            "CATALOGUE_NOT_KEPT",
            vi="Không ghi được danh mục vừa nhập; chưa có gì được thay đổi.",
            en="the imported catalogue could not be written; nothing was changed",
        ) from cause


def merge(base: CatalogueRecords, added: CatalogueRecords) -> CatalogueRecords:
    """One catalogue out of two; the added one wins."""
    begun: dict[tuple[str, str, str], list[date]] = {}
    for each in added.procedures:
        if each.effective_from is not None:
            begun.setdefault(_line(each), []).append(each.effective_from)
    procedures = {each.key: _ended(each, begun.get(_line(each), [])) for each in base.procedures}
    procedures |= {each.key: each for each in added.procedures}
    replacements = {(each.old, each.new, each.agency): each for each in base.replacements}
    replacements |= {(each.old, each.new, each.agency): each for each in added.replacements}
    return CatalogueRecords(
        procedures=tuple(procedures.values()),
        replacements=tuple(replacements.values()),
        distrusted=tuple(dict.fromkeys((*base.distrusted, *added.distrusted))),
        substitutions=tuple(dict.fromkeys((*base.substitutions, *added.substitutions))),
    )


def with_days(values: object) -> object:
    """The same values with real days where JSON has ISO text; what is no day stays as it is.

    Days stand in the entries themselves and no deeper.
    """
    if not isinstance(values, dict):
        return values
    return {key: _entries_with_days(each) if isinstance(each, list) else each for key, each in values.items()}


def _entries_with_days(entries: list[object]) -> list[object]:
    return [
        {key: _day(value) if key in _DAY_KEYS else value for key, value in each.items()}
        if isinstance(each, dict)
        else each
        for each in entries
    ]


def _day(value: object) -> object:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value  # the strict reader refuses it with its place


def _note(path: Path) -> LayerNote:
    try:
        about = json.loads(path.read_text("utf-8"))["about"]
        return LayerNote(
            file_name=str(about["file"]),
            sha256=str(about["sha256"]),
            by=str(about["by"]),
            at=datetime.fromisoformat(about["at"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise bad_catalogue(f"{FOLDER}/{path.name}", "does not say where it came from") from cause


def _line(procedure: Procedure) -> tuple[str, str, str]:
    return procedure.number, procedure.variant, str(procedure.agency or "")


def _ended(procedure: Procedure, starts: list[date]) -> Procedure:
    """The entry, ended on the day before the first later one that begins while it is in force."""
    first, last = procedure.effective_from, procedure.effective_to
    later = [each for each in starts if (first is None or first < each) and (last is None or each <= last)]
    return replace(procedure, effective_to=min(later) - timedelta(days=1)) if later else procedure


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True, mode=0o700)
    draft = folder / f".draft-{os.getpid()}"
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        while True:
            numbers = [int(each.stem) for each in folder.glob("[0-9]*.json") if each.stem.isdigit()]
            path = folder / f"{max(numbers, default=0) + 1:04d}.json"
            try:
                path.hardlink_to(draft)
            except FileExistsError:
                continue
            break
    finally:
        draft.unlink(missing_ok=True)
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return path
