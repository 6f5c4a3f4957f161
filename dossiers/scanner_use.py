"""One use of a scanner: what the health of a device is counted from. No citizen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerUse:
    """One run of a device, from start to end.

    Attributes:
        device: key of the device, ``<driver>:<device>``.
        profile: name of the scanning profile.
        pages: pages that arrived, 0 or more.
        trouble: stable code of the error that ended it; empty where it ended well.
        ended_at: UTC.
    """

    device: str
    profile: str
    pages: int
    trouble: str
    ended_at: datetime
