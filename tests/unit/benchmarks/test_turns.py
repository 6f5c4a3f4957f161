from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.measurement import KeptResults, Measurement
from benchmarks.page_case import PageCase
from benchmarks.turns import measure_in_turns

DONE = Measurement(text="Sao y", wall_seconds=2.0, cpu_seconds=1.5, pdf_bytes=7, measured_at="2026-01-01")


class CountingSystem:
    """Notes which page came to it and when."""

    def __init__(self, name: str, log: list[str], version: str = "1") -> None:
        self.name = name
        self.version = version
        self._log = log

    def measure(self, page: PageCase) -> Measurement:
        self._log.append(f"{self.name} {page.content.decode()}")
        if page.content == b"interrupt":
            raise KeyboardInterrupt
        return replace(DONE, text=f"{self.name} {page.content.decode()}")

    def close(self) -> None:
        pass


@pytest.fixture
def pages(page_case: Callable[..., PageCase]) -> list[PageCase]:
    return [replace(page_case(), content=content) for content in (b"1", b"2", b"3")]


@pytest.fixture
def quiet() -> Console:
    return Console(quiet=True)


def test_systems_take_turns_at_going_first(tmp_path: Path, pages: list[PageCase], quiet: Console) -> None:
    log: list[str] = []
    systems = [CountingSystem("A", log), CountingSystem("B", log)]

    results, from_before = measure_in_turns(systems, pages, KeptResults(tmp_path), quiet)

    assert log == ["A 1", "B 1", "B 2", "A 2", "A 3", "B 3"]
    assert [each.text for each in results["B"]] == ["B 1", "B 2", "B 3"]
    assert from_before == 0


def test_an_interrupted_run_goes_on_where_it_stopped(
    tmp_path: Path, pages: list[PageCase], quiet: Console
) -> None:
    log: list[str] = []
    system, kept = CountingSystem("A", log), KeptResults(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        measure_in_turns([system], [pages[0], replace(pages[1], content=b"interrupt")], kept, quiet)
    log.clear()

    results, from_before = measure_in_turns([system], pages, kept, quiet)

    assert log == ["A 2", "A 3"]
    assert [each.text for each in results["A"]] == ["A 1", "A 2", "A 3"]
    assert from_before == 1


def test_another_version_or_a_fresh_run_measures_again(
    tmp_path: Path, pages: list[PageCase], quiet: Console
) -> None:
    log: list[str] = []
    kept = KeptResults(tmp_path)
    for system, fresh in (
        (CountingSystem("A", log), False),
        (CountingSystem("A", log, version="2"), False),
        (CountingSystem("A", log), True),
    ):
        measure_in_turns([system], pages[:1], kept, quiet, fresh=fresh)

    assert log == ["A 1"] * 3


def test_the_run_after_a_finished_one_measures_anew(
    tmp_path: Path, pages: list[PageCase], quiet: Console
) -> None:
    log: list[str] = []
    kept = KeptResults(tmp_path / "kept")
    for _ in range(2):
        measure_in_turns([CountingSystem("A", log)], pages[:1], kept, quiet)
        kept.finish()

    assert log == ["A 1", "A 1"]
    assert len(list((tmp_path / "kept-last").rglob("*.json"))) == 1


def test_a_kept_measurement_comes_back_as_it_was(tmp_path: Path, page_case: Callable[..., PageCase]) -> None:
    system, kept = CountingSystem("A", []), KeptResults(tmp_path)
    measured = replace(DONE, failure="timeout", parts={"read": 1.25}, result="{}")

    kept.put(system, page_case(), measured)

    assert kept.get(system, page_case()) == measured
