from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.cost_tables import requirements
from benchmarks.costs import Costs
from benchmarks.document import marks, replace_tables
from benchmarks.measurement import Measurement
from benchmarks.processes import PeakMemory
from benchmarks.tables import percent, quantile, share, table

BEGIN, END = marks("measured")


def _measured(cpu_seconds: float) -> list[Measurement]:
    return [
        Measurement(text="", wall_seconds=1.0, cpu_seconds=cpu_seconds, pdf_bytes=0, measured_at="2026-01-01")
    ]


def test_only_what_stands_between_the_marks_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")

    replace_tables(page, "new\n")
    replace_tables(page, "newest\n")

    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnewest\n\n{END}\nafter\n"


def test_a_page_without_marks_is_refused_and_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("text", encoding="utf-8")

    with pytest.raises(ValueError, match=r"page\.md"):
        replace_tables(page, "new")
    assert page.read_text(encoding="utf-8") == "text"


def test_the_published_page_has_marks() -> None:
    text = (Path(__file__).parents[3] / "docs" / "benchmarks.md").read_text(encoding="utf-8")

    assert text.index(BEGIN) < text.index(END)


@pytest.mark.parametrize(("own", "verdict"), [(2.0, "met"), (2.1, "**not met**")])
def test_more_cpu_time_than_the_other_is_said_plainly(own: float, verdict: str) -> None:
    told = requirements({"Sohoa": _measured(own), "OCRmyPDF": _measured(2.0)}, Costs(), 0)

    assert f"{own:.2f} s against 2.00 s | {verdict} |" in told


@pytest.mark.parametrize(("megabytes", "verdict"), [(500, "met"), (501, "**not met**")])
def test_a_page_process_above_500_mb_is_said_plainly(megabytes: int, verdict: str) -> None:
    memory = (PeakMemory(started=1, largest=megabytes << 20, together=1),)

    told = requirements({"Sohoa": _measured(1.0)}, Costs(sohoa_memory=memory), 0)

    assert f"{megabytes} MB | {verdict} |" in told


def test_a_table_has_a_rule_and_aligns_figures_to_the_right() -> None:
    assert table(("a", "b"), [["x", "1"]]) == "| a | b |\n| --- | ---: |\n| x | 1 |"


def test_shares_of_nothing_are_a_dash() -> None:
    assert percent(0, 0) == "–"
    assert share(1, 3) == "33.33 % (1/3)"


@pytest.mark.parametrize(("part", "value"), [(0.5, 2.0), (0.95, 4.0), (0.25, 1.0)])
def test_a_quantile_is_one_of_the_values(part: float, value: float) -> None:
    assert quantile([4.0, 1.0, 3.0, 2.0], part) == value
