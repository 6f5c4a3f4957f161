"""How many processors, disks and machines a city needs, computed from measured seconds a page.

    python -m benchmarks.capacity
    python -m benchmarks.capacity --page-seconds 2.4 --processors 32

The load of each city is the design load of the reliability plan: pages a day, 250 days a year of 8 hours, a
peak hour with a fifth of the day, half as much again on a Monday. The default of the page seconds is the mean
CPU time of Sohoa's own benchmark, reading and PDF/A together; a processor here is one of the kind it was
measured on.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from typing import Final

#: CPU seconds of one page, recognition and PDF/A: docs/benchmarks.md, "Reading", all pages, 2026-11-28.
MEASURED_PAGE_SECONDS: Final = 2.55
#: Processors are planned to be busy for so much of the peak hour at most; the rest is for bursts and repeats.
BUSY: Final = 0.7
#: Part of a day's pages that arrive in its busiest hour.
PEAK_SHARE: Final = 0.2
#: Mondays and days after holidays bring so many times the pages of a usual day.
BUSY_DAY: Final = 1.5
#: A minute at the busiest has so many times the pages of the peak hour.
BURST: Final = 2.0
DAYS_A_YEAR: Final = 250
HOURS_A_DAY: Final = 8
#: Bytes kept of a page: the original, the PDF/A, a preview and the texts.
PAGE_BYTES: Final = 1_250_000
COPIES: Final = 3
#: Longest time in which an outage of half an hour at the peak is to be caught up, hours.
OUTAGE_HOURS: Final = 0.5
CATCH_UP_HOURS: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A load: ``pages`` a working day, from ``dossiers``."""

    name: str
    dossiers: int
    pages: int


#: Design loads: Ha Noi twice what was reported, with growth; Ho Chi Minh City 23 branches and 330 points.
CITIES: Final = (
    City(name="Bình Dương", dossiers=8_000, pages=64_000),
    City(name="Hà Nội", dossiers=20_000, pages=160_000),
    City(name="Thành phố Hồ Chí Minh", dossiers=35_000, pages=280_000),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a city needs.

    Attributes:
        mean: pages a second over the working day.
        peak: in the busiest hour of a busy day.
        burst: in the busiest minute.
        processors: so that the peak hour is read as it comes, ``BUSY`` of the time.
        catching_up: so that the pages of an outage at the peak are read in ``CATCH_UP_HOURS`` besides.
        machines: of so many processors as were asked for, one more than needed in case one is away.
        terabytes: of papers a year, one copy.
        stored: all copies.
        megabits: of the line into the centre at a burst, originals alone (1 MB each).
    """

    mean: float
    peak: float
    burst: float
    processors: int
    catching_up: int
    machines: int
    terabytes: float
    stored: float
    megabits: float


def plan(city: City, page_seconds: float, processors_each: int) -> Plan:
    """Plans a city.

    Args:
        city: its load.
        page_seconds: CPU seconds of one page, above 0.
        processors_each: of one worker machine, at least 1.
    """
    peak = city.pages * PEAK_SHARE * BUSY_DAY / 3600
    processors = math.ceil(peak * page_seconds / BUSY)
    missed = peak * 3600 * OUTAGE_HOURS
    catching_up = math.ceil((peak + missed / (CATCH_UP_HOURS * 3600)) * page_seconds)
    terabytes = city.pages * DAYS_A_YEAR * PAGE_BYTES / 1e12
    return Plan(
        mean=city.pages / (HOURS_A_DAY * 3600),
        peak=peak,
        burst=peak * BURST,
        processors=processors,
        catching_up=catching_up,
        machines=math.ceil(max(processors, catching_up) / processors_each) + 1,
        terabytes=terabytes,
        stored=terabytes * COPIES,
        megabits=peak * BURST * 8,
    )


def table(page_seconds: float, processors_each: int) -> str:
    """The plans of all cities as a table for docs/capacity.md."""
    plans = [(city, plan(city, page_seconds, processors_each)) for city in CITIES]
    rows = [
        ["", *(city.name for city, _ in plans)],
        ["---", *("---:" for _ in plans)],
        ["dossiers a day", *(_whole(city.dossiers) for city, _ in plans)],
        ["pages a day", *(_whole(city.pages) for city, _ in plans)],
        ["pages a second: mean", *(f"{each.mean:.1f}" for _, each in plans)],
        ["pages a second: peak hour", *(f"{each.peak:.1f}" for _, each in plans)],
        ["pages a second: burst", *(f"{each.burst:.1f}" for _, each in plans)],
        ["processors for the peak hour", *(str(each.processors) for _, each in plans)],
        ["processors to catch up after an outage", *(str(each.catching_up) for _, each in plans)],
        [f"worker machines of {processors_each} processors", *(str(each.machines) for _, each in plans)],
        ["papers a year, TB", *(f"{each.terabytes:.0f}" for _, each in plans)],
        [f"the same, {COPIES} copies, TB", *(f"{each.stored:.0f}" for _, each in plans)],
        ["line into the centre at a burst, Mbit/s", *(f"{each.megabits:.0f}" for _, each in plans)],
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def main() -> None:
    """Prints the plans."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--page-seconds", type=float, default=MEASURED_PAGE_SECONDS, help="CPU seconds a page"
    )
    parser.add_argument("--processors", type=int, default=16, help="processors of one worker machine")
    asked = parser.parse_args()
    if asked.page_seconds <= 0 or asked.processors < 1:
        parser.error("seconds a page are above 0, processors at least 1")
    is_measured = asked.page_seconds == MEASURED_PAGE_SECONDS
    source = "measured, docs/benchmarks.md" if is_measured else "as given"
    print(f"{asked.page_seconds} CPU seconds a page ({source}), processors busy {BUSY:.0%} at the peak\n")
    print(table(asked.page_seconds, asked.processors))


if __name__ == "__main__":
    main()
