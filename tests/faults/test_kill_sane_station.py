"""SIGKILL of the station at random moments and jams, over SANE's test device: each side once, in order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from scanners.driver import Side
from storage.objects.filesystem import FilesystemObjectStore
from storage.records.sqlite_store import open_sqlite
from tests.faults.forking import forking
from tests.faults.sane_station_child import main, stamp
from tests.faults.station_child import SESSION
from tests.integration.scanners import sane_config
from tests.integration.scanners.benches import require_program
from tests.integration.scanners.saned import WIRE, Wire, saned

SHEETS = 200
KILLS = 32
JAMS = 6
#: SANE's own code for a jam, which asking for a page gets instead of the page.
JAMMED = 6
FORKING = forking("tests.faults.sane_station_child")


class Feeding:
    """A station over the device behind the wire, as often as it is started."""

    def __init__(self, folder: Path, wire: Wire) -> None:
        self.folder = folder
        self.wire = wire
        self._config = str(sane_config.network_client(folder / "client", WIRE))

    def start(self, sheets: int) -> tuple[BaseProcess, Connection]:
        told, tells = FORKING.Pipe(duplex=False)
        arguments = (self.folder, sheets, f"net:{WIRE}:test:0", self._config, tells)
        process = FORKING.Process(target=main, args=arguments)
        process.start()
        tells.close()
        return process, told

    def to_the_end(self, sheets: int) -> int | None:
        process, told = self.start(sheets)
        with told:
            while _heard(told):
                pass
        process.join()
        return process.exitcode

    def killed_after(self, sheets: int, pages: int, dice: random.Random) -> int | None:
        """Kills the station after so many pages; its exit code if it ended before."""
        process, told = self.start(sheets)
        with told:
            is_there = all(_heard(told) for _ in range(pages))
            process.join(dice.uniform(0, 0.05) if is_there else None)
            if process.exitcode is None:
                process.kill()
                process.join()
                return None
        return process.exitcode

    def check(self, sheets: int) -> None:
        records = open_sqlite(self.folder / "records.sqlite3")
        originals = FilesystemObjectStore(self.folder / "originals")
        with records.transaction() as work:
            dossier = work.dossiers.by_intake_key(f"scan:{SESSION}")
            pages = work.pages.of_dossier(dossier.dossier_id)
            replaced = work.pages.replaced(dossier.dossier_id)
        records.close()
        wanted = [(sheet, side) for sheet in range(1, sheets + 1) for side in (Side.FRONT, Side.BACK)]
        assert [page.number for page in pages] == list(range(1, len(wanted) + 1))
        for page, (sheet, side) in zip(pages, wanted, strict=True):
            assert originals.get(page.original_key).endswith(stamp(sheet, side))
        # Only a front whose back never came was scanned again.
        assert all(page.number % 2 == 1 for page in replaced)
        assert not list((self.folder / "spool").iterdir())


def _heard(told: Connection) -> bool:
    try:
        told.recv()
    except EOFError:
        return False
    return True


@pytest.fixture
def feeding(tmp_path: Path) -> Iterator[Feeding]:
    require_program("scanimage")
    require_program("saned")
    with saned(tmp_path / "server"):
        wire = Wire()
        yield Feeding(tmp_path, wire)
        wire.close()


@pytest.mark.slow
def test_two_hundred_sheets_survive_kills_and_jams_at_random_moments(feeding: Feeding) -> None:
    dice, kills, code = random.Random(5), 0, None
    jams = set(dice.sample(range(KILLS), JAMS))
    while code != 0 and kills < KILLS:
        if kills in jams:
            jams.discard(kills)
            feeding.wire.status[feeding.wire.pages + dice.randrange(1, 12)] = JAMMED
        code = feeding.killed_after(SHEETS, dice.randrange(0, 16), dice)
        assert code in (None, 0, 6), code
        kills += code is None
    assert kills >= 30
    feeding.wire.status.clear()
    assert code == 0 or feeding.to_the_end(SHEETS) == 0
    feeding.check(SHEETS)


@pytest.mark.slow
def test_a_jam_before_any_side_of_a_small_batch_loses_and_doubles_nothing(feeding: Feeding) -> None:
    sheets, folder = 5, feeding.folder
    for side in range(1, 2 * sheets + 1):
        feeding.folder = folder / f"jam-{side}"
        feeding.folder.mkdir()
        feeding.wire.status[feeding.wire.pages + side] = JAMMED
        assert feeding.to_the_end(sheets) == 6, side
        assert feeding.to_the_end(sheets) == 0, side
        feeding.check(sheets)
