"""Whoever shows a scanning session to people, and what a run of the device came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dossiers.errors import DeviceError, InputError, SohoaError
from scanners.driver import Unreadable
from scanners.judgement.finding import PageJudgement
from scanners.session import ArrivedPage


class StationWatcher(Protocol):
    """Told of everything as it happens."""

    def arrived(self, page: ArrivedPage, judgement: PageJudgement) -> None:
        """A page is durable and judged."""
        ...

    def unreadable(self, item: Unreadable) -> None:
        """The source could not give an item."""
        ...

    def refused(self, page: ArrivedPage, refusal: InputError) -> None:
        """The centre refused a page; it keeps the bytes apart."""
        ...

    def postponed(self, trouble: SohoaError, waiting: int) -> None:
        """The centre does not answer; so many pages wait in the spool. Told once until it answers again."""
        ...

    def profile_wanted(self, wanted: str, *, present: str, is_followed: bool) -> None:
        """A separator asks for another profile than the present one: taken up, or gone on without it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the device.

    Attributes:
        pages: pages that arrived.
        trouble: what ended it; ``None`` where the feeder was empty.
        put_back: 1-based sheet of the session to put back first; the one that would come next.
    """

    pages: int
    trouble: DeviceError | None
    put_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCount:
    """Sheets that arrived, beside what the clerk counted.

    Attributes:
        arrived: sheets with all their sides.
        declared: what the clerk counted; ``None`` where nobody did.
    """

    arrived: int
    declared: int | None

    @property
    def difference(self) -> int:
        """Sheets too many (positive) or too few (negative: two were fed as one, or one was left out)."""
        return 0 if self.declared is None else self.arrived - self.declared
