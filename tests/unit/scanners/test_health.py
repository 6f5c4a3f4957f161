"""The health of a device: days are those of Viet Nam, the newest good use names the profile."""

from __future__ import annotations

from datetime import UTC, datetime

from dossiers.scanner_use import ScannerUse
from scanners.health import health_of

#: 08:00 on 2 March in Viet Nam.
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def use(day: int, hour: int, pages: int, trouble: str = "", profile: str = "p") -> ScannerUse:
    ended = datetime(2026, 3, day, hour, 0, tzinfo=UTC)
    return ScannerUse(device="d", profile=profile, pages=pages, trouble=trouble, ended_at=ended)


def test_pages_of_the_vietnamese_day_are_counted():
    uses = (use(1, 16, 5), use(1, 17, 7), use(2, 0, 2, "PAPER_JAM"))  # 23:00 the day before, 00:00, 07:00
    health = health_of(uses, NOW)
    assert (health.pages_today, health.runs_today) == (9, 2)


def test_the_known_good_profile_is_that_of_the_newest_use_that_ended_well_with_pages():
    uses = (
        use(1, 1, 5, profile="old"), use(1, 2, 5, profile="good"), use(1, 3, 0, profile="empty"),
        use(1, 4, 9, "PAPER_JAM", profile="jammed"),
    )  # fmt: skip
    good = health_of(uses, NOW).good
    assert good is not None
    assert good.profile == "good"
    assert health_of(uses[2:], NOW).good is None


def test_the_last_five_errors_are_told_newest_first():
    uses = [use(1, hour, 1, f"E{hour}" if hour % 2 else "") for hour in range(14)]
    assert [each.trouble for each in health_of(uses, NOW).errors] == ["E13", "E11", "E9", "E7", "E5"]
