"""Moves an office from one place of records and objects to another, for example to servers.

Rules: the source is only read; everything may be done again, so a move that was killed at any point goes on;
the office is open in at most one place; nothing counts as moved before every row and object was compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from dossiers.errors import ConfigurationError
from dossiers.ports import ObjectStore
from dossiers.store_check import ExaminedStore, PreparedStore
from sohoa.bootstrap import RECORDS_FILE
from sohoa.presence import MoveNote, MoveState, alone, mark_of, read_note, remove_note, write_note
from sohoa.reuse_wiring import key_file
from sohoa.settings import Settings
from sohoa.stores import KINDS, open_stores
from storage.records.database import Database


class MoveWatcher(Protocol):
    """Told how far a move is."""

    def objects(self, kind: str, copied: int, compared: int) -> None:
        """So many objects of a kind are there, so many of them compared."""
        ...

    def rows(self, table: str, copied: int) -> None:
        """So many rows of a table are there."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KindMoved:
    """Objects of one kind: how many, and one hash over all their hashes in order."""

    count: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveReport:
    """What was moved, compared at both ends.

    Attributes:
        objects: by kind; none where objects stay where they are.
        tables: rows and hash by table; none where records stay.
        is_rehearsal: nothing was copied or compared, only counted.
    """

    objects: Mapping[str, KindMoved]
    tables: Mapping[str, str]
    is_rehearsal: bool


class Move:
    """One move.

    Args:
        origin: settings of the office as it is.
        target: settings of the office as it shall be; the data folder and its keys stay the same.

    Raises:
        ConfigurationError: ``BAD_MOVE``, these two cannot be told apart or differ in what stays.
    """

    def __init__(self, origin: Settings, target: Settings) -> None:
        if origin.data_dir != target.data_dir or key_file(origin) != key_file(target):
            raise _bad_move("data_dir and number_key_file stay as they are")
        if mark_of(origin) == mark_of(target):
            raise _bad_move("records and objects are to lie where they lie already")
        self._origin, self._target = origin, target
        self._moves_objects = _object_place(origin) != _object_place(target)
        self._moves_records = origin.records_url != target.records_url

    def rehearse(self) -> MoveReport:
        """Counts what would be moved and tries the new store out with a few bytes; changes nothing."""
        self._check_stores(open_stores(self._target), is_prepared=False)
        stores = open_stores(self._origin) if self._moves_objects else {}
        return MoveReport(
            objects={kind: _counted(store.keys()) for kind, store in stores.items()},
            tables=_database(self._origin).fingerprints() if self._moves_records else {},
            is_rehearsal=True,
        )

    def run(self, watcher: MoveWatcher) -> MoveReport:
        """Moves, or goes on with a move that was interrupted.

        Raises:
            ResourceError: ``OFFICE_IN_USE``; a store is unavailable: run it again.
            IntegrityError: something at the source is damaged, or the copy differs; the source is untouched.
            ConfigurationError: ``BAD_MOVE``, another move is under way; ``STORE_UNSAFE``.
        """
        data_dir = self._origin.data_dir
        with alone(data_dir):
            self._begin()
            _database(self._origin).make_newest()
            objects = self._move_objects(watcher) if self._moves_objects else {}
            tables = self._move_records(watcher) if self._moves_records else {}
            self._note(MoveState.MOVED)
        return MoveReport(objects=objects, tables=tables, is_rehearsal=False)

    def abandon(self) -> None:
        """Opens the office again where it was; what was copied stays at the target and is not used.

        Raises:
            ConfigurationError: ``BAD_MOVE``, it has moved already.
        """
        with alone(self._origin.data_dir):
            note = read_note(self._origin.data_dir)
            if note is not None and note.state is MoveState.MOVED:
                raise _bad_move("the office has moved; records of today would be lost")
            remove_note(self._origin.data_dir)

    def _begin(self) -> None:
        note = read_note(self._origin.data_dir)
        wanted = (mark_of(self._origin), mark_of(self._target))
        if note is not None and (note.origin, note.target) != wanted:
            is_over = note.state is MoveState.MOVED and note.target == wanted[0]
            if not is_over:
                raise _bad_move("another move is under way; finish it, or run it with --abandon")
        elif note is not None and note.state is MoveState.MOVED:
            raise _bad_move("it has moved already")
        self._check_stores(open_stores(self._target), is_prepared=True)
        self._note(MoveState.MOVING)

    def _note(self, state: MoveState) -> None:
        note = MoveNote(state=state, origin=mark_of(self._origin), target=mark_of(self._target))
        write_note(self._origin.data_dir, note)

    def _check_stores(self, stores: Mapping[str, ObjectStore], *, is_prepared: bool) -> None:
        for store in stores.values() if self._moves_objects else ():
            if is_prepared and isinstance(store, PreparedStore):
                store.prepare()
            for finding in store.examine() if isinstance(store, ExaminedStore) else ():
                is_missing = not is_prepared and "no bucket" in finding.remedy
                if finding.is_required and finding.found is None and not is_missing:
                    raise ConfigurationError(
                        "STORE_UNSAFE",
                        vi="Kho lưu trữ mới không đạt yêu cầu an toàn; xem sohoa doctor.",
                        en=f"the new object store is not safe: {finding.subject}: {finding.remedy}",
                        hint="run sohoa doctor with the new settings",
                    )

    def _move_objects(self, watcher: MoveWatcher) -> dict[str, KindMoved]:
        there, here = open_stores(self._origin), open_stores(self._target)
        for kind in KINDS:
            for count, key in enumerate(there[kind].keys(), start=1):
                if not here[kind].contains(key):
                    here[kind].put_once(there[kind].get(key))
                watcher.objects(kind, count, 0)
        return {kind: _compared(kind, there[kind], here[kind], watcher) for kind in KINDS}

    def _move_records(self, watcher: MoveWatcher) -> Mapping[str, str]:
        target = _database(self._target)
        target.make_newest()
        return _database(self._origin).copy_to(target, watcher.rows)


def _compared(kind: str, there: ObjectStore, here: ObjectStore, watcher: MoveWatcher) -> KindMoved:
    """Reads every object at its new place; ``get`` checks its bytes against its hash."""
    count, digest = 0, hashlib.sha256()
    for count, key in enumerate(there.keys(), start=1):
        here.get(key)
        digest.update(key.encode())
        watcher.objects(kind, count, count)
    return KindMoved(count=count, digest=digest.hexdigest())


def _counted(keys: Iterator[str]) -> KindMoved:
    count, digest = 0, hashlib.sha256()
    for key in keys:
        count += 1
        digest.update(key.encode())
    return KindMoved(count=count, digest=digest.hexdigest())


def _database(settings: Settings) -> Database:
    return Database(
        url=settings.records_url, file=settings.data_dir / RECORDS_FILE, key_file=key_file(settings)
    )


def _object_place(settings: Settings) -> tuple[str, Mapping[str, str]]:
    return settings.object_store, settings.object_store_options


def _bad_move(reason: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_MOVE",
        vi="Không thể chuyển dữ liệu theo hai cấu hình này; hãy xem gợi ý.",
        en=f"the office cannot be moved: {reason}",
        hint=reason,
    )
