"""Command line of the generator: ``python -m samples.generator --out DIR --seed N --split SPLIT``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from dossiers.errors import SohoaError
from samples.generator.catalogue import FURTHER, RECIPES, recipes
from samples.generator.manifest import write_manifest
from samples.generator.places import SPLITS
from samples.generator.plan import DossierPlan
from samples.generator.scene import Scene
from samples.generator.stacks import stack
from samples.generator.truth import DossierTruth
from samples.generator.variation import vary
from samples.generator.writer import write_dossier

#: How the generator is started; also written into the manifest.
COMMAND: Final = "python -m samples.generator"


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes dossiers and prints one line for each; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.stacks and options.split == "demo":
        parser.error("the committed split has no stacks")
    truths: list[DossierTruth] = []
    try:
        for number, plan in enumerate(_plans(options), start=1):
            folder = f"{number:02d}-{plan.slug}"
            truth = write_dossier(options.out, folder, plan, options.seed)
            truths.append(truth)
            print(f"{folder}: {len(truth['documents'])} documents, {len(truth['pages'])} pages", flush=True)
        write_manifest(options.out, truths, f"{COMMAND} --seed {options.seed} --split {options.split}")
    except SohoaError as error:
        print(f"{error} {error.hint}", file=sys.stderr)
        return error.exit_code
    return 0


def _plans(options: argparse.Namespace) -> Iterator[DossierPlan]:
    """The stacks or dossiers that were asked for, one drawn at a time."""
    for number in range(options.stacks):
        yield stack(options.split, f"{options.seed}/{number}", options.stack_pages)
    if options.stacks:
        return
    chosen = [each for each in recipes(options.split) if not options.only or each[0] in options.only]
    for number in range(options.dossiers or len(chosen)):
        name, recipe = chosen[number % len(chosen)]
        plan = recipe(Scene(options.split, f"{options.seed}/{name}/{number // len(chosen)}"))
        yield plan if options.split == "demo" else vary(plan)


def _limits(text: str) -> tuple[int, int]:
    """``20-60``: fewest and most pages."""
    first, _, last = text.partition("-")
    if not (first.isdigit() and last.isdigit() and 0 < int(first) <= int(last)):
        raise argparse.ArgumentTypeError(f"{text!r} is no range of pages such as 20-60")
    return int(first), int(last)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m samples.generator", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write dossiers into")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same truth")
    parser.add_argument("--split", choices=SPLITS, default="train", help="pool of fonts, names, provinces")
    parser.add_argument("--dossiers", type=int, default=0, help="how many; default: each recipe once")
    parser.add_argument(
        "--only", nargs="+", choices=[name for name, _ in RECIPES + FURTHER], default=[], help="recipes"
    )
    parser.add_argument("--stacks", type=int, default=0, help="draw so many mixed stacks, not dossiers")
    parser.add_argument("--stack-pages", type=_limits, default=(20, 60), help="pages of a stack, as 20-60")
    return parser


if __name__ == "__main__":
    sys.exit(main())
