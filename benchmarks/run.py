"""Measures Sohoa beside OCRmyPDF on evaluation pages and writes ``docs/benchmarks.md``.

    python -m benchmarks.run                       the whole run (``make bench``)
    python -m benchmarks.run --quick --only sohoa  three pages, no network
    python -m benchmarks.run --pages-from DIR      any folder of dossiers with truth.json

The systems take turns page by page, so that whatever else the machine does hits both. An interrupted run
goes on where it stopped; the results of a finished one lie under ``.cache/benchmarks/results-last``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from rich.console import Console

from benchmarks import machine, ocrmypdf_system, sohoa_system
from benchmarks.costs import Costs, measure_costs
from benchmarks.document import replace_tables
from benchmarks.evaluation_split import CACHE, ROOT, SEED, evaluation_folder
from benchmarks.measurement import KeptResults, System
from benchmarks.page_case import DossierCase, load_dossiers
from benchmarks.report import Run, render
from benchmarks.turns import measure_in_turns

#: Pages of the default run: about ten minutes on two idle cores.
DEFAULT_PAGES: Final = 60
QUICK_PAGES: Final = 3
DOCUMENT: Final = ROOT / "docs" / "benchmarks.md"
_BAD_INPUT: Final = 4
_INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the comparison; returns the exit code."""
    options = _parser().parse_args(arguments)
    console = Console(stderr=True)
    try:
        dossiers, source = _dossiers(options)
        if not dossiers:
            console.print(f"No truth.json lies below {options.pages_from}.")
            return _BAD_INPUT
        run = _measured(options, dossiers, source, console)
    except KeyboardInterrupt:
        console.print("Interrupted; the same command goes on from here.")
        return _INTERRUPTED
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        console.print(f"Cannot measure: {error}")
        return 3
    tables = render(run)
    print(tables)
    document = options.document or (None if options.quick or options.pages_from or options.only else DOCUMENT)
    if document is not None:
        replace_tables(document, tables)
    KeptResults(options.results).finish()
    return 0


def _measured(
    options: argparse.Namespace, dossiers: tuple[DossierCase, ...], source: str, console: Console
) -> Run:
    about = machine.describe()
    with ExitStack() as closing:
        systems: list[System] = []
        sohoa = sohoa_system.SohoaSystem()
        closing.callback(sohoa.close)
        systems.append(sohoa)
        if options.only != "sohoa":
            systems.append(ocrmypdf_system.OcrmypdfSystem())
        pages = tuple(page for dossier in dossiers for page in dossier.pages)
        start = sohoa.start(pages[0])
        kept = KeptResults(options.results)
        results, from_before = measure_in_turns(systems, pages, kept, console, fresh=options.fresh)
        page_process_peak = sohoa.peak_bytes()
    costs = Costs() if options.quick else measure_costs(pages, results, console, with_other=len(systems) > 1)
    return Run(
        source=source,
        about=about,
        dossiers=dossiers,
        results=results,
        from_before=from_before,
        start=start,
        page_process_peak=page_process_peak,
        costs=costs,
    )


def _dossiers(options: argparse.Namespace) -> tuple[tuple[DossierCase, ...], str]:
    most = QUICK_PAGES if options.quick else None
    if options.pages_from:
        return load_dossiers(options.pages_from, most), f"the folder {options.pages_from.name}"
    folder = evaluation_folder(QUICK_PAGES if options.quick else options.pages)
    return load_dossiers(folder, most), f"the evaluation split, seed {SEED}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pages", type=int, default=DEFAULT_PAGES, help="at least so many (%(default)s)")
    parser.add_argument("--pages-from", type=Path, help="folder of dossiers with truth.json")
    parser.add_argument("--only", choices=("sohoa",), help="leave the other system out")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_PAGES} pages, no extra measurements")
    parser.add_argument("--fresh", action="store_true", help="do not go on with an interrupted run")
    parser.add_argument("--document", type=Path, help="write the tables here, between the marks")
    parser.add_argument("--results", type=Path, default=CACHE / "results", help="where results are kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
