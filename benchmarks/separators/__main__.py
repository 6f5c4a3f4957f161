"""Measures separators: ``python -m benchmarks.separators [FOLDER...] [--seed N] [--every]``.

Every kind of sheet is worn in every way and scanned at 200 or 300 dpi in grey, colour or one bit, the kinds
of scan by turns, or each in all of them with ``--every`` (four times as long). Papers
are all pages of the samples and of the FOLDERs named; none of them may be taken for a separator. Beside
Sohoa stands what common scanning programs do: any code with a mapped value cuts, wherever it stands.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import cv2

from benchmarks.machine import describe
from benchmarks.separators.sheets import DRAWN_DPI, Sheet, all_sheets, book
from benchmarks.separators.wear import BLOTTED, WEARS, Wear, scanned
from benchmarks.tables import table
from classifiers.codes.search import read_codes
from dossiers.errors import InputError
from pipeline.image import PageImage
from pipeline.inspect import inspect_file
from pipeline.limits import Limits
from pipeline.stages.decode import decode_page
from scanners.separators.grammar import parse_sheet_text
from scanners.separators.judging import judge_sheet
from scanners.separators.recognition import see_sheet
from scanners.separators.verdict import NO_SEPARATOR, SheetVerdict

SAMPLES: Final = Path("samples/data")
SCANS: Final = ((200, "grey"), (200, "bitonal"), (300, "colour"), (300, "bitonal"))
find_codes = partial(read_codes, shortest_barcode=1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the measurement and prints its tables; 1 where a paper was taken for a separator."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.separators", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="more papers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", action="store_true", help="every kind of scan of every worn sheet")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    print(table(("machine", ""), describe()))
    print()
    head = ("maker, wear", "scans", "right", "flagged", "missed", "wrong", "peer")
    print(table(head, _sheets(options.seed, is_every=options.every)))
    print()
    rows, alarms = _papers([SAMPLES, *options.folders])
    print(table(("papers", "figure"), rows))
    return 1 if alarms else 0


def _sheets(seed: int, *, is_every: bool) -> list[tuple[str, ...]]:
    rows: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for number, sheet in enumerate(all_sheets()):
        for place, wear in enumerate((*WEARS, BLOTTED) if sheet.is_ours else WEARS):
            for turn, (dpi, mode) in enumerate(SCANS):
                if not is_every and turn != (number + place) % len(SCANS):
                    continue
                at = seed * 100_000 + number * 1_000 + place * 10 + turn
                image = scanned(sheet.pixels, DRAWN_DPI, wear, dpi=dpi, mode=mode, seed=at)
                row = (_outcome(sheet, wear, _judged(image)), _peer(image) == sheet.meaning)
                for name in (f"{sheet.maker}, {wear.name}", f"{sheet.maker}, all"):
                    rows[name].append(row)
    kinds = ("right", "flagged", "missed", "wrong")
    return [
        (
            name,
            str(len(found)),
            *(str(sum(outcome == kind for outcome, _ in found)) for kind in kinds),
            str(sum(is_right for _, is_right in found)),
        )
        for name, found in rows.items()
    ]


def _outcome(sheet: Sheet, wear: Wear, verdict: SheetVerdict) -> str:
    if verdict.meaning is not None:
        return "right" if verdict.meaning == sheet.meaning and wear.leaves_code else "wrong"
    if verdict.flag is not None:
        return "flagged" if wear.leaves_code else "right"
    return "missed"


def _judged(image: PageImage) -> SheetVerdict:
    return judge_sheet(see_sheet(image, find_codes), book())


def _peer(image: PageImage) -> object:
    """Any code anywhere that means something cuts."""
    for code in find_codes(image):
        meaning = parse_sheet_text(code.text) or book().meaning_of(code.text)
        if meaning is not None:
            return meaning
    return None


def _papers(folders: Sequence[Path]) -> tuple[list[tuple[str, str]], int]:
    seconds, most, codes, alarms = [], 0.0, 0, []
    for name, image in _pages(folders):
        started = time.process_time()
        sight = see_sheet(image, find_codes)
        seconds.append(time.process_time() - started)
        most = max(most, sight.frame_share)
        codes += bool(sight.codes)
        if judge_sheet(sight, book()) != NO_SEPARATOR or sight.has_patch_t:
            alarms.append(name)
    ordered = sorted(seconds)
    rows = [
        ("pages", str(len(seconds))),
        ("false alarms", f"{len(alarms)} {' '.join(alarms)}"),
        ("largest share of a frame seen on a paper", f"{most:.3f}"),
        ("papers whose codes were read (bare pages)", str(codes)),
        ("CPU ms a page, median", f"{1000 * ordered[len(ordered) // 2]:.0f}"),
        ("CPU ms a page, 95 %", f"{1000 * ordered[int(len(ordered) * 0.95)]:.0f}"),
    ]
    return rows, len(alarms)


def _pages(folders: Sequence[Path]) -> Iterator[tuple[str, PageImage]]:
    suffixes = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf"}
    for path in sorted(p for folder in folders for p in folder.rglob("*") if p.suffix.lower() in suffixes):
        content = path.read_bytes()
        try:
            count = inspect_file(content, path.suffix).page_count
        except InputError:
            continue
        for index in range(count):
            yield f"{path.name}#{index}", decode_page(content, index, Limits()).image


if __name__ == "__main__":
    sys.exit(main())
