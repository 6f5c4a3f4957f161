"""Measures code reading: ``python -m benchmarks.codes [--people N] [--split S] [--zones N] [--seed N]``.

Cards are drawn by the sample generator in both layouts and two sizes and received through its scanner model
with eleven kinds of damage. OCR is used for a few machine-readable zones only. Times are CPU times of one
thread; images without any code are measured apart, because they are nearly all images.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence

import cv2
import numpy as np

from benchmarks.codes.cards import RESOLUTIONS, SIDES, card_cases
from benchmarks.codes.damage import DAMAGES
from benchmarks.codes.readers import READERS, timed
from benchmarks.codes.zones import ZoneScore, score_misread, score_recognised
from benchmarks.tables import table
from pipeline.image import PageImage
from samples.generator.papers import official
from samples.generator.scanner import ScanSettings, scan
from samples.generator.scene import Scene

#: Hits by reader and group, and CPU seconds by reader and kind of image.
Hits = dict[tuple[str, str, int], list[bool]]
Times = dict[tuple[str, str], list[float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the measurement and prints its tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.codes", description=__doc__)
    parser.add_argument("--people", type=int, default=6, help="cards of each layout and size")
    parser.add_argument("--split", choices=("train", "dev", "eval"), default="dev")
    parser.add_argument("--zones", type=int, default=10, help="backs of cards read with OCR at each dpi")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    hits, times = _measure(options.split, options.people, options.seed)
    _measure_pages_without(options.split, options.seed, times)
    print(f"{options.people * 4 * len(DAMAGES)} images of cards at each resolution\n")
    print(table(("read", *READERS), list(_hit_rows(hits))))
    print()
    print(table(("CPU ms an image", *READERS), list(_time_rows(times))))
    print()
    print(table(("machine zones", "zones", "exact", "wrong value"), list(_zone_rows(options))))
    return 0


def _measure(split: str, people: int, seed: int) -> tuple[Hits, Times]:
    hits: Hits = defaultdict(list)
    times: Times = defaultdict(list)
    for case in card_cases(split, people, seed=seed):
        dpi = round(case.image.dpi)
        for name, reader in READERS.items():
            texts, seconds = timed(reader, case.image)
            is_read = case.payload in texts
            for group in ("all", f"{case.side_mm:.0f} mm", f"layout {case.layout}", case.damage):
                hits[name, group, dpi].append(is_read)
            times[name, f"card, {case.bed}, {dpi} dpi"].append(seconds)
    return hits, times


def _measure_pages_without(split: str, seed: int, times: Times) -> None:
    for number in range(3):
        scene = Scene(split, f"{seed}/codes/page/{number}")
        canvas = official.letter(scene, number, day=scene.today).sheets[0].canvas
        for dpi in RESOLUTIONS:
            received = scan(canvas, ScanSettings(dpi=dpi, skew=0.7), scene.rng)
            image = PageImage(pixels=np.ascontiguousarray(received.pixels), dpi=float(dpi))
            for name, reader in READERS.items():
                times[name, f"A4 page without a code, {dpi} dpi"].append(timed(reader, image)[1])


def _hit_rows(hits: Hits) -> list[tuple[str, ...]]:
    groups = ["all", *(f"{side:.0f} mm" for side in SIDES), "layout chip", "layout 2024"]
    groups += [damage.name for damage in DAMAGES]
    return [
        (f"{group}, {dpi} dpi", *(_share(hits[name, group, dpi]) for name in READERS))
        for dpi in RESOLUTIONS
        for group in groups
    ]


def _time_rows(times: Times) -> list[tuple[str, ...]]:
    kinds = sorted({kind for _, kind in times})
    return [
        (kind, *(f"{1000 * sum(times[name, kind]) / len(times[name, kind]):.0f}" for name in READERS))
        for kind in kinds
    ]


def _zone_rows(options: argparse.Namespace) -> list[tuple[str, ...]]:
    rows = [
        _zone_row(
            f"signs misread: {100 * share:.0f} %", score_misread(options.split, 300, options.seed, share)
        )
        for share in (0.0, 0.02, 0.05)
    ]
    if options.zones:
        scores = score_recognised(options.split, options.zones, options.seed)
        rows += [_zone_row(f"cards through OCR, {dpi} dpi", score) for dpi, score in scores.items()]
    return rows


def _zone_row(name: str, score: ZoneScore) -> tuple[str, ...]:
    exact, wrong = (f"{100 * part / max(1, score.zones):.1f} %" for part in (score.exact, score.wrong))
    return name, str(score.zones), exact, wrong


def _share(hits: Sequence[bool]) -> str:
    return f"{100 * sum(hits) / max(1, len(hits)):.1f} %"


if __name__ == "__main__":
    sys.exit(main())
