"""Measures how Sohoa reads beside Tesseract and OCRmyPDF, and what its PDFs cost and keep.

    python -m benchmarks.reading --eval DIR                 pages listed in DIR/manifest.csv, with truth
    python -m benchmarks.reading                            generated development pages of a fixed seed
    python -m benchmarks.reading --only sohoa --pages s10   some systems, some pages, no extra measurements
    python -m benchmarks.reading --eval DIR --reuse         peers as the last finished run measured them

The systems take turns page by page, so that whatever else the machine does hits all. An interrupted run goes
on where it stopped. ``--document`` puts the tables between the marks ``reading`` of a page.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from rich.console import Console

from benchmarks import machine
from benchmarks.document import replace_tables
from benchmarks.evaluation_split import CACHE, ROOT, development_folder
from benchmarks.measurement import KeptResults, System
from benchmarks.ocrmypdf_system import OcrmypdfSystem
from benchmarks.page_case import PageCase
from benchmarks.reading.best_model import best_model_folder
from benchmarks.reading.figures import Run, render
from benchmarks.reading.judged_system import JudgedSystem
from benchmarks.reading.pages import ReadingPage, load_pages
from benchmarks.reading.speed import measure_speed
from benchmarks.reading.tesseract_system import FAST_FOLDER, TesseractSystem
from benchmarks.sohoa_system import SohoaSystem
from benchmarks.turns import measure_in_turns

#: Exactly what is promised to be compared with; PDF/A is its default.
OCRMYPDF_OPTIONS: Final = ("-l", "vie", "--deskew", "--rotate-pages", "--clean", "--jobs", "1")
#: Systems in the order of the columns.
SYSTEMS: Final = ("sohoa", "original", "fast", "best", "ocrmypdf")
#: The page whose tables a whole run on listed pages may replace.
DOCUMENT: Final = ROOT / "docs" / "benchmarks.md"
#: Least pages that are drawn where none are given.
_GENERATED_PAGES: Final = 30
_CANNOT, _BAD_INPUT, _INTERRUPTED = 3, 4, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the comparison; returns the exit code."""
    options = _parser().parse_args(arguments)
    console = Console(stderr=True)
    try:
        generated = options.also or ([] if options.eval else [development_folder(_GENERATED_PAGES)])
        pages = load_pages(options.eval, generated, options.pages)
        if not pages:
            console.print("No page with truth fits.")
            return _BAD_INPUT
        run = _measured(options, pages, console)
    except KeyboardInterrupt:
        console.print("Interrupted; the same command goes on from here.")
        return _INTERRUPTED
    except (subprocess.CalledProcessError, FileNotFoundError, ValueError) as error:
        console.print(f"Cannot measure: {error}")
        return _CANNOT
    tables = render(run)
    print(tables)
    if options.document is not None:
        replace_tables(options.document, tables, "reading")
    KeptResults(options.results).finish()
    return 0


def _measured(options: argparse.Namespace, pages: Sequence[ReadingPage], console: Console) -> Run:
    about = machine.describe()
    cases = [page.case for page in pages]
    kept = KeptResults(options.results)
    if options.reuse:
        kept.reopen()
    with ExitStack() as closing:
        systems, left_out = _systems(options.only, cases[0], console)
        for system in systems:
            closing.callback(system.close)
        console.print(f"{len(pages)} pages, {len(systems)} systems")
        results, from_before = measure_in_turns(systems, cases, kept, console, fresh=options.fresh)
    is_whole = options.pages == "*" and "sohoa" in options.only and not options.no_speed
    return Run(
        about=about,
        pages=pages,
        results=results,
        from_before=from_before,
        left_out=left_out,
        speed=measure_speed(cases, console) if is_whole else None,
    )


def _systems(
    names: Sequence[str], first: PageCase, console: Console
) -> tuple[list[System], Mapping[str, str]]:
    """Makes the systems that were asked for, and says which cannot be had."""
    found: list[System] = []
    left_out: dict[str, str] = {}
    for name in (each for each in SYSTEMS if each in names):
        try:
            found.append(_system(name, first))
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            if name != "best":
                raise
            left_out["Tesseract best"] = f"its model could not be fetched ({type(error).__name__}: npm)"
            console.print(f"Tesseract best is left out: {error}")
    return found, left_out


def _system(name: str, first: PageCase) -> System:
    """Tesseract's own PDFs hold the picture as it came and are no PDF/A; they are not judged."""
    if name in ("sohoa", "original"):
        sohoa = SohoaSystem(as_received=name == "original")
        sohoa.start(first)
        return JudgedSystem(sohoa)
    if name == "fast":
        return TesseractSystem("Tesseract fast", FAST_FOLDER)
    if name == "best":
        return TesseractSystem("Tesseract best", best_model_folder(FAST_FOLDER))
    return JudgedSystem(OcrmypdfSystem(OCRMYPDF_OPTIONS))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--eval", type=Path, help="folder with manifest.csv, pictures and truth")
    parser.add_argument("--also", type=Path, nargs="+", default=[], help="folders of generated dossiers")
    parser.add_argument("--only", nargs="+", choices=SYSTEMS, default=list(SYSTEMS), help="systems")
    parser.add_argument("--pages", default="*", help="pages whose name holds this pattern")
    parser.add_argument(
        "--reuse", action="store_true", help="go on with the results of the last finished run"
    )
    parser.add_argument("--fresh", action="store_true", help="do not go on with an interrupted run")
    parser.add_argument("--no-speed", action="store_true", help="leave out workers and memory")
    parser.add_argument("--document", type=Path, help="write the tables here, between the marks")
    parser.add_argument("--results", type=Path, default=CACHE / "reading", help="where results are kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
