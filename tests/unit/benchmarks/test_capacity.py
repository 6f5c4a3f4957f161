"""The plan of a city follows from its pages a day and the seconds a page; the page in docs says the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.capacity import CITIES, MEASURED_PAGE_SECONDS, City, plan, table

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize(
    ("pages", "peak", "burst"), [(64_000, 5.3, 10.7), (160_000, 13.3, 26.7), (280_000, 23.3, 46.7)]
)
def test_the_peaks_are_those_of_the_reliability_plan(pages: int, peak: float, burst: float) -> None:
    found = plan(City(name="", dossiers=0, pages=pages), 4.0, 16)
    assert found.peak == pytest.approx(peak, abs=0.05)
    assert found.burst == pytest.approx(burst, abs=0.05)


def test_four_seconds_a_page_need_the_processors_of_the_reliability_plan() -> None:
    assert [plan(city, 4.0, 16).processors for city in CITIES] == [31, 77, 134]


def test_twice_the_seconds_need_twice_the_processors_and_one_machine_is_to_spare() -> None:
    city = CITIES[0]
    assert plan(city, 4.0, 1).processors == pytest.approx(2 * plan(city, 2.0, 1).processors, abs=1)
    needed = plan(city, 2.0, 1)
    assert needed.machines == max(needed.processors, needed.catching_up) + 1


def test_the_page_shows_what_the_command_prints() -> None:
    assert table(MEASURED_PAGE_SECONDS, 16) in (DOCS / "capacity.md").read_text(encoding="utf-8")
    assert f"| CPU seconds a page, mean | {MEASURED_PAGE_SECONDS} s |" in (DOCS / "benchmarks.md").read_text(
        encoding="utf-8"
    )
