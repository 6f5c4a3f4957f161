"""Scanners and profiles, listed for people and checked against each other."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table

from dossiers.errors import DeviceCode, DeviceError, SohoaError
from scanners.driver import DeviceInfo, Scanner, ScannerDriver
from scanners.profiles import load_profiles, misfits
from scanners.settings import Capabilities, ScanSettings, SourceCapabilities
from sohoa.cli.session import Session
from sohoa.scanning import discover


def list_devices(session: Session, drivers: Mapping[str, ScannerDriver], *, as_json: bool) -> None:
    """Lists every scanner that is found, with what it can do or why it does not say."""
    found = [(info, capabilities_of(drivers, info)) for info in discover(drivers)]
    if as_json:
        session.print_json([device_json(info, can) for info, can in found])
        return
    if not found:
        session.remark("scan_no_devices")
        return
    table = _table(session, "scan_device", "scan_label", "scan_can")
    for info, can in found:
        told = own_words(session, can) if isinstance(can, DeviceError) else abilities(session, can)
        table.add_row(info.key, info.label, told)
    session.out.print(table)


def list_profiles(session: Session, *, as_json: bool) -> None:
    """Lists the profiles of this counter."""
    profiles = load_profiles(session.settings.data_dir, session.settings.counter)
    if as_json:
        session.print_json(
            [
                {
                    "name": p.name, "vi": p.vi, "en": p.en, "source": p.settings.source.value,
                    "mode": p.settings.mode.value, "dpi": p.settings.dpi, "locked": p.is_locked,
                    "archive": p.is_archive,
                }
                for p in profiles.values()
            ]
        )  # fmt: skip
        return
    table = _table(session, "scan_profile", "scan_label", "scan_locked")
    for profile in profiles.values():
        label = profile.vi if session.messages.language == "vi" else profile.en
        table.add_row(profile.name, label, session.messages.say("yes") if profile.is_locked else "")
    session.out.print(table)


def check_device(session: Session, scanner: Scanner, asked: ScanSettings) -> None:
    """Tells plainly what the device cannot do of the profile.

    Raises:
        DeviceError: ``UNSUPPORTED_SETTING``, something was told.
    """
    found = misfits(asked, scanner.capabilities())
    say = session.messages.say
    for each in found:
        names = {"asked": _word(session, each.asked), "offered": _words(session, each.offered)}
        session.remark(f"scan_misfit_{each.kind.value}", **names)
    if found:
        detail = "; ".join(f"{each.kind.value}: {each.asked}, {each.offered}" for each in found)
        raise DeviceError(DeviceCode.UNSUPPORTED_SETTING, say("scan_choose_other", detail=detail))


def capabilities_of(drivers: Mapping[str, ScannerDriver], info: DeviceInfo) -> Capabilities | DeviceError:
    """What a device says that it can do, or why it says nothing."""
    try:
        scanner = drivers[info.driver].open(info.device)
    except DeviceError as error:
        return error
    try:
        return scanner.capabilities()
    except DeviceError as error:
        return error
    finally:
        scanner.close()


def abilities(session: Session, can: Capabilities) -> str:
    """One line a source."""
    return "\n".join(_ability(session, each) for each in can.sources)


def _ability(session: Session, can: SourceCapabilities) -> str:
    modes = ", ".join(sorted(_word(session, mode.value) for mode in can.modes))
    listed = "/".join(str(dpi) for dpi in can.resolutions.listed)
    dpi = listed or f"{can.resolutions.least}-{can.resolutions.most}"
    size = f"{can.width_mm:.0f} x {can.height_mm:.0f} mm"
    return f"{_word(session, can.source.value)}: {modes}; {dpi} dpi; {size}"


def own_words(session: Session, error: SohoaError) -> str:
    """The sentence of an error in the language of the session."""
    return error.vi if session.messages.language == "vi" else error.en


def _words(session: Session, names: str) -> str:
    return ", ".join(_word(session, name) for name in names.split(", "))


def _word(session: Session, name: str) -> str:
    return session.messages.texts.get(f"scan_word_{name}", name)


def _table(session: Session, *keys: str) -> Table:
    table = Table()
    for key in keys:
        table.add_column(session.messages.say(key), overflow="fold")
    return table


def device_json(info: DeviceInfo, can: Capabilities | DeviceError) -> dict[str, object]:
    """A device and what it can do, as JSON."""
    told: dict[str, object] = {"device": info.key, "label": info.label}
    if isinstance(can, DeviceError):
        return {**told, "error": can.code}
    sources = [
        {
            "source": each.source.value,
            "modes": sorted(mode.value for mode in each.modes),
            "dpi": list(each.resolutions.listed) or [each.resolutions.least, each.resolutions.most],
            "width_mm": each.width_mm,
            "height_mm": each.height_mm,
        }
        for each in can.sources
    ]
    return {**told, "sources": sources}
