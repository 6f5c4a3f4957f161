"""SIGKILL of the station at random moments, jams on random sheets: 200 sheets, each side once, in order."""

from __future__ import annotations

import random
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from scanners.driver import Side
from storage.objects.filesystem import FilesystemObjectStore
from storage.records.sqlite_store import open_sqlite
from tests.faults.forking import forking
from tests.faults.station_child import SESSION, content_of, main

SHEETS = 200
KILLS = 32
NO_JAM = 0
#: Stations are forked from a server that has loaded everything: a life costs no imports.
FORKING = forking("tests.faults.station_child")


def _start(folder: Path, jam_at: int) -> tuple[BaseProcess, Connection]:
    told, tells = FORKING.Pipe(duplex=False)
    process = FORKING.Process(target=main, args=(folder, SHEETS, jam_at, tells))
    process.start()
    tells.close()  # ours; the end of the station is the end of the stream
    return process, told


def _read(told: Connection) -> bool:
    try:
        told.recv()
    except EOFError:
        return False
    return True


def _kill_after(folder: Path, pages: int, dice: random.Random, jam_at: int) -> int | None:
    """Kills the station somewhere after so many pages; returns its exit code if it ended before."""
    process, told = _start(folder, jam_at)
    with told:
        is_there = all(_read(told) for _ in range(pages))
        process.join(dice.uniform(0, 0.03) if is_there else None)
        if process.exitcode is not None:
            return process.exitcode
        process.kill()
        process.join()
    return None


def _finish(folder: Path) -> int | None:
    process, told = _start(folder, NO_JAM)
    with told:
        while _read(told):
            pass
    process.join()
    return process.exitcode


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_killed_and_jammed_at_random_moments_no_side_is_lost_doubled_or_out_of_order(
    tmp_path, fault_log, seed
):
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
        assert _finish(tmp_path) == 0
    assert kills >= 30
    _check(tmp_path)
    fault_log.note("F2", "scanning station killed at random, jams", trials=kills, seeds=str(seed))


def _check(folder: Path) -> None:
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
