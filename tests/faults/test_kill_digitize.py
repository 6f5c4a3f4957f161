"""SIGKILL at random moments: the same dossiers, no page lost or doubled.

Each trial kills the program several times at moments drawn over the length of a whole run, each run going
on where the last one was killed, and lets the last one end. What it leaves must equal what an undisturbed
run leaves.
"""

from __future__ import annotations

import json
import random
import sqlite3
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.forking import forking
from tests.faults.program_life import live
from tests.faults.trials import trials_of

FORKING = forking("tests.faults.program_life")
KILLS = 6
TRIALS = max(1, trials_of("F2", share=0.024) // KILLS)  # two at the counts of a pull request


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, page_heads: list[Image.Image]) -> Path:
    """Papers of one dossier, small so that many runs fit; one file has three pages."""
    folder = tmp_path_factory.mktemp("papers")
    first, second, third, fourth, fifth = page_heads
    first.save(folder / "1.jpg", dpi=(200, 200))
    second.save(folder / "2.tif", save_all=True, append_images=[third, fourth], dpi=(200, 200))
    fifth.save(folder / "3.png", dpi=(200, 200))
    return folder


def _start(data_dir: Path, papers: Path) -> BaseProcess:
    arguments = ("--data-dir", str(data_dir), "digitize", str(papers), "--json", "--procedure", "1.004222")
    out, err = (data_dir.with_name(f"{data_dir.name}.{each}") for each in ("out", "err"))
    process = FORKING.Process(target=live, args=(arguments, out, err))
    process.start()
    return process


def _finish(data_dir: Path, papers: Path) -> dict:
    process = _start(data_dir, papers)
    process.join(300)
    assert process.exitcode == 0, data_dir.with_name(f"{data_dir.name}.err").read_text()
    [report] = json.loads(data_dir.with_name(f"{data_dir.name}.out").read_text())
    return _lasting(report)


def _lasting(report: dict) -> dict:
    """The report without what may differ: moments and measurements."""
    del report["opened_at"]
    for page in report["pages"]:
        page.pop("seconds", None)
    return report


@pytest.fixture(scope="module")
def undisturbed(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, float]:
    loading = FORKING.Process(target=time.monotonic)  # the length of a run is without it
    loading.start()
    loading.join()
    started = time.monotonic()
    report = _finish(tmp_path_factory.mktemp("undisturbed") / "data", papers)
    return report, time.monotonic() - started


@pytest.mark.slow
@pytest.mark.parametrize("trial", range(TRIALS))
def test_killed_at_random_moments_it_leaves_the_same_dossier(tmp_path, papers, undisturbed, fault_log, trial):
    expected, seconds = undisturbed
    moments = random.Random(trial)
    data_dir = tmp_path / "data"
    for _ in range(KILLS):
        process = _start(data_dir, papers)
        time.sleep(moments.uniform(0.0, seconds))
        process.kill()
        process.join()
    assert _finish(data_dir, papers) == expected
    _check_stores(data_dir, expected)
    fault_log.note("F2", "sohoa digitize killed at random", trials=KILLS, seeds=str(trial))


def _check_stores(data_dir: Path, expected: dict) -> None:
    """Nothing half-visible: each row has its object, each original its row, no task is left."""
    originals = {path.name for path in (data_dir / "originals").rglob("*") if len(path.name) == 64}
    assert originals == {page["original_sha256"] for page in expected["pages"]}
    connection = sqlite3.connect(data_dir / "records.sqlite3")
    try:
        [(pages,)] = connection.execute("SELECT count(*) FROM pages")
        assert pages == len(expected["pages"])
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        connection.close()
