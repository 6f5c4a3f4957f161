"""F2: SIGKILL at random moments of counters, workers and hot-folder watchers of one office under load.

Stations and the whole program are killed in ``test_kill_station`` and ``test_kill_digitize``.
"""

from __future__ import annotations

import hashlib
import random
import time
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from tests.faults import crash_lives
from tests.faults.forking import forking
from tests.faults.office import new_office, office_in
from tests.faults.oracle import check_filed, check_received
from tests.faults.papers import paper
from tests.faults.trials import first_seed, trials_of
from tests.faults.verdict import Verdict
from workers.sweeper import Sweeper

FORKING = forking("tests.faults.crash_lives")
#: Numbers of papers that come through the hot folder begin here.
HOT = 1_000_000
#: Files that wait in the hot folder at a time.
WAITING = 3


class Lives:
    """One process of each kind, born again after each kill."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._living: dict[str, tuple[BaseProcess, Connection]] = {}
        self.acknowledged: list[int] = []
        self.dropped = 0

    def start(self, kind: str) -> None:
        told, tells = FORKING.Pipe(duplex=False)
        first = len(self.acknowledged) + 1
        process = FORKING.Process(target=crash_lives.main, args=(kind, str(self._folder), first, tells))
        process.start()
        tells.close()
        self._living[kind] = (process, told)

    def wait_until_begun(self, kind: str) -> None:
        """Waits until a process is at work, or has told or ended anything."""
        self._living[kind][1].poll(60)

    def wait_until_acknowledged(self) -> None:
        """Waits until a counter has told of a page: few kills may all have met counters that still began."""
        told = self._living["counter"][1]
        while not self.acknowledged and told.poll(60):
            if (number := told.recv()) != crash_lives.BEGUN:
                self.acknowledged.append(number)

    def kill(self, kind: str) -> int | None:
        """Kills a process; returns its exit code if it had ended by itself."""
        process, told = self._living.pop(kind)
        code = process.exitcode
        process.kill()
        process.join()
        while True:  # what it had said before
            try:
                number = told.recv()
            except (EOFError, OSError):
                told.close()
                return code
            if number != crash_lives.BEGUN:
                self.acknowledged.append(number)

    def drop_files(self) -> None:
        """Keeps the hot folder busy."""
        hot = self._folder / "hot"
        for _ in range(WAITING - len(list(hot.glob("*.png")))):
            partial = hot / f".{self.dropped}.part"
            partial.write_bytes(paper(HOT + self.dropped))
            partial.rename(hot / f"{self.dropped}.png")
            self.dropped += 1

    def end(self) -> None:
        for kind in list(self._living):
            self.kill(kind)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_killed_at_random_moments_nothing_is_lost_or_doubled(tmp_path, fault_log, part):
    started = time.monotonic()
    seed = first_seed() + part
    dice, kills = random.Random(seed), trials_of("F2", 0.35)
    folder = new_office(tmp_path / "office", tmp_path / "template")
    (folder / "hot").mkdir()
    lives = Lives(folder)
    try:
        for kind in crash_lives.KINDS:
            lives.start(kind)
        ended = []
        for _ in range(kills):
            lives.drop_files()
            kind = dice.choice(crash_lives.KINDS)
            if dice.random() < 0.9:  # some are killed while they still begin
                lives.wait_until_begun(kind)
            time.sleep(dice.uniform(0.0, 0.05))  # the moment of the kill is what is drawn
            if (code := lives.kill(kind)) is not None:
                ended.append(f"{kind} ended with {code}")
            lives.start(kind)
        lives.wait_until_acknowledged()
    finally:
        lives.end()
    verdict = Verdict(losses=ended) + _finished(folder, lives)
    fault_log.note(
        "F2",
        "counter, worker and watcher of a hot folder killed at random",
        trials=kills,
        losses=len(verdict.losses),
        doubles=len(verdict.doubles),
        seeds=str(seed),
        seconds=time.monotonic() - started,
        note=f"{len(lives.acknowledged) + lives.dropped} pages",
    )
    assert lives.acknowledged, "nothing was ever received"
    assert verdict, (verdict.losses + verdict.doubles)[:5]


def _finished(folder: Path, lives: Lives) -> Verdict:
    """Judges what was acknowledged, lets the office end its work in peace and judges that."""
    keys = [crash_lives.key_of(number) for number in lives.acknowledged]
    by_key = {key: [n for n, own in zip(lives.acknowledged, keys, strict=True) if own == key] for key in keys}
    hot = [HOT + number for number in range(lives.dropped)]
    with office_in(folder, later=timedelta(hours=1)) as office:
        verdict = Verdict()
        for key, numbers in by_key.items():
            verdict += check_received(office, office.open(key), numbers)
        for number in hot:  # what the watcher would do next; a file may have been taken and not yet have left
            if (folder / "hot" / f"{number - HOT}.png").exists():
                office.receive(office.open(_hot_key(number)), number)
        Sweeper(office.records, lambda owner: False).step()
        office.work(100_000)
        for key in by_key:
            verdict += check_filed(office, office.open(key))
        for number in hot:
            dossier_id = office.open(_hot_key(number))
            verdict += check_received(office, dossier_id, [number]) + check_filed(office, dossier_id)
        return verdict


def _hot_key(number: int) -> str:
    return f"folder:f:{hashlib.sha256(paper(number)).hexdigest()}:0"
