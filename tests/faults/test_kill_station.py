"""SIGKILL of the station at random moments, jams on random sheets: 200 sheets, each side once, in order."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scanners.driver import Side
from storage.objects.filesystem import FilesystemObjectStore
from storage.records.sqlite_store import open_sqlite

CHILD = Path(__file__).with_name("station_child.py")
ROOT = Path(__file__).parents[2]
SHEETS = 200
KILLS = 32
NO_JAM = 0


def _start(folder: Path, jam_at: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(CHILD), str(folder), str(SHEETS), str(jam_at)]
    environment = {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)


def _kill_after(folder: Path, pages: int, dice: random.Random, jam_at: int) -> int | None:
    """Kills the station somewhere after so many pages; returns its exit code if it ended before."""
    with _start(folder, jam_at) as process:
        assert process.stdout is not None
        for _ in range(pages):
            if not process.stdout.readline():
                return process.wait()
        try:
            return process.wait(timeout=dice.uniform(0, 0.03))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
    return None


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_killed_and_jammed_at_random_moments_no_side_is_lost_doubled_or_out_of_order(tmp_path, seed):
    dice = random.Random(seed)
    jams = {number: dice.randrange(1, SHEETS + 1) for number in dice.sample(range(KILLS), 6)}
    kills = 0
    while kills < KILLS:
        code = _kill_after(tmp_path, dice.randrange(0, 24), dice, jams.get(kills, NO_JAM))
        assert code in (None, 0, 6), code
        if code == 0:
            break
        kills += code is None
        jams.pop(kills, None) if code == 6 else None
    if not (tmp_path / "done").exists():
        with _start(tmp_path, NO_JAM) as process:
            assert process.stdout is not None
            process.stdout.read()
            assert process.wait() == 0
    assert kills >= 30
    _check(tmp_path)


def _check(folder: Path) -> None:
    sys.path.insert(0, str(CHILD.parent))
    try:
        from station_child import SESSION, content_of
    finally:
        sys.path.pop(0)
    records = open_sqlite(folder / "records.sqlite3")
    originals = FilesystemObjectStore(folder / "originals")
    with records.transaction() as work:
        dossier = work.dossiers.by_intake_key(f"scan:{SESSION}")
        pages = work.pages.of_dossier(dossier.dossier_id)
        replaced = work.pages.replaced(dossier.dossier_id)
    records.close()
    assert [page.number for page in pages] == list(range(1, 2 * SHEETS + 1))
    for page in pages:
        sheet, side = (page.number + 1) // 2, (Side.BACK, Side.FRONT)[page.number % 2]
        assert originals.get(page.original_key) == content_of(sheet, side)
    # Only a front whose back never came was scanned again.
    assert all(page.number % 2 == 1 for page in replaced)
    assert not list((folder / "spool").iterdir())
