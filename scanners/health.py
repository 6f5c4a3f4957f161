"""The health of a device, counted from what became of its uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dossiers.local_time import day_in_vietnam
from dossiers.scanner_use import ScannerUse

#: How far back the uses of a device are looked at.
LOOKED_BACK: Final = timedelta(days=30)
#: So many of the last errors are told.
_LAST_ERRORS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHealth:
    """How a device fares.

    Attributes:
        pages_today: pages that it gave on this day in Viet Nam, those of test scans too.
        runs_today: how often it was used on this day.
        errors: its last uses that ended in trouble, the newest first.
        good: its newest use that ended well and gave a page: its profile is known to work; ``None``: none.
    """

    pages_today: int
    runs_today: int
    errors: tuple[ScannerUse, ...]
    good: ScannerUse | None


def health_of(uses: Sequence[ScannerUse], now: datetime) -> DeviceHealth:
    """Counts the health of one device.

    Args:
        uses: its uses, the oldest first.
        now: the moment, aware.
    """
    day = day_in_vietnam(now)
    today = [use for use in uses if day_in_vietnam(use.ended_at) == day]
    newest_first = tuple(reversed(uses))
    return DeviceHealth(
        pages_today=sum(use.pages for use in today),
        runs_today=len(today),
        errors=tuple(use for use in newest_first if use.trouble)[:_LAST_ERRORS],
        good=next((use for use in newest_first if use.pages and not use.trouble), None),
    )
