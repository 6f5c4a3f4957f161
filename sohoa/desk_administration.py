"""What the pages of administration are given: the office's files, its scanners, its catalogue."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Final

from dossiers.agencies import AgencyDirectory, load_agencies
from dossiers.calendar_file import FILE, load_calendar
from dossiers.catalogue import Catalogue, load_catalogue, load_records
from dossiers.catalogue_import import ImportPlan
from dossiers.catalogue_layers import LayerNote, layer_notes, layer_paths
from dossiers.counters import CounterDirectory, load_counters
from dossiers.declaration import FOLDER as DECLARATIONS
from dossiers.declaration import load_declaration, no_declaration
from dossiers.errors import ConfigurationError, DeviceCode, DeviceError
from dossiers.form_template import FOLDER, FormId, FormTemplate, load_template
from dossiers.scanner_use import ScannerUse
from reception.admin.ports import (
    CalendarTold,
    FormRow,
    OfferedList,
    ProfileRow,
    ScannerRow,
    ScannerTrouble,
)
from scanners.driver import DeviceInfo
from scanners.health import LOOKED_BACK, health_of
from scanners.profiles import every_profile
from sohoa.bootstrap import Application
from sohoa.catalogue_keeping import keep_plan, refuse_bad
from sohoa.catalogue_plan import plan_file
from sohoa.clock import utc_now
from sohoa.hot_folder_health import folders_of
from sohoa.offered_lists import held, hold
from sohoa.scanning import devices_since, discover, make_drivers, uses_since

#: Drivers whose devices are named by a folder: only its last part is shown.
_BY_FOLDER: Final = frozenset({"folder", "simulated"})


class DeskAdministration:
    """Implements ``reception.admin.ports.OfficeAdministration`` over the data folder and the records."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._settings = application.settings
        self._data_dir = application.settings.data_dir
        self._lock = threading.Lock()
        self._read: tuple[tuple[Path, ...], Catalogue] | None = None

    def agencies(self) -> AgencyDirectory:
        """Agencies as the file has them now."""
        return load_agencies(self._data_dir)

    def counters(self) -> CounterDirectory:
        """Counters as the file has them now."""
        return load_counters(self._data_dir)

    def calendar(self) -> CalendarTold:
        """The calendar as the file has it now."""
        own = (self._data_dir / FILE).is_file()
        return CalendarTold(calendar=load_calendar(self._data_dir), is_own=own)

    def forms(self) -> Sequence[FormRow]:
        """Forms, then declarations by number."""
        return (
            *(self._form_row(each, FOLDER) for each in FormId),
            *(self._form_row(each, DECLARATIONS) for each in sorted(self._declarations())),
        )

    def scanners(self) -> Sequence[ScannerRow]:
        """The usual scanner first, then those found, hot folders, and those used lately."""
        found = {info.key: info for info in discover(make_drivers(self._settings))}
        with suppress(ConfigurationError):  # a file of hot folders that is wrong hides no scanner
            found |= {i.key: i for i, state in folders_of(self._data_dir) if state.waiting is not None}
        used = devices_since(self._application, utc_now() - LOOKED_BACK)
        usual = (self._settings.scanner,) if self._settings.scanner else ()
        keys = dict.fromkeys((*usual, *found, *used))
        return tuple(self._scanner_row(key, found.get(key)) for key in keys)

    def profiles(self) -> Sequence[ProfileRow]:
        """Profiles in the order of their files."""
        known = every_profile(self._data_dir)
        return tuple(
            ProfileRow(
                name=each.name,
                vi=each.vi,
                en=each.en,
                source=each.settings.source.value,
                mode=each.settings.mode.value,
                dpi=each.settings.dpi,
                width_mm=each.settings.width_mm,
                height_mm=each.settings.height_mm,
                is_card=each.is_card,
                is_locked=each.is_locked,
                is_archive=each.is_archive,
                is_usual=each.name == self._settings.scan_profile,
                counters=tuple(sorted(each.counters)),
            )
            for each in known.values()
        )

    def catalogue(self) -> Catalogue:
        """The catalogue; read again when a list came or went."""
        paths = layer_paths(self._data_dir)
        with self._lock:
            if self._read is None or self._read[0] != paths:
                self._read = (paths, load_catalogue(self._data_dir))
            return self._read[1]

    def layers(self) -> Sequence[LayerNote]:
        """The newest first."""
        return layer_notes(self._data_dir)[::-1]

    def offer(self, file_name: str, content: bytes) -> OfferedList:
        """Holds a list and plans its import."""
        token = hold(self._data_dir, file_name, content)
        plan = self._plan(held(self._data_dir, token))
        return OfferedList(token=token, file_name=file_name, plan=plan)

    def keep(self, token: str, file_name: str, by: str) -> OfferedList:
        """Plans once more and keeps; the lock lets one of two presses through."""
        with self._lock:
            path = held(self._data_dir, token)
            plan = self._plan(path)
            refuse_bad(plan)
            if plan.changes_anything:
                keep_plan(self._data_dir, plan, path.read_bytes(), file_name=file_name, by=by)
            with suppress(FileNotFoundError):
                path.unlink()
        return OfferedList(token=token, file_name=file_name, plan=plan)

    def _plan(self, path: Path) -> ImportPlan:
        return plan_file(load_records(self._data_dir), path, unsafe=self._settings.unsafe_sandbox)

    def _scanner_row(self, key: str, info: DeviceInfo | None) -> ScannerRow:
        now = utc_now()
        health = health_of(uses_since(self._application, key, now - LOOKED_BACK), now)
        driver, _, device = key.partition(":")
        label = info.label if info is not None else device
        good = health.good
        return ScannerRow(
            label=Path(device.partition("?")[0]).name if driver in _BY_FOLDER else label,
            driver=driver,
            is_usual=key == self._settings.scanner,
            is_found=info is not None,
            pages_today=health.pages_today,
            runs_today=health.runs_today,
            errors=tuple(_trouble(each) for each in health.errors),
            good_profile=good.profile if good else "",
            good_at=good.ended_at if good else None,
        )

    def _form_row(self, form_id: str, folder: str) -> FormRow:
        own = (self._data_dir / folder / f"{form_id}.toml").is_file()
        try:
            template = self._template(form_id, folder)
        except ConfigurationError as trouble:
            return FormRow(form_id=form_id, name="", number="", paper="", is_own=own, trouble=trouble)
        return FormRow(
            form_id=form_id,
            name=template.name,
            number=template.number,
            paper=template.paper.value,
            is_own=own,
        )

    def _template(self, form_id: str, folder: str) -> FormTemplate:
        if folder == FOLDER:
            return load_template(FormId(form_id), self._data_dir)
        template = load_declaration(form_id, self._data_dir)
        if template is None:  # its file went away between two looks
            raise no_declaration(form_id)
        return template

    def _declarations(self) -> Iterator[str]:
        own = self._data_dir / DECLARATIONS
        shipped = resources.files("dossiers").joinpath("data", DECLARATIONS)
        names = {each.name for each in shipped.iterdir()}
        names |= {each.name for each in own.iterdir()} if own.is_dir() else set()
        return (name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def _trouble(use: ScannerUse) -> ScannerTrouble:
    error = None
    with suppress(ValueError):
        error = DeviceError(DeviceCode(use.trouble))
    return ScannerTrouble(at=use.ended_at, profile=use.profile, code=use.trouble, error=error)
