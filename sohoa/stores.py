"""The object stores of an installation: one for each kind of objects, made from its settings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from dossiers.ports import ObjectStore
from sohoa.plugins import OBJECT_STORES, load
from sohoa.settings import Settings
from storage.objects.filesystem import FilesystemObjectStore

#: Kinds of objects. Originals are never made again; derivatives can be; refused files are kept apart.
KINDS: Final = ("originals", "derivatives", "quarantine")
#: Half-written files of writers that were killed are removed at the next start once they are a day old.
_SWEEP_AFTER_SECONDS: Final = 86_400


def open_stores(settings: Settings) -> dict[str, ObjectStore]:
    """Opens the store of each kind; one on a server is asked nothing yet, so it may be away.

    Raises:
        ConfigurationError: the store is unknown or its options cannot be.
    """
    return {kind: _open_store(settings, kind) for kind in KINDS}


def check_stores(stores: Iterable[ObjectStore]) -> None:
    """Says whether this process may still use its stores; a store on a server is never in doubt.

    Raises:
        StoreInDoubt: one failed to reach its disk, and only a new process can go on.
    """
    for store in stores:
        if isinstance(store, FilesystemObjectStore):
            store.check()


def _open_store(settings: Settings, kind: str) -> ObjectStore:
    make = load(OBJECT_STORES, settings.object_store, settings.plugins)
    store = cast("ObjectStore", make(kind, settings.data_dir, settings.object_store_options))
    if isinstance(store, FilesystemObjectStore):
        store.sweep_temporary(_SWEEP_AFTER_SECONDS)
    return store
