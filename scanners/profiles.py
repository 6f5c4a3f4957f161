"""Scanning profiles: named settings that a clerk chooses and an administrator may lock.

Rule: what goes to the archive is scanned in colour with at least 200 dpi (Nghị định 30/2020/NĐ-CP, phụ lục);
a profile below that says so of itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Final

from dossiers.errors import AccessDenied, ConfigurationError
from scanners.separators.book import SeparatorBook, separator_book
from scanners.settings import Capabilities, ColourMode, ScanSettings, Source

#: Least resolution of a copy for the archive, dots per inch.
ARCHIVE_DPI: Final = 200
#: Name of the administrator's own file in the data folder.
PROFILES_FILE: Final = "profiles.toml"
#: No bought separator means anything.
NO_BOOK: Final = SeparatorBook()
_KNOWN: Final = frozenset(
    {
        "vi",
        "en",
        "source",
        "mode",
        "dpi",
        "width_mm",
        "height_mm",
        "counters",
        "locked",
        "archive",
        "card",
        "separators",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One profile.

    Attributes:
        name: how it is chosen.
        vi: what a clerk reads.
        en: the same in English.
        settings: what is asked of the device.
        counters: counters that may use it; empty: all.
        is_locked: whether a clerk may change nothing of it for one scan.
        is_archive: whether what it scans may go to the archive.
        is_card: whether the sides of a card lie on the glass; each becomes a page.
        separators: what bought separator sheets mean in a batch.
    """

    name: str
    vi: str
    en: str
    settings: ScanSettings
    counters: frozenset[str] = frozenset()
    is_locked: bool = False
    is_archive: bool = True
    is_card: bool = False
    separators: SeparatorBook = NO_BOOK

    def changed(self, *, dpi: int | None, mode: ColourMode | None, source: Source | None) -> ScanSettings:
        """The settings with what a clerk changes for one scan.

        Raises:
            AccessDenied: ``PROFILE_LOCKED``, it is locked and something would change.
        """
        present = self.settings
        asked = ScanSettings(
            source=source or present.source,
            mode=mode or present.mode,
            dpi=dpi or present.dpi,
            width_mm=present.width_mm,
            height_mm=present.height_mm,
        )
        if self.is_locked and asked != present:
            raise AccessDenied(
                "PROFILE_LOCKED",
                vi="Cấu hình quét này đã bị quản trị viên khóa, không đổi được.",
                en=f"the administrator locked the profile {self.name}; it cannot be changed",
            )
        return asked


class MisfitKind(StrEnum):
    """What of a profile a device cannot do."""

    NO_SOURCE = "no_source"
    NO_MODE = "no_mode"
    NO_RESOLUTION = "no_resolution"
    TOO_SMALL = "too_small"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """One thing that a device cannot do: what was asked, and what there is instead."""

    kind: MisfitKind
    asked: str
    offered: str


def misfits(asked: ScanSettings, device: Capabilities) -> tuple[Misfit, ...]:
    """Returns what a device cannot do of the settings; nothing where it can do all."""
    able = device.of(asked.source)
    if able is None:
        offered = ", ".join(sorted(each.source.value for each in device.sources))
        return (Misfit(kind=MisfitKind.NO_SOURCE, asked=asked.source.value, offered=offered),)
    found = []
    if asked.mode not in able.modes:
        offered = ", ".join(sorted(mode.value for mode in able.modes))
        found.append(Misfit(kind=MisfitKind.NO_MODE, asked=asked.mode.value, offered=offered))
    if not able.resolutions.allows(asked.dpi):
        listed = ", ".join(str(dpi) for dpi in able.resolutions.listed)
        offered = listed or f"{able.resolutions.least}-{able.resolutions.most}"
        found.append(Misfit(kind=MisfitKind.NO_RESOLUTION, asked=str(asked.dpi), offered=offered))
    # Devices round their areas: half a millimetre is none.
    if asked.width_mm > able.width_mm + 0.5 or asked.height_mm > able.height_mm + 0.5:
        size, most = (asked.width_mm, asked.height_mm), (able.width_mm, able.height_mm)
        found.append(
            Misfit(
                kind=MisfitKind.TOO_SMALL,
                asked=f"{size[0]:.0f} x {size[1]:.0f} mm",
                offered=f"{most[0]:.0f} x {most[1]:.0f} mm",
            )
        )
    return tuple(found)


def load_profiles(data_dir: Path, counter: str = "") -> Mapping[str, Profile]:
    """Loads the profiles that a counter may use.

    Raises:
        ConfigurationError: ``BAD_PROFILE``.
    """
    return {
        name: profile
        for name, profile in every_profile(data_dir).items()
        if not profile.counters or counter in profile.counters
    }


def every_profile(data_dir: Path) -> Mapping[str, Profile]:
    """Loads the profiles of all counters, those of Sohoa and the administrator's own.

    Raises:
        ConfigurationError: ``BAD_PROFILE``.
    """
    delivered = (files("scanners") / "data" / PROFILES_FILE).read_text(encoding="utf-8")
    profiles = parse_profiles(delivered)
    own = data_dir / PROFILES_FILE
    try:
        profiles |= parse_profiles(own.read_text(encoding="utf-8"))
    except FileNotFoundError:
        pass
    except (OSError, UnicodeDecodeError) as error:
        raise _bad("profiles.toml cannot be read") from error
    return profiles


def choose_profile(profiles: Mapping[str, Profile], name: str) -> Profile:
    """Returns a profile.

    Raises:
        ConfigurationError: ``NO_PROFILE``, this counter has none of this name.
    """
    profile = profiles.get(name)
    if profile is None:
        raise ConfigurationError(
            "NO_PROFILE",
            vi=f"Quầy này không có cấu hình quét {name}.",
            en=f"this counter has no profile {name}",
            hint=f"known: {', '.join(sorted(profiles))}",
        )
    return profile


def parse_profiles(text: str) -> dict[str, Profile]:
    """Reads a file of profiles.

    Raises:
        ConfigurationError: ``BAD_PROFILE``.
    """
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad("profiles.toml is no TOML") from error
    return {name: _profile(name, cells) for name, cells in read.items()}


def _profile(name: str, cells: object) -> Profile:
    if not isinstance(cells, dict) or not set(cells) <= _KNOWN:
        unknown = sorted(set(cells) - _KNOWN) if isinstance(cells, dict) else []
        raise _bad(f"{name}: {', '.join(unknown) or 'no table'}")
    try:
        settings = ScanSettings(
            source=Source(cells["source"]),
            mode=ColourMode(cells["mode"]),
            dpi=int(cells["dpi"]),
            width_mm=float(cells.get("width_mm", 210.0)),
            height_mm=float(cells.get("height_mm", 297.0)),
        )
        profile = Profile(
            name=name,
            vi=str(cells["vi"]),
            en=str(cells["en"]),
            settings=settings,
            counters=frozenset(str(each) for each in cells.get("counters", ())),
            is_locked=bool(cells.get("locked", False)),
            is_archive=bool(cells.get("archive", True)),
            is_card=bool(cells.get("card", False)),
            separators=separator_book(cells.get("separators", {})),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _bad(f"{name}: {error}") from error
    is_enough = settings.dpi >= ARCHIVE_DPI and settings.mode is ColourMode.COLOUR
    if profile.is_archive and not is_enough:
        raise _bad(f"{name}: the archive needs colour and {ARCHIVE_DPI} dpi; or say archive = false")
    return profile


def _bad(detail: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_PROFILE",
        vi="Tệp cấu hình quét không hợp lệ; hãy sửa mục được nêu tên.",
        en=f"a scanning profile is not valid: {detail}",
        hint=detail,
    )
