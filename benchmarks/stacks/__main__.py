"""Measures how mixed stacks of 20 to 60 pages are cut into documents.

    python -m benchmarks.stacks FOLDER… [--stacks N] [--seed N] [--details] [--fresh]

The folders hold generated dossiers with truth. Every page is read once and kept under ``.cache``; ``--fresh``
tells types and fields anew from the kept text. Beside the product stand two simple ways to cut, on the same
readings, once as classified and once with simulated mistakes. Never tune on the evaluation split.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.stacks.papers import load_papers
from benchmarks.stacks.peers import by_change_of_type, by_product, by_title
from benchmarks.stacks.readings import CACHE, KeptReadings
from benchmarks.stacks.score import Cut, Score, judge
from benchmarks.stacks.spoilt import Mistakes, spoil
from benchmarks.stacks.stack import Stack, make_stack
from dossiers.reading import PageReading

Cutter = Callable[[Sequence[PageReading]], Cut]

CUTTERS: Final[tuple[tuple[str, Cutter], ...]] = (
    ("Sohoa", by_product),
    ("new document where the type changes", by_change_of_type),
    ("every page with a title begins one", by_title),
)
_COLUMNS: Final = (
    "Readings", "Cut", "Precision", "Recall", "F1", "F1 with type", "Boundary F1",
    "Whole stacks", "CPU ms a page",
)  # fmt: skip
CONDITIONS: Final = (
    ("as classified", Mistakes(wrong=0.0, unknown=0.0)),
    ("5 % wrong types, 10 % unknown", Mistakes(wrong=0.05, unknown=0.10)),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the measurement and prints it; returns the exit code."""
    options = _parser().parse_args(arguments)
    papers = load_papers(options.folders, KeptReadings(options.cache, is_fresh=options.fresh))
    if not papers:
        print("No dossiers with truth in these folders.", file=sys.stderr)
        return 4
    stacks = [make_stack(papers, f"{options.seed}/{number}") for number in range(options.stacks)]
    pages, documents = sum(len(each.pages) for each in stacks), sum(len(each.documents) for each in stacks)
    print(f"{len(stacks)} stacks, {pages} pages, {documents} documents, out of {len(papers)} papers\n")
    for line in _report(stacks, has_details=options.details):
        print(line)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stacks", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of dossiers with truth")
    parser.add_argument("--stacks", type=int, default=40, help="how many stacks are laid")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=CACHE, help="where readings are kept")
    parser.add_argument("--fresh", action="store_true", help="tell types and fields anew")
    parser.add_argument("--details", action="store_true", help="print every document cut wrongly")
    return parser


def _report(stacks: Sequence[Stack], *, has_details: bool) -> Iterator[str]:
    yield f"| {' | '.join(_COLUMNS)} |"
    yield "|" + "---|" * len(_COLUMNS)
    wrong: list[str] = []
    for condition, mistakes in CONDITIONS:
        for name, cutter in CUTTERS:
            score = Score()
            for stack in stacks:
                found = _measured(stack, cutter, mistakes, score)
                wrong += [f"{condition}: {line}" for line in found] if cutter is by_product else []
            yield _row(condition, name, score)
    yield from wrong if has_details else ()


def _measured(stack: Stack, cutter: Cutter, mistakes: Mistakes, score: Score) -> list[str]:
    readings = spoil(stack.readings, mistakes, stack.name)
    started = time.process_time()
    cut = cutter(readings)
    score.seconds += time.process_time() - started
    return judge(stack, cut, score)


def _row(condition: str, name: str, score: Score) -> str:
    documents = score.documents
    shares = (documents.precision, documents.recall, documents.f1, score.typed.f1, score.boundaries.f1)
    cells = [condition, name, *(f"{100 * share:.1f} %" for share in shares)]
    cells += [f"{score.whole} of {score.stacks}", f"{1000 * score.seconds / max(1, score.pages):.2f}"]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
