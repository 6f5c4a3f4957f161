"""Scanning from the desk: which scanners there are, one scan a device, what became of the last ones."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from uuid import uuid4

from dossiers.errors import DeviceCode, DeviceError, SohoaError
from dossiers.opening import Opening
from dossiers.page import derived_id
from reception.intake.ports import Device, ScanStage, ScanState
from scanners.driver import DeviceInfo, Scanner
from scanners.profiles import choose_profile, load_profiles, misfits
from scanners.session import ScanSession
from scanners.settings import ScanSettings, Source
from sohoa.bootstrap import Application
from sohoa.desk_card_scan import CardScan
from sohoa.desk_interrupted import Interrupted, Unwatched, close_session, take_up
from sohoa.desk_scan_job import DeskScanJob
from sohoa.scanning import discover, make_drivers, open_scanner, send_ended, spool_of
from workers.ticker import Ticker

_log = logging.getLogger(__name__)

#: Dossiers whose last scan is remembered.
_REMEMBERED: Final = 200
#: Scanners at work at a time.
_AT_ONCE: Final = 8
#: How often scans that ended while the store was away are handed on, seconds.
_SEND_SECONDS: Final = 5.0


class DeskScanning:
    """Implements ``reception.intake.ports.ScanDesk`` in this process.

    Args:
        application: the centre.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._settings = application.settings
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, DeskScanJob] = OrderedDict()
        self._at_device: dict[str, DeskScanJob | CardScan] = {}
        self._left: dict[str, Interrupted] = {}
        self._found: tuple[DeviceInfo, ...] = ()
        # Nobody waits for it, not even the end of the desk: devices that do not answer take seconds.
        self._looking = threading.Thread(target=self._look, name="scanners", daemon=True)
        self._has_looked = False
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="scan")
        self._spool = spool_of(self._settings)
        for session_id in self._spool.session_ids():
            self._threads.submit(self._take_up, session_id)
        self._sending = Ticker("waiting-scans", self._send_waiting, _SEND_SECONDS)
        self._sending.start()

    def devices(self) -> Sequence[Device]:
        """The usual scanner first, then those that were found; the first call begins to look for them."""
        with self._lock:
            if not self._has_looked:
                self._has_looked = True
                self._looking.start()
        return tuple(device for device, _ in self._known())

    def start(self, dossier_code: str, device: str, *, replaces: str, sheets: int | None, by: str) -> None:
        """Starts a scan; see the port."""
        label, key = self._chosen(device)
        plan = self._plan(dossier_code, key, replaces, sheets, by)
        self._begin(self._job(plan, label))

    def go_on(self, dossier_code: str) -> None:
        """Goes on with the scan of a dossier."""
        if (job := self._jobs.get(dossier_code)) is not None:
            job.go_on()
        elif (left := self._left.get(dossier_code)) is not None:
            self._begin(self._job(left.session, left.state.device, is_resumed=True))
            self._left.pop(dossier_code, None)

    def end(self, dossier_code: str) -> None:
        """Stops the scan of a dossier."""
        if (job := self._jobs.get(dossier_code)) is not None:
            job.end()
        elif (left := self._left.pop(dossier_code, None)) is not None:
            self._threads.submit(self._close, left.session)

    def state(self, dossier_code: str) -> ScanState:
        """How far the last scan into a dossier is."""
        if (job := self._jobs.get(dossier_code)) is not None:
            return job.state
        left = self._left.get(dossier_code)
        return left.state if left is not None else ScanState(stage=ScanStage.IDLE)

    def read_card(self, device: str) -> Sequence[str]:
        """Scans a card and returns what its codes say; see the port."""
        _, key = self._chosen(device)
        with self._lock:
            self._check_free(key)
            job = CardScan(self._settings, key)
            self._at_device[key] = job
        return self._threads.submit(job.run).result()

    def close(self) -> None:
        """Ends every scan and waits for it; the spool keeps what the centre has not got."""
        self._sending.stop()
        with self._lock:
            jobs = list(self._at_device.values())
        for job in jobs:
            job.end()
        for job in jobs:
            job.join()
        self._threads.shutdown(cancel_futures=True)

    def _known(self) -> tuple[tuple[Device, str], ...]:
        """Every scanner with its true key, which no browser sees: it may name a folder or an address."""
        usual = self._settings.scanner
        found = [each for each in self._found if each.key != usual]
        first = [info for info in self._found if info.key == usual]
        named = [(_device(each.key, each.label), each.key) for each in (*first, *found)]
        if usual and not first:
            named.insert(0, (_device(usual, ""), usual))
        return tuple(named)

    def _look(self) -> None:
        self._found = discover(make_drivers(self._settings))

    def _chosen(self, device: str) -> tuple[str, str]:
        """Name and true key of a scanner; of the usual one where none of this key is known."""
        known = self._known()
        chosen = next((each for each in known if each[0].key == device), known[0] if known else None)
        return (chosen[0].label, chosen[1]) if chosen else ("", "")

    def _job(self, plan: ScanSession, label: str, *, is_resumed: bool = False) -> DeskScanJob:
        def opened() -> Scanner:
            scanner = open_scanner(make_drivers(self._settings, plan.device), plan.device)
            _check(scanner, plan.settings)
            return scanner

        return DeskScanJob(self._application, self._spool, plan, opened, label, is_resumed=is_resumed)

    def _begin(self, job: DeskScanJob) -> None:
        code, device = job.plan.dossier_code, job.plan.device
        with self._lock:
            self._check_free(device)
            self._at_device[device] = job
            self._jobs[code] = job
            self._jobs.move_to_end(code)
            while len(self._jobs) > _REMEMBERED:
                self._jobs.popitem(last=False)
            self._threads.submit(job.run)

    def _check_free(self, device: str) -> None:
        busy = self._at_device.get(device)
        if busy is not None and busy.is_running:
            raise DeviceError(DeviceCode.BUSY, "another dossier is being scanned")

    def _take_up(self, session_id: str) -> None:
        try:
            left = take_up(self._spool, self._application, session_id)
        except SohoaError as error:  # it stays in the spool, for the next start or for sohoa scan
            _log.warning("an interrupted scan was not taken up: %s", error.code)
            return
        if left is not None:
            with self._lock:
                self._left[left.session.dossier_code] = left

    def _send_waiting(self) -> None:
        """Hands on scans that ended while the store was away, and says so on their screens."""
        try:
            if not send_ended(self._spool, self._application, Unwatched()):
                return
        except SohoaError as error:  # a damaged page holds back its own scan only, and is told in the log
            _log.warning("scans that wait were not handed on: %s", error.code)
            return
        left = self._spool.session_ids()
        with self._lock:
            jobs = [job for job in self._jobs.values() if job.plan.session_id not in left]
        for job in jobs:
            job.note_sent()

    def _close(self, session: ScanSession) -> None:
        try:
            close_session(self._spool, self._application, session.session_id)
        except SohoaError as error:
            _log.warning("an interrupted scan was not closed: %s", error.code)

    def _plan(self, dossier_code: str, key: str, replaces: str, sheets: int | None, by: str) -> ScanSession:
        settings = self._settings
        profile = choose_profile(load_profiles(settings.data_dir, settings.counter), settings.scan_profile)
        source = Source.FEEDER if replaces else None  # one page anew is scanned from one side
        session_id = uuid4().hex
        return ScanSession(
            session_id=session_id,
            device=key,
            profile=profile.name,
            settings=profile.changed(dpi=None, mode=None, source=source),
            opening=Opening(
                agency=settings.agency,
                intake_key=f"scan:{session_id}",
                procedure_code=None,
                citizen_number=None,
                title="",
            ),
            dossier_code=dossier_code,
            replaces_page_id=replaces,
            asked_by=by,
            declared_sheets=sheets,
            is_card=profile.is_card,
        )


def _check(scanner: Scanner, asked: ScanSettings) -> None:
    found = misfits(asked, scanner.capabilities())
    if found:
        detail = "; ".join(f"{each.kind.value}: {each.asked}, {each.offered}" for each in found)
        scanner.close()
        raise DeviceError(DeviceCode.UNSUPPORTED_SETTING, detail)


def _device(key: str, label: str) -> Device:
    """A name for the browser that tells nothing about the device, and stays the same."""
    return Device(key=derived_id("scanner", key), label=label)
