"""Wires review, stores of people and reuse."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from dossiers.catalogue import Catalogue
from dossiers.national import NationalRegister
from dossiers.ports import RecordStore
from dossiers.procedures import DataSource
from dossiers.reuse_desk import ReuseDesk
from dossiers.reuse_file import load_book
from dossiers.review import Review
from dossiers.vault import Vault
from sohoa.checklists import checklist_of
from sohoa.clock import utc_now
from sohoa.settings import Settings
from storage.keys.number_index import KEY_FILE, open_number_index
from storage.national.http import HttpRegister, read_token
from storage.national.recorded import RecordedRegister
from storage.national.recordings import FILE, load_recordings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseParts:
    """The use cases of what was confirmed."""

    review: Review
    vault: Vault
    desk: ReuseDesk


def make_reuse(
    settings: Settings, records: RecordStore, catalogue: Catalogue, closing: ExitStack
) -> ReuseParts:
    """Makes the use cases.

    Raises:
        ConfigurationError: the key, the rules, the recordings or the gateway's address cannot be used.
        ResourceError: the key cannot be read.
    """
    index = open_number_index(key_file(settings))
    book = load_book(settings.data_dir)
    register = make_register(settings, closing)
    return ReuseParts(
        review=Review(
            records=records,
            index=index,
            checklist=lambda dossier: checklist_of(catalogue, dossier),
            clock=utc_now,
        ),
        vault=Vault(records=records, index=index, clock=utc_now),
        desk=ReuseDesk(
            records=records,
            index=index,
            catalogue=catalogue,
            book=book,
            register=register,
            connected=frozenset(DataSource),
            checklist=lambda dossier: checklist_of(catalogue, dossier),
            clock=utc_now,
        ),
    )


def key_file(settings: Settings) -> Path:
    """Where the key of the blind index is."""
    return settings.number_key_file or settings.data_dir / KEY_FILE


def make_register(settings: Settings, closing: ExitStack) -> NationalRegister:
    """The gateway where an address is set, else the recorded double."""
    if not settings.national_url:
        return RecordedRegister(load_recordings(settings.data_dir / FILE))
    token = read_token(settings.national_token_file)
    register = HttpRegister(settings.national_url, token, settings.national_timeout_seconds)
    closing.callback(register.close)
    return register
