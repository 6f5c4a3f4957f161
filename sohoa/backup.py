"""Backup of an office to a folder, and its restoration to an empty place.

Rules: records are taken first, objects after them, so that everything the records name is in the backup;
restoration goes the other way round, so that no dossier is shown before its papers are there. Every object is
read and checked against its hash, both ways. The key of the index of numbers is never in a backup (S35): it
is kept apart. The same folder may be used again: only what is new is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from dossiers.errors import ConfigurationError, IntegrityError
from dossiers.local_time import VIETNAM
from dossiers.ports import ObjectStore
from sohoa.backup_files import copy_durably, hash_of, write_durably
from sohoa.bootstrap import RECORDS_FILE
from sohoa.clock import utc_now
from sohoa.reuse_wiring import key_file
from sohoa.settings import Settings
from sohoa.stores import KINDS, open_stores
from storage.objects.filesystem import FilesystemObjectStore
from storage.records.snapshot import check_file, objects_named, read_snapshot, write_snapshot

#: Told as objects are copied: their kind and how many so far.
Progress = Callable[[str, int], None]

_FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
#: Of the data folder: what has a place of its own in a backup, is made anew, or must not be in one.
_NOT_KNOWLEDGE: Final = frozenset({*KINDS, "keys", "spool", "sohoa.log"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: moment of the end, ISO 8601 in UTC.
        release: of Sohoa.
        records_sha256: of the snapshot.
        objects: how many there are, by kind.
        lists: SHA-256 of the list of keys, by kind.
        knowledge: SHA-256 of the office's own files (types, models, catalogue), by path.
    """

    made_at: str
    release: str
    records_sha256: str
    objects: Mapping[str, int]
    lists: Mapping[str, str]
    knowledge: Mapping[str, str]

    @property
    def shown_moment(self) -> str:
        """The moment as people in Viet Nam write it, day first, +07:00."""
        return f"{datetime.fromisoformat(self.made_at).astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def make_backup(settings: Settings, folder: Path, progress: Progress) -> Manifest:
    """Backs the office up while it works; a backup that is there is brought up to date.

    Raises:
        ResourceError: a store is unavailable or the disk is full; the backup before stays readable.
        IntegrityError: ``OBJECT_DAMAGED``; ``BACKUP_INCOMPLETE``, the records name objects that are gone.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    snapshot = folder / RECORDS_FILE
    write_snapshot(settings.records_url, settings.data_dir / RECORDS_FILE, key_file(settings), snapshot)
    lists: dict[str, str] = {}
    counts: dict[str, int] = {}
    named = objects_named(snapshot)
    for kind, store in open_stores(settings).items():
        keys = _save_objects(store, kept_objects(folder, kind), kind, progress)
        _check_complete(kind, named[kind], keys)
        listed = write_durably(_list(folder, kind), "".join(f"{key}\n" for key in keys).encode())
        lists[kind], counts[kind] = listed, len(keys)
    manifest = Manifest(
        made_at=utc_now().isoformat(),
        release=version("sohoa"),
        records_sha256=hash_of(snapshot),
        objects=counts,
        lists=lists,
        knowledge=_save_knowledge(settings.data_dir, folder / "knowledge"),
    )
    told = {"format": _FORMAT, **asdict(manifest)}
    write_durably(folder / _MANIFEST, json.dumps(told, ensure_ascii=False, indent=2).encode())
    return manifest


def check_backup(folder: Path) -> Manifest:
    """Reads a whole backup: every hash, the database file, and that nothing the records name is missing.

    Raises:
        ConfigurationError: ``NO_BACKUP``, there is none in this folder or a newer release made it.
        IntegrityError: ``BACKUP_DAMAGED``, ``BACKUP_INCOMPLETE``, ``OBJECT_DAMAGED``, ``RECORDS_DAMAGED``.
    """
    manifest = read_manifest(folder)
    _check_hash(folder / RECORDS_FILE, manifest.records_sha256)
    check_file(folder / RECORDS_FILE)
    named = objects_named(folder / RECORDS_FILE)
    for kind in KINDS:
        _check_hash(_list(folder, kind), manifest.lists[kind])
        keys = _listed(folder, kind)
        for key in keys:
            kept_objects(folder, kind).get(key)
        _check_complete(kind, named[kind], keys)
    for name, expected in manifest.knowledge.items():
        _check_hash(folder / "knowledge" / name, expected)
    return manifest


def restore_backup(settings: Settings, folder: Path, progress: Progress) -> Manifest:
    """Restores a backup to an empty data folder, or to empty servers; may be repeated after trouble.

    Raises:
        RecordError: ``RESTORE_NOT_EMPTY``.
        ConfigurationError: as ``check_backup``.
        IntegrityError: as ``check_backup``; nothing can be seen in the target.
        ResourceError: a store is unavailable.
    """
    manifest = check_backup(folder)
    stores = open_stores(settings)
    for kind in KINDS:
        for count, key in enumerate(_listed(folder, kind), start=1):
            if not stores[kind].contains(key):
                stores[kind].put_once(kept_objects(folder, kind).get(key))
            progress(kind, count)
    for name in manifest.knowledge:
        copy_durably(folder / "knowledge" / name, settings.data_dir / name)
    file = settings.data_dir / RECORDS_FILE
    read_snapshot(folder / RECORDS_FILE, settings.records_url, file, key_file(settings))
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """Reads what a backup says it holds.

    Raises:
        ConfigurationError: ``NO_BACKUP``.
    """
    try:
        told = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if told.pop("format") != _FORMAT:
            raise ValueError("made by a newer release")
        manifest = Manifest(**told)
        if any(Path(name).is_absolute() or ".." in Path(name).parts for name in manifest.knowledge):
            raise ValueError("names a file outside the data folder")
        return manifest
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise ConfigurationError(
            "NO_BACKUP",
            vi="Thư mục này không có bản sao lưu hoàn chỉnh.",
            en="there is no complete backup in this folder, or a newer release made it",
        ) from trouble


def _save_objects(
    store: ObjectStore, kept: FilesystemObjectStore, kind: str, progress: Progress
) -> list[str]:
    keys, found = [], store.keys()
    for key in found:
        if not kept.contains(key):
            kept.put_once(store.get(key))
        keys.append(key)
        progress(kind, len(keys))
    return keys


def _save_knowledge(data_dir: Path, to: Path) -> dict[str, str]:
    saved = {}
    for path in _knowledge(data_dir):
        name = path.relative_to(data_dir).as_posix()
        saved[name] = copy_durably(path, to / name)
    return saved


def _knowledge(data_dir: Path) -> Iterator[Path]:
    for entry in sorted(data_dir.iterdir()):
        if entry.name in _NOT_KNOWLEDGE or entry.name.startswith(RECORDS_FILE):
            continue
        found = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        yield from (path for path in found if path.is_file() and not path.is_symlink())


def _check_complete(kind: str, named: frozenset[str], keys: list[str]) -> None:
    missing = named - set(keys)
    if missing:
        raise IntegrityError(
            "BACKUP_INCOMPLETE",
            vi="Thiếu tệp mà hồ sơ đang nhắc đến; hãy báo quản trị viên.",
            en=f"{len(missing)} {kind} that the records name are missing, for example {min(missing)}",
            hint="restore them from an older backup, then back up again",
        )


def _check_hash(path: Path, expected: str) -> None:
    if not path.is_file() or hash_of(path) != expected:
        raise IntegrityError(
            "BACKUP_DAMAGED",
            vi="Bản sao lưu bị hỏng hoặc thiếu tệp; hãy dùng một bản khác.",
            en=f"{path.name} of the backup is missing or not what was written",
            hint="use another backup",
        )


def kept_objects(folder: Path, kind: str) -> FilesystemObjectStore:
    """The objects of a kind that a backup holds."""
    return FilesystemObjectStore(folder / "objects" / kind)


def _list(folder: Path, kind: str) -> Path:
    return folder / f"{kind}.txt"


def _listed(folder: Path, kind: str) -> list[str]:
    return _list(folder, kind).read_text(encoding="ascii").split()
