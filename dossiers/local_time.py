"""Time on paper: moments are UTC inside, days are those of Viet Nam."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

#: The time zone of Viet Nam, +07:00 without summer time.
VIETNAM: Final = timezone(timedelta(hours=7))


def day_in_vietnam(moment: datetime) -> date:
    """The calendar day in Viet Nam at an aware moment."""
    return moment.astimezone(VIETNAM).date()
