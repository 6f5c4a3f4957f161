"""F12: files that dribble into a hot folder, pause and stop: taken once, whole; half ones are told of."""

from __future__ import annotations

import random
import time
from contextlib import closing
from pathlib import Path

from scanners.driver import Unreadable
from scanners.drivers.hot_folder.hot_folder import HotFolder
from scanners.drivers.hot_folder.settings import HotFolderSettings
from tests.faults.papers import paper
from tests.faults.trials import seeds_of
from tests.faults.verdict import Verdict

#: Half files must be told of within ten minutes.
MOST_SECONDS = 600.0


class Seconds:
    """A clock of seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_slow_files_are_taken_once_when_whole_and_half_ones_are_told(tmp_path, fault_log):
    started = time.monotonic()
    verdict = Verdict()
    for seed in seeds_of("F12"):
        folder = tmp_path / str(seed)
        folder.mkdir()
        verdict += _trial(folder, random.Random(seed))
    fault_log.note(
        "F12",
        "files dribble into a hot folder",
        trials=len(seeds_of("F12")),
        losses=len(verdict.losses),
        doubles=len(verdict.doubles),
        seeds=f"{seeds_of('F12')[0]}-{seeds_of('F12')[-1]}",
        seconds=time.monotonic() - started,
    )
    assert verdict, (verdict.losses + verdict.doubles)[:5]


def _trial(folder: Path, dice: random.Random) -> Verdict:
    """Two files arrive at 1 KiB/s or slower, with pauses of up to a minute; one of them may stop for ever."""
    contents = {f"{name}.png": paper(dice.randrange(10**6), dice.randrange(20_000, 60_000)) for name in "ab"}
    stops = {name: dice.random() if dice.random() < 0.4 else 1.0 for name in contents}
    clock, came = Seconds(), {name: [] for name in contents}
    told: dict[str, float] = {}
    written = dict.fromkeys(contents, 0)
    stopped = dict.fromkeys(contents, 0.0)
    with closing(HotFolder(folder, HotFolderSettings(), clock=clock)) as hot:
        while clock.now < 3000:
            for name, content in contents.items():
                end = int(len(content) * stops[name])
                if written[name] < end and dice.random() < 0.8:
                    piece = min(dice.randrange(1, 4096), end - written[name])
                    with (folder / name).open("ab") as file:
                        file.write(content[written[name] : written[name] + piece])
                    written[name] += piece
                    stopped[name] = clock.now
            for item in hot.scan():
                if isinstance(item, Unreadable):
                    told[item.name] = clock.now - stopped[item.name]
                else:
                    came[item.name].append(item.content)
                hot.accept(item.sequence)
            clock.now += dice.choice((1.0, 1.0, 4.0, 10.0, 60.0))
            if all(came[name] or name in told for name in contents):
                break
    return _judged(contents, stops, came, told)


def _judged(contents, stops, came, told) -> Verdict:
    verdict = Verdict()
    for name, content in contents.items():
        is_whole = int(len(content) * stops[name]) == len(content)
        if is_whole and came[name] != [content]:
            (verdict.doubles if len(came[name]) > 1 else verdict.losses).append(
                f"{name} came {len(came[name])} times"
            )
        if not is_whole and came[name]:
            verdict.losses.append(f"{name} was taken before it was whole")
        if not is_whole and stops[name] * len(content) >= 1 and told.get(name, 9e9) > MOST_SECONDS + 60:
            verdict.losses.append(f"{name} stayed half and nobody was told")
    return verdict
