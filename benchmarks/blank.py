"""Measures blank detection: ``python -m benchmarks.blank [--drawn N] [--split dev|eval] [--seed N]``.

Beside it stands a threshold of white pixels as scanner programs have it (NAPS2: white from luminance 179 on,
blank where at most 0.15 % of the page is darker, one hundredth of each edge left out), at that setting and at
the one that finds most blanks without taking any page with content for one.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from benchmarks.blank_pages import TrialPage, drawn_pages, pages_of, printed_fronts
from benchmarks.evaluation_split import development_folder, evaluation_folder
from benchmarks.machine import describe
from scanners.judgement.measures import measure_page

SAMPLES: Final = Path(__file__).parents[1] / "samples" / "data"
_WHITE: Final = 179
_COVERAGE: Final = 0.0015
_EDGE: Final = 0.01


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints one table for each set of pages; 1 where a page with content is called blank."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--drawn", type=int, default=200, help="pages drawn at the limit")
    parser.add_argument("--pages", type=int, default=120, help="pages of the generator's dossiers")
    parser.add_argument("--split", choices=["dev", "eval"], default="eval")
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("--folder", type=Path, help="dossiers of that split drawn before; else drawn now")
    options = parser.parse_args(arguments)
    draw = development_folder if options.split == "dev" else evaluation_folder
    folder = options.folder or draw(options.pages)
    for name, value in describe():
        print(f"{name}: {value}")
    fronts = printed_fronts(folder, 12, options.seed)
    sets = (
        ("sample dossiers", list(pages_of(SAMPLES))),
        (f"generated dossiers ({options.split})", list(pages_of(folder))),
        ("drawn at the limit", list(drawn_pages(options.split, options.seed, options.drawn, fronts))),
    )
    return max([_report(name, pages) for name, pages in sets if pages])


def _report(name: str, pages: Sequence[TrialPage]) -> int:
    blanks = sum(page.is_blank for page in pages)
    print(f"\n{name}: {len(pages)} pages, {blanks} of them blank")
    wrong = 0
    started = time.process_time()
    said = [_sohoa(page) for page in pages]
    seconds = (time.process_time() - started) / len(pages)
    wrong += _row("Sohoa", pages, said, f"{1000 * seconds:.0f} ms CPU a page, the whole judgement")
    darker = [_coverage(page) for page in pages]
    _row("white pixels, usual setting", pages, [share <= _COVERAGE for share in darker], "")
    best = min((share for share, page in zip(darker, pages, strict=True) if not page.is_blank), default=0)
    _row("white pixels, best safe setting", pages, [share < best for share in darker], f"below {best:.5f}")
    for page, is_blank in zip(pages, said, strict=True):
        if is_blank is not page.is_blank:
            print(f"    {'false blank' if is_blank else 'not found'}: {page.name}")
    return int(wrong > 0)


def _row(name: str, pages: Sequence[TrialPage], said: Sequence[bool], remark: str) -> int:
    """Prints a row; returns how many pages with content are called blank."""
    blanks = sum(page.is_blank for page in pages)
    pairs = list(zip(said, pages, strict=True))
    found = sum(told and page.is_blank for told, page in pairs)
    wrong = sum(told and not page.is_blank for told, page in pairs)
    share = f"{100 * found / blanks:.1f} %" if blanks else "–"
    print(f"  {name:32} found {found:4}/{blanks} ({share})  false blanks {wrong:3}  {remark}")
    return wrong


def _sohoa(page: TrialPage) -> bool:
    """With the other side where it is known, as the station judges."""
    other = measure_page(page.front, page.dpi, None)[1] if page.front is not None else None
    return measure_page(page.content, page.dpi, other)[0].is_blank


def _coverage(page: TrialPage) -> float:
    """Share of the pixels inside the edge that are not white, by luminance."""
    grey = np.asarray(Image.open(io.BytesIO(page.content)).convert("L"))
    down, across = (int(side * _EDGE) for side in grey.shape)
    inner = grey[down : grey.shape[0] - down, across : grey.shape[1] - across]
    return float((inner < _WHITE).mean())


if __name__ == "__main__":
    raise SystemExit(main())
