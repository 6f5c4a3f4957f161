"""What the pages of administration need from the office: its files, its scanners, its catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dossiers.agencies import AgencyDirectory
from dossiers.catalogue import Catalogue
from dossiers.catalogue_import import ImportPlan
from dossiers.catalogue_layers import LayerNote
from dossiers.counters import CounterDirectory
from dossiers.errors import ConfigurationError, DeviceError
from dossiers.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerTrouble:
    """A use of a scanner that ended in trouble: when (UTC), with which profile, and what it was.

    ``error`` is ``None`` where the code is none of a device.
    """

    at: datetime
    profile: str
    code: str
    error: DeviceError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerRow:
    """One scanner and how it fares.

    Attributes:
        label: what people call it.
        driver: name of its driver.
        is_usual: whether it is the counter's own.
        is_found: whether it answers the search now.
        pages_today: pages on this day in Viet Nam, those of test scans too.
        runs_today: how often it was used on this day.
        errors: the last uses that ended in trouble, the newest first.
        good_profile: profile of the last use that went well; empty: none in 30 days.
        good_at: when that was, UTC.
    """

    label: str
    driver: str
    is_usual: bool
    is_found: bool
    pages_today: int
    runs_today: int
    errors: tuple[ScannerTrouble, ...]
    good_profile: str
    good_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """A scanning profile; sources and modes are the values of ``scanners.settings``.

    Attributes:
        name: how it is chosen.
        vi: what a clerk reads.
        en: the same in English.
        source: where the paper lies.
        mode: how it is seen.
        dpi: dots per inch.
        width_mm: of the paper, millimetres.
        height_mm: of the paper, millimetres.
        is_card: whether both sides of a card lie on the glass.
        is_locked: whether a clerk may change nothing of it.
        is_archive: whether what it scans may go to the archive.
        is_usual: whether it is the one of the settings.
        counters: counters that may use it; empty: all.
    """

    name: str
    vi: str
    en: str
    source: str
    mode: str
    dpi: int
    width_mm: float
    height_mm: float
    is_card: bool
    is_locked: bool
    is_archive: bool
    is_usual: bool
    counters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A printed form.

    Attributes:
        form_id: its id, or the number of the procedure whose declaration it is.
        name: its name in Vietnamese; empty where the file cannot be used.
        number: its statutory number; may be empty.
        paper: size.
        is_own: whether the office wrote its own in place of the one that ships.
        trouble: why the file cannot be used; ``None``: it can.
    """

    form_id: str
    name: str
    number: str
    paper: str
    is_own: bool
    trouble: ConfigurationError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTold:
    """The calendar in the data folder, or the one that ships."""

    calendar: WorkingCalendar
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedList:
    """A list of procedures that was sent and not yet kept.

    Attributes:
        token: names it until it is kept, at most a day: the SHA-256 of the file and its extension.
        file_name: its name as the sender calls it.
        plan: what keeping it would do.
    """

    token: str
    file_name: str
    plan: ImportPlan


class OfficeAdministration(Protocol):
    """Reads what the office has in its data folder, each time anew; keeps imported lists."""

    def agencies(self) -> AgencyDirectory:
        """Agencies, successions, signers; BAD_AGENCIES."""
        ...

    def counters(self) -> CounterDirectory:
        """Counters that are listed; BAD_COUNTERS."""
        ...

    def calendar(self) -> CalendarTold:
        """Working days and hours; BAD_CALENDAR."""
        ...

    def forms(self) -> Sequence[FormRow]:
        """Every form and declaration; a file that cannot be used says so in its row."""
        ...

    def scanners(self) -> Sequence[ScannerRow]:
        """Scanners found now and those used in 30 days; the search takes up to 5 s a driver.

        Raises:
            ConfigurationError: an option of a driver is unknown or impossible.
            ResourceError: the records do not answer.
        """
        ...

    def profiles(self) -> Sequence[ProfileRow]:
        """Profiles of every counter; BAD_PROFILE."""
        ...

    def catalogue(self) -> Catalogue:
        """The catalogue with every list that was imported; BAD_CATALOGUE."""
        ...

    def layers(self) -> Sequence[LayerNote]:
        """Where the imported lists came from, the newest first."""
        ...

    def offer(self, file_name: str, content: bytes) -> OfferedList:
        """Plans the import of a list and changes nothing.

        Raises:
            InputError: UNSUPPORTED_TYPE, LIMIT_EXCEEDED, DAMAGED, BAD_LIST.
            ResourceError: CATALOGUE_NOT_KEPT, there is no room to hold it until it is confirmed.
        """
        ...

    def keep(self, token: str, file_name: str, by: str) -> OfferedList:
        """Keeps a list that was offered, as it compares with the catalogue of now; done once.

        Raises:
            InputError: NOT_FOUND, it was kept already, taken back or is too old; BAD_LIST, it is not right.
            ResourceError: CATALOGUE_NOT_KEPT.
        """
        ...
