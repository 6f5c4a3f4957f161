"""Calls ``scanimage``: which devices there are, what one can do, whether one still answers."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Final

from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import DeviceInfo
from scanners.drivers.program import run
from scanners.drivers.sane.listing import read_options
from scanners.drivers.sane.option import SaneOption
from scanners.drivers.sane.settings import NAME, SaneSettings
from scanners.drivers.sane.status import code_of_opening, hint_of_opening

_FORMAT: Final = "%d\t%v\t%m%n"
#: Short options: everything else is set by its long name.
_SHORT: Final = frozenset("ltxy")
#: Longest time to find out whether a device is gone, seconds.
_PROBE_SECONDS: Final = 10.0
_MAX_LABEL: Final = 100


def device_arguments(device: str, values: Mapping[str, str]) -> list[str]:
    """Arguments that choose a device and set its options, in their order."""
    named = [f"-{name}{value}" if name in _SHORT else f"--{name}={value}" for name, value in values.items()]
    return [f"--device-name={device}", *named]


def find_devices(settings: SaneSettings, timeout_seconds: float) -> Sequence[DeviceInfo]:
    """Devices that SANE's backends find by themselves; none if they take longer than the time.

    Raises:
        ConfigurationError: ``scanimage`` is missing.
    """
    ended = run([settings.program, "-f", _FORMAT], settings.environment, timeout_seconds)
    rows = (line.split("\t") for line in ended.output.splitlines())
    return tuple(describe(row[0], f"{row[1]} {row[2]}") for row in rows if len(row) == 3)


def describe(device: str, label: str) -> DeviceInfo:
    """A device with a label that is safe to show."""
    printable = "".join(letter for letter in label if letter.isprintable()).strip()
    return DeviceInfo(driver=NAME, device=device, label=printable[:_MAX_LABEL] or device)


def options_of(settings: SaneSettings, device: str, values: Mapping[str, str]) -> dict[str, SaneOption]:
    """The options that the device shows while some have the values given.

    Raises:
        DeviceError: it cannot be opened.
        ConfigurationError: ``scanimage`` is missing.
    """
    command = [settings.program, *device_arguments(device, values), "--all-options"]
    ended = run(command, settings.environment, settings.open_seconds)
    if ended.status is None:
        raise DeviceError(DeviceCode.OFFLINE, "does not answer")
    options = read_options(ended.output) if ended.status == 0 else {}
    if not options:
        raise DeviceError(code_of_opening(ended.errors), hint_of_opening(ended.errors))
    return options


def answers(settings: SaneSettings, device: str) -> bool:
    """Whether the device can still be opened; asked after it failed."""
    ended = run([settings.program, f"--device-name={device}", "-n"], settings.environment, _PROBE_SECONDS)
    return ended.status == 0


def sees_double_feed(settings: SaneSettings, device: str) -> bool:
    """Whether a sensor says that two sheets went in at once: SANE itself only knows jams."""
    with contextlib.suppress(DeviceError):
        sensor = options_of(settings, device, {}).get("double-feed")
        return sensor is not None and sensor.value == "yes"
    return False
