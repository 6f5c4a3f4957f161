"""The scanning job of a counter: device, profile and session put together.

Safe to stop at any moment: what was told to the watcher is on the disk, and a resumed session goes on with
the sheet that it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast

from dossiers.batch_desk import BatchDesk
from dossiers.codes.dossier_code import DossierCode
from dossiers.dossier import Dossier
from dossiers.errors import (
    ConfigurationError,
    DeviceCode,
    DeviceError,
    InputCode,
    InputError,
    RecordError,
    ResourceError,
)
from dossiers.intake import Intake, RawFile, Receipt
from dossiers.opening import Opening
from dossiers.page import Page
from dossiers.ports import RecordStore
from dossiers.scanner_use import ScannerUse
from scanners.behind import BehindTheFeeder
from scanners.driver import DeviceInfo, Scanner, ScannerDriver
from scanners.id_card.glass import CardGlass
from scanners.judgement.judge import FeederJudge
from scanners.profiles import NO_BOOK, Profile, load_profiles
from scanners.separators.book import SeparatorBook
from scanners.session import ScanSession
from scanners.spool import Spool, SpooledSession
from scanners.station_batch import BatchDelivery
from scanners.station_delivery import Centre, Delivery
from scanners.station_feeding import NO_PROFILES, Delivering, FeedingStation
from scanners.station_watching import Run, StationWatcher
from sohoa.batch_centre import BatchCentre, scan_batch
from sohoa.bootstrap import Application
from sohoa.clock import utc_now
from sohoa.feeder_sandbox import feeder_sandbox
from sohoa.plugins import SCANNER_DRIVERS, load, names
from sohoa.settings import Settings

#: Folder of the spool in the data folder.
SPOOL_FOLDER: Final = "spool"
#: How long devices are looked for, seconds.
DISCOVERY_SECONDS: Final = 5.0


def make_drivers(settings: Settings, key: str = "") -> Mapping[str, ScannerDriver]:
    """Makes the drivers that may be used, by name, or the one that a key names; no device is asked yet.

    Raises:
        ConfigurationError: an option of a driver is unknown or impossible, or a driver is missing.
    """
    wanted = [key.partition(":")[0]] if key else names(SCANNER_DRIVERS, settings.plugins)
    made = {}
    for name in wanted:
        make = load(SCANNER_DRIVERS, name, settings.plugins)
        made[name] = cast("ScannerDriver", make(settings.scanner_options.get(name, {})))
    return made


def discover(drivers: Mapping[str, ScannerDriver]) -> tuple[DeviceInfo, ...]:
    """Looks for devices with every driver; one whose program is missing shows none."""
    found: list[DeviceInfo] = []
    for driver in drivers.values():
        try:
            found += driver.discover(DISCOVERY_SECONDS)
        except ConfigurationError:
            continue
    return tuple(found)


def open_scanner(drivers: Mapping[str, ScannerDriver], key: str) -> Scanner:
    """Opens the device with a key; with no key the only one that is found.

    Raises:
        ConfigurationError: ``NO_DEVICE``, none or several are found, or the key names no driver.
        DeviceError: it does not answer.
    """
    if not key:
        devices = discover(drivers)
        if len(devices) != 1:
            raise _no_device(", ".join(device.key for device in devices) or "none found")
        key = devices[0].key
    name, _, device = key.partition(":")
    if name not in drivers or not device:
        raise _no_device(f"{key}; drivers: {', '.join(sorted(drivers))}")
    return drivers[name].open(device)


class LocalCentre:
    """The centre in the same process: the embedded default."""

    def __init__(self, intake: Intake, records: RecordStore) -> None:
        self._intake = intake
        self._records = records

    def open_dossier(self, opening: Opening) -> Dossier:
        """Opens a dossier, or returns the one that was opened with the same intake key."""
        return self._intake.open_dossier(opening)

    def dossier_by_code(self, code: str) -> Dossier:
        """Returns a dossier, or raises ``InputError``."""
        normal = str(DossierCode.parse(code))
        with self._records.transaction() as work:
            dossier = work.dossiers.by_code(normal)
        if dossier is None:
            raise InputError(InputCode.NOT_FOUND, normal)
        return dossier

    def receive_file(self, dossier_id: str, raw: RawFile) -> Receipt:
        """Takes in a page."""
        return self._intake.receive_file(dossier_id, raw)


def centre_of(application: Application | None) -> Centre | None:
    """The centre, where it could be reached."""
    if application is None:
        return None
    return LocalCentre(application.intake, application.records)


def page_of(application: Application, dossier_code: str, number: int) -> Page:
    """The page with a number, for a rescan.

    Raises:
        InputError: there is no such dossier or page.
    """
    dossier = LocalCentre(application.intake, application.records).dossier_by_code(dossier_code)
    with application.records.transaction() as work:
        pages = work.pages.of_dossier(dossier.dossier_id)
    found = next((page for page in pages if page.number == number), None)
    if found is None:
        raise InputError(InputCode.NOT_FOUND, f"page {number} of {dossier.code}")
    return found


def spool_of(settings: Settings) -> Spool:
    """The spool of this station."""
    return Spool(spool_folder(settings))


def spool_folder(settings: Settings) -> Path:
    """Where the spool is: on a disk of the station itself."""
    return settings.spool_dir or settings.data_dir / SPOOL_FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """One session at work: the station, and what hands its pages on."""

    station: FeedingStation
    delivery: Delivering
    spooled: SpooledSession


@contextmanager
def at_work(
    spooled: SpooledSession,
    application: Application | None,
    watcher: StationWatcher,
    profiles: Mapping[str, Profile] = NO_PROFILES,
) -> Iterator[OpenSession]:
    """Puts a session to work; its judging child ends with the block.

    Args:
        spooled: the session.
        application: the centre; ``None`` while it is away.
        watcher: told of everything.
        profiles: profiles of the counter, for a batch: what bought separators mean, and which may be named.
    """
    with ExitStack() as closing:
        child = feeder_sandbox(unsafe=application is not None and application.settings.unsafe_sandbox)
        closing.callback(child.close)
        behind = BehindTheFeeder()
        closing.callback(behind.close)
        if not spooled.is_ended:
            behind.submit(child.start)  # it loads while the device takes the first sheet
        centre, session = centre_of(application), spooled.session
        delivery: Delivering
        if session.is_batch:
            if centre is not None and application is not None:
                batches = BatchDesk(records=application.records, clock=utc_now)
                centre = BatchCentre(centre, batches, *scan_batch(session))
            delivery = BatchDelivery(spooled, centre, watcher)
        else:
            delivery = Delivery(spooled, centre, watcher, CardGlass(child))
        book = book_of(profiles, session) if session.is_batch else None
        judge = FeederJudge(child, session.settings.dpi, book)
        followed = profiles if session.is_batch else NO_PROFILES
        station = FeedingStation(spooled, judge, delivery, watcher, followed, behind)
        yield OpenSession(station=station, delivery=delivery, spooled=spooled)


def profiles_of(settings: Settings) -> Mapping[str, Profile]:
    """The profiles of this counter as they are now."""
    return load_profiles(settings.data_dir, settings.counter)


def book_of(profiles: Mapping[str, Profile], session: ScanSession) -> SeparatorBook:
    """What bought separator sheets mean in a session: for all of it, whichever profile they name."""
    profile = profiles.get(session.profile)
    return profile.separators if profile is not None else NO_BOOK


def send_ended(spool: Spool, application: Application, watcher: StationWatcher) -> int:
    """Hands on sessions that ended while the centre was away, in order; returns how many it has now.

    A session that another program has open is left to it. Where the centre is still away, later ones wait.
    """
    sent = 0
    for session_id in spool.ended_ids():
        try:
            with spool.open(session_id) as spooled, at_work(spooled, application, watcher) as work:
                if not work.station.finish():
                    break
                sent += 1
        except (RecordError, ResourceError):
            continue
    return sent


def note_use(application: Application | None, session: ScanSession, run: Run) -> None:
    """Notes a run of the device for its health; a centre that is away is no error."""
    if application is None:
        return
    use = ScannerUse(
        device=session.device,
        profile=session.profile,
        pages=run.pages,
        trouble=run.trouble.code if run.trouble else "",
        ended_at=utc_now(),
    )
    try:
        with application.records.transaction() as work:
            work.scanner_uses.add(use)
    except ResourceError:
        return


def uses_since(application: Application, device: str, since: datetime) -> tuple[ScannerUse, ...]:
    """What became of the uses of a device."""
    with application.records.transaction() as work:
        return tuple(work.scanner_uses.of_device(device, since))


def devices_since(application: Application, since: datetime) -> tuple[str, ...]:
    """Keys of the devices that were used, those that are switched off now too."""
    with application.records.transaction() as work:
        return tuple(work.scanner_uses.devices(since))


def needs_a_hand(run: Run) -> bool:
    """Whether a person can put right what ended the run, and scanning can go on."""
    mended = {
        DeviceCode.JAM,
        DeviceCode.COVER_OPEN,
        DeviceCode.DOUBLE_FEED,
        DeviceCode.FEEDER_EMPTY,
        DeviceCode.BUSY,
        DeviceCode.OFFLINE,
    }
    return isinstance(run.trouble, DeviceError) and run.trouble.reason in mended


def _no_device(detail: str) -> ConfigurationError:
    return ConfigurationError(
        "NO_DEVICE",
        vi="Chưa rõ dùng máy quét nào; hãy chọn một máy bằng --device.",
        en="it is not clear which scanner to use; choose one with --device",
        hint=detail,
    )
