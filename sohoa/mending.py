"""Gives damaged and missing objects their bytes again, from a second copy that a person names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dossiers.errors import IntegrityError, RecordError
from dossiers.events import Event, EventKind
from dossiers.ports import ObjectStore
from dossiers.store_check import MendableStore
from sohoa.backup import kept_objects
from sohoa.bootstrap import RECORDS_FILE
from sohoa.fixity import KindChecked
from sohoa.reuse_wiring import key_file
from sohoa.settings import Settings
from sohoa.stores import open_stores
from storage.records.database import Database
from storage.records.opening import open_records


@dataclass(frozen=True, slots=True, kw_only=True)
class KindMended:
    """What became of the objects of one kind.

    Attributes:
        kind: ``originals``, ``derivatives`` or ``quarantine``.
        mended: keys whose objects are whole again.
        left: keys for which the second copy has no whole bytes either.
    """

    kind: str
    mended: tuple[str, ...]
    left: tuple[str, ...]


def mend_objects(
    settings: Settings, checked: Sequence[KindChecked], copy: Path, clock: Callable[[], datetime]
) -> tuple[KindMended, ...]:
    """Mends what was found; every dossier concerned gets an audit fact, after its object is whole.

    Args:
        settings: of the installation.
        checked: what ``check_objects`` found.
        copy: folder of a backup.
        clock: tells the time.

    Raises:
        ResourceError: a store is unavailable; what was mended stays so, and it may be repeated.
    """
    file, key = settings.data_dir / RECORDS_FILE, key_file(settings)
    database = Database(url=settings.records_url, file=file, key_file=key)
    stores = open_stores(settings)
    with closing(open_records(settings.records_url, file, key)) as records:

        def note(kind: str, key: str, trouble: str) -> None:
            dossier_ids = database.dossiers_of(kind, key)
            with records.transaction() as work:
                for dossier_id in dossier_ids:
                    work.events.append(
                        Event(
                            kind=EventKind.OBJECT_MENDED,
                            dossier_id=dossier_id,
                            subject_id=key,
                            at=clock(),
                            detail=f"{kind} {trouble}",
                        )
                    )

        return tuple(
            _mended(each, stores[each.kind], kept_objects(copy, each.kind), note) for each in checked
        )


def _mended(
    checked: KindChecked, store: ObjectStore, kept: ObjectStore, note: Callable[[str, str, str], None]
) -> KindMended:
    mended: list[str] = []
    left: list[str] = []
    troubles = [
        *((key, "missing") for key in checked.missing),
        *((key, "damaged") for key in checked.damaged),
    ]
    for key, trouble in troubles:
        try:
            content = kept.get(key)
        except (RecordError, IntegrityError):
            left.append(key)
            continue
        if not isinstance(store, MendableStore):  # a stranger's
            left.append(key)
            continue
        store.mend(content)
        note(checked.kind, key, trouble)
        mended.append(key)
    return KindMended(kind=checked.kind, mended=tuple(mended), left=tuple(left))
