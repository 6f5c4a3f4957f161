"""Measures the ID card mode: ``python -m benchmarks.id_cards [--people N] [--seed N] [--split S]``.

Cards of the sample generator lie on white, grey, black and yellowed lids at any angle and in any order. A
side is found where all its corners are within a millimetre. Beside Sohoa stands the plain way: Otsu's
threshold and the turned rectangles around what is large enough.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Sequence

import cv2
import numpy as np

from benchmarks.id_cards.glass import Glass, Laid, Points, glasses
from benchmarks.machine import describe
from benchmarks.tables import table
from pipeline.image import PageImage
from scanners.id_card.finding import find_sides
from scanners.id_card.side import CARD_MM, CardSide, Facing

#: A corner is found within so much, millimetres.
NEAR_MM = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the measurement and prints its tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.id_cards", description=__doc__)
    parser.add_argument("--people", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split", choices=("train", "dev", "eval"), default="dev")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    scores: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    seconds, errors = [], []
    for glass in glasses(options.split, options.people, seed=options.seed):
        started = time.process_time()
        found = find_sides(glass.image)
        seconds.append(time.process_time() - started)
        errors += [_error(each.corners, side.corners, glass) for each, side in _pairs(glass, found)]
        row = _score(glass, found, _plain(glass.image))
        for name in ("all", f"lid {glass.lid}", glass.turn, f"layout {glass.layout}", _mode(glass)):
            scores[name].append(row)
    head = (
        "glasses",
        "sides",
        "found",
        "not a side",
        "named rightly",
        "named wrongly",
        "upright",
        "peer found",
    )
    print(table(("machine", ""), describe()))
    print()
    print(table(("kind", *head), [(name, str(len(rows)), *_sums(rows)) for name, rows in scores.items()]))
    print()
    print(f"corner error: median {np.median(errors):.2f} mm, largest {max(errors):.2f} mm")
    print(f"CPU ms a glass of 300 dpi: {1000 * sum(seconds) / len(seconds):.0f}")
    return 0


def _sums(rows: Sequence[tuple[int, ...]]) -> list[str]:
    return [str(sum(column)) for column in zip(*rows, strict=True)]


def _mode(glass: Glass) -> str:
    return "grey scan" if glass.image.pixels.ndim == 2 else "colour scan"


def _score(glass: Glass, found: Sequence[CardSide], plain: Sequence[Points]) -> tuple[int, ...]:
    pairs = _pairs(glass, found)
    rightly = [_named(each.is_front, side) for each, side in pairs]
    upright = sum(_error(each.corners, side.corners, glass) <= NEAR_MM for each, side in pairs)
    peer = sum(any(_apart(each.corners, box, glass) <= NEAR_MM for box in plain) for each in glass.laid)
    named = (rightly.count(1), rightly.count(-1))
    return (len(glass.laid), len(pairs), len(found) - len(pairs), *named, upright, peer)


def _named(is_front: bool, side: CardSide) -> int:
    if side.facing is Facing.UNKNOWN:
        return 0
    return 1 if (side.facing is Facing.FRONT) == is_front else -1


def _pairs(glass: Glass, found: Sequence[CardSide]) -> list[tuple[Laid, CardSide]]:
    return [
        (each, side)
        for each in glass.laid
        for side in found
        if _apart(each.corners, np.array(side.corners), glass) <= NEAR_MM
    ]


def _error(true: Points, corners: object, glass: Glass) -> float:
    """Largest distance of a corner from where it is, millimetres."""
    apart = np.hypot(*(true - np.array(corners)).T)
    return float(apart.max()) / glass.image.dpi * 25.4


def _apart(true: Points, corners: Points, glass: Glass) -> float:
    """The same, whichever way up."""
    return min(_error(true, np.roll(corners, turn, axis=0), glass) for turn in range(4))


def _plain(image: PageImage) -> list[Points]:
    grey = image.pixels if image.pixels.ndim == 2 else cv2.cvtColor(image.pixels, cv2.COLOR_RGB2GRAY)
    dark_card = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    boxes = []
    for mask in (dark_card, 255 - dark_card):
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        least = 0.5 * CARD_MM[0] * CARD_MM[1] * (image.dpi / 25.4) ** 2
        large = [outline for outline in outlines if cv2.contourArea(outline) >= least]
        boxes += [np.asarray(cv2.boxPoints(cv2.minAreaRect(outline)), np.float64) for outline in large]
    return boxes


if __name__ == "__main__":
    sys.exit(main())
