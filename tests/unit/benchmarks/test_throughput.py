"""The benchmark says what limits it, and its recorded pages are what the product takes for pages."""

from __future__ import annotations

import pytest

from benchmarks.throughput.page_child import handlers
from benchmarks.throughput.recorded import DOSSIER_PAGES, original, place_of, result
from benchmarks.throughput.report import limit, throughput_table
from benchmarks.throughput.run import Phase
from classifiers.stream import StreamSegmenter
from pipeline.codec import decode_result
from pipeline.frames import Frame
from pipeline.job_names import READ


def _phase(cpu: dict[str, float], wall: float = 10.0, pages: int = 600) -> Phase:
    return Phase(name="working off", pages=pages, wall=wall, cpu=cpu, stages={"record": 12.0, "take": 3.0})


def test_used_up_processors_are_the_limit_and_their_greatest_user_is_named() -> None:
    told = limit(_phase({"worker processes": 15.0, "PostgreSQL": 4.0}), 2, 0.0)
    assert told.startswith("working off: 60.0 pages a second, at least 50. The limit is the processors")
    assert "allow 63 pages a second" in told
    assert "worker processes (79 %)" in told


def test_idle_processors_mean_waiting_and_the_longest_stage_is_named_first() -> None:
    told = limit(_phase({"worker processes": 5.0}, pages=300), 2, 0.0)
    assert "30.0 pages a second, below 50" in told
    assert "most in record (40 ms a page), take (10 ms a page)" in told


def test_what_others_used_is_said() -> None:
    assert "Others used 1.5 processors" in limit(_phase({"worker processes": 5.0}), 2, 1.5)


def test_the_table_has_a_column_for_each_phase() -> None:
    phases = [_phase({"worker processes": 5.0}), _phase({"receiving": 2.0})]
    assert throughput_table(phases, 2).splitlines()[0].count("working off") == 2


def test_recorded_pages_are_all_different_and_make_documents_of_two() -> None:
    assert len({original(number, 200) for number in range(20)}) == 20
    answers = [handlers()[READ](Frame(head={}, parts=(original(number, 200),))) for number in (8, 15)]
    readings = [decode_result(answer.parts[0]).reading for answer in answers if isinstance(answer, Frame)]
    assert readings == [result(0).reading, result(7).reading]
    assert place_of(original(15, 200)) == 7
    stack = [result(place).reading for place in range(DOSSIER_PAGES)]
    assert [each.positions for each in StreamSegmenter().assemble(stack)] == [(0, 1), (2, 3), (4, 5), (6, 7)]


@pytest.mark.parametrize("size", [100, 1_000_000])
def test_originals_have_the_size_that_was_asked_for(size: int) -> None:
    assert len(original(3, size)) == size
