"""What goes wrong on a simulated scanner, and how that is written in the name of the device.

A device is named by a folder and, after a question mark, its faults: ``/srv/tap-huan?jam=3&streak=yes``.
Sheets count from 1. Jam, double feed, open cover, busy and offline happen once: putting the paper right and
scanning again goes on from the sheet that the error names, as at a real device.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from dossiers.errors import ConfigurationError, DeviceCode
from scanners.drivers.options import bad_option

#: Faults that stop the feeder at a sheet, by the name in which they are written.
_STOPS: Final = {
    "jam": DeviceCode.JAM,
    "double_feed": DeviceCode.DOUBLE_FEED,
    "cover_open": DeviceCode.COVER_OPEN,
    "offline": DeviceCode.OFFLINE,
    "busy": DeviceCode.BUSY,
    "failed": DeviceCode.DRIVER_FAILED,
}
_NUMBERS: Final = frozenset({"upside_down", "swallow", "seed"})
_SWITCHES: Final = frozenset({"streak", "two_sided"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What is to go wrong.

    Attributes:
        stops: trouble by the sheet at which it happens, once.
        upside_down: sheets that lie upside down in the feeder.
        swallow: sheets that go through under the sheet before, unnoticed by the device.
        streak: a line of dirt on the glass, on every front side.
        two_sided: pages of the folder lie front, back, front, back; otherwise every back is blank and
            shows a little of its front.
        slow_seconds: time that a side takes.
        seed: fixes where the streak lies and how strongly backs show their fronts.
    """

    stops: dict[int, DeviceCode] = field(default_factory=dict)
    upside_down: frozenset[int] = frozenset()
    swallow: frozenset[int] = frozenset()
    streak: bool = False
    two_sided: bool = False
    slow_seconds: float = 0.0
    seed: int = 0


def parse_device(device: str) -> tuple[str, Faults]:
    """Folder and faults of a device name.

    Raises:
        ConfigurationError: a fault is unknown or has an impossible value.
    """
    folder, _, query = device.partition("?")
    stops: dict[int, DeviceCode] = {}
    numbers: dict[str, set[int]] = {name: set() for name in _NUMBERS}
    switches: set[str] = set()
    slow = 0.0
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in _STOPS:
            stops[_number(name, value)] = _STOPS[name]
        elif name in _NUMBERS:
            numbers[name].add(_number(name, value))
        elif name in _SWITCHES:
            switches |= {name} if _is_on(name, value) else set()
        elif name == "slow":
            slow = _seconds(value)
        else:
            raise _bad(f"unknown fault {name[:40]!r}")
    return folder, Faults(
        stops=stops,
        upside_down=frozenset(numbers["upside_down"]),
        swallow=frozenset(numbers["swallow"]),
        streak="streak" in switches,
        two_sided="two_sided" in switches,
        slow_seconds=slow,
        seed=max(numbers["seed"], default=0),
    )


def _number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= 1_000_000):
        raise _bad(f"{name} takes a number")
    return int(value)


def _is_on(name: str, value: str) -> bool:
    if value not in ("yes", "no"):
        raise _bad(f"{name} takes yes or no")
    return value == "yes"


def _seconds(value: str) -> float:
    try:
        slow = float(value)
    except ValueError:
        slow = -1.0
    if not 0 <= slow <= 600:
        raise _bad("slow takes seconds, 0 to 600")
    return slow


def _bad(detail: str) -> ConfigurationError:
    return bad_option("simulated", detail)
