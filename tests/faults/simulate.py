"""Lives through histories by their seeds: ``python -m tests.faults.simulate --seed 17 [--count 1000]``.

Prints what went wrong, if anything, and ends with 1 then.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from tests.faults.verdict import Verdict
from tests.faults.world import World


def simulate(seeds: range, make: type[World] = World) -> Verdict:
    """Lives through one history a seed; each finding is headed by its seed."""
    verdict = Verdict()
    for seed in seeds:
        told = make(seed).run()
        verdict.losses += [f"seed {seed}: {each}" for each in told.losses]
        verdict.doubles += [f"seed {seed}: {each}" for each in told.doubles]
    return verdict


def main(arguments: Sequence[str]) -> int:
    """Runs the program."""
    parser = argparse.ArgumentParser(description="simulated histories of a whole office")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=1)
    options = parser.parse_args(arguments)
    started = time.monotonic()
    verdict = simulate(range(options.seed, options.seed + options.count))
    for each in verdict.losses + verdict.doubles:
        sys.stdout.write(each + "\n")
    sys.stdout.write(f"{options.count} histories in {time.monotonic() - started:.1f} s\n")
    return 0 if verdict else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
