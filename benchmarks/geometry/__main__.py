"""Measures orientation, deskewing and cropping on pages with known geometry.

    python -m benchmarks.geometry FOLDER...                   all probes of all pages
    python -m benchmarks.geometry FOLDER... --every 4         every fourth page
    python -m benchmarks.geometry FOLDER... --probes turns    one group of probes

A folder holds ``manifest.csv`` or generated dossiers (``python -m samples.generator --split dev``). Never
use pages of the evaluation split here: what is measured here is tuned on.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.geometry.photographed import photographed
from benchmarks.geometry.probe import Probe, skewed, turned, with_few_lines
from benchmarks.geometry.sources import load_probes
from benchmarks.geometry.tables import angle_table, failures, orientation_table, sheet_table
from benchmarks.geometry.trial import Trial, lying_degrees, tried
from pipeline.ocr.tesseract_inprocess import make

GROUPS: Final = ("turns", "skews", "sparse", "photos")
#: Angles put in, degrees; pages that lie straight already come in as they are among the turns.
_ANGLES: Final = (-15.0, -11.3, -7.1, -4.2, -2.3, -0.9, -0.4, 0.0, 0.25, 0.6, 1.4, 3.1, 5.7, 9.4, 14.2)
#: Pages are promised to be levelled up to this angle.
_WIDEST: Final = 15.0
_FEW: Final = (1, 2, 3, 5, 8)
#: A probe of few lines is drawn from each page by this seed.
_SEED: Final = "geometry-1"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the probes and prints the tables; returns the exit code."""
    options = _parser().parse_args(arguments)
    engine = make({})
    trials: list[Trial] = []
    pages = itertools.chain.from_iterable(map(load_probes, options.folders))
    for number, page in enumerate(itertools.islice(pages, 0, None, options.every)):
        trials += [
            tried(probe, engine, always_ask=options.always_ask)
            for probe in _probes(page, number, options.probes)
        ]
        print(f"\r{number + 1} pages, {len(trials)} probes", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if not trials:
        print("no pages with known geometry there", file=sys.stderr)
        return 4
    for part in (orientation_table(trials), angle_table(trials), sheet_table(trials), failures(trials)):
        print(part, end="\n\n")
    return 0


def _probes(page: Probe, number: int, groups: Sequence[str]) -> Iterator[Probe]:
    """Lays one page down in many ways; what costs much is spread over the pages."""
    if "turns" in groups:
        yield from (turned(page, quarters) for quarters in range(4))
    if "skews" in groups and page.is_angle_known and page.kind != "photo":
        lying = lying_degrees(page) or 0.0
        angles = [_ANGLES[(number * 4 + step) % len(_ANGLES)] for step in range(4)]
        yield from (skewed(page, angle) for angle in angles if abs(lying + angle) <= _WIDEST)
    if page.kind != "generated paper":
        return
    if "sparse" in groups:
        few = with_few_lines(page, _FEW[number % len(_FEW)], _SEED)
        if few is not None:
            yield from (turned(few, quarters) for quarters in range(4))
    if "photos" in groups:
        yield turned(photographed(page, _SEED), number % 4)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.geometry",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folders", type=Path, nargs="+", help="pages with known geometry")
    parser.add_argument("--every", type=int, default=1, help="take every so many-th page (%(default)s)")
    parser.add_argument(
        "--probes", nargs="+", choices=GROUPS, default=GROUPS, help="groups of probes; all if omitted"
    )
    parser.add_argument(
        "--always-ask", action="store_true", help="let the engine read every probe: minutes, not seconds"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
