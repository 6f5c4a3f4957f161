"""Cuts the power of a recorded program at every call, many times, and looks at what recovery makes of it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.faults.model_disk import ModelDisk, Op, lay_out
from tests.faults.verdict import Verdict

#: Judges a folder found after a power cut, given what the program had said until then.
Judge = Callable[[Path, Sequence[tuple[str, ...]]], Verdict]


def cut_everywhere(
    present: Mapping[str, bytes | None], ops: Sequence[Op], seeds: range, folder: Path, judge: Judge
) -> Verdict:
    """Cuts the power once for each seed, evenly over the calls, on a disk that holds ``present`` before.

    What was found before with the same words said is not judged again: it would be judged the same.
    """
    verdict, seen = Verdict(), set()
    disk, said = ModelDisk(present), []
    plan = _places(len(ops), seeds)
    for place in range(len(ops) + 1):
        for seed in plan.get(place, ()):
            found = disk.crash(random.Random(seed))
            known = hash((tuple(sorted(found.items(), key=lambda item: item[0])), len(said)))
            if known in seen:
                continue
            seen.add(known)
            root = folder / "found"
            lay_out(found, root)
            told = judge(root, said)
            shutil.rmtree(root)
            if not told:
                words = [f"seed {seed} at call {place}: {each}" for each in told.losses]
                verdict += Verdict(words, [f"seed {seed} at call {place}: {each}" for each in told.doubles])
        if place < len(ops):
            disk.apply(ops[place])
            if ops[place].kind == "say":
                said.append(tuple(ops[place].data.decode().split()))
    return verdict


def _places(calls: int, seeds: range) -> dict[int, list[int]]:
    """Which seeds cut at which call."""
    plan: dict[int, list[int]] = {}
    for seed in seeds:
        plan.setdefault(random.Random(f"place {seed}").randrange(calls + 1), []).append(seed)
    return plan
