"""A clock that stands still until it is told to move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

#: Any fixed moment: 09:00 in Viet Nam on the day the two-level local government began.
_DEFAULT_MOMENT: Final = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)


class FixedClock:
    """Implements ``dossiers.ports.Clock``.

    Args:
        now: the moment it shows, aware.
    """

    def __init__(self, now: datetime = _DEFAULT_MOMENT) -> None:
        self._now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        """Returns the moment it shows, in UTC."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Moves on by so many seconds; negative sets it back, as real clocks do."""
        self._now += timedelta(seconds=seconds)
