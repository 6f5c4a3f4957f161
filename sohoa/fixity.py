"""Reads every object and says which are missing, damaged or spoken of by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dossiers.errors import IntegrityError, RecordError
from dossiers.ports import ObjectStore
from sohoa.bootstrap import RECORDS_FILE
from sohoa.reuse_wiring import key_file
from sohoa.settings import Settings
from sohoa.stores import open_stores
from storage.records.database import Database

#: Told after each object: kind, and how many of it were looked at.
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindChecked:
    """Objects of one kind.

    Attributes:
        kind: ``originals``, ``derivatives`` or ``quarantine``.
        whole: how many have the bytes they were stored with.
        missing: keys that records speak of and that are not there.
        damaged: keys under which other bytes lie.
        unnamed: how many whole objects no record speaks of, for example of a receipt that was interrupted.
    """

    kind: str
    whole: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    unnamed: int


def check_objects(settings: Settings, progress: Progress) -> tuple[KindChecked, ...]:
    """Checks every object of every kind.

    Raises:
        ResourceError: a store cannot be reached; nothing is said about its objects.
    """
    records = Database(
        url=settings.records_url, file=settings.data_dir / RECORDS_FILE, key_file=key_file(settings)
    )
    records.make_newest()
    return tuple(
        _checked(kind, store, set(records.object_keys(kind)), progress)
        for kind, store in open_stores(settings).items()
    )


def _checked(kind: str, store: ObjectStore, named: set[str], progress: Progress) -> KindChecked:
    whole = unnamed = 0
    missing: list[str] = []
    damaged: list[str] = []
    for count, key in enumerate(_all_keys(store, named), start=1):
        try:
            store.get(key)
        except RecordError:
            missing.append(key)
        except IntegrityError:
            damaged.append(key)
        else:
            whole += 1
            unnamed += key not in named
        progress(kind, count)
    return KindChecked(
        kind=kind, whole=whole, missing=tuple(missing), damaged=tuple(damaged), unnamed=unnamed
    )


def _all_keys(store: ObjectStore, named: set[str]) -> Iterator[str]:
    found = set()
    for key in store.keys():  # noqa: SIM118 - no dictionary
        found.add(key)
        yield key
    yield from sorted(named - found)
