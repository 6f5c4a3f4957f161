"""Command line of the generator: ``python -m samples.generator --out DIR --seed N --split SPLIT``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dossiers.errors import SohoaError
from samples.generator.catalogue import FURTHER, RECIPES, recipes
from samples.generator.manifest import write_manifest
from samples.generator.places import SPLITS
from samples.generator.scene import Scene
from samples.generator.truth import DossierTruth
from samples.generator.variation import vary
from samples.generator.writer import write_dossier

#: How the generator is started; also written into the manifest.
COMMAND: Final = "python -m samples.generator"


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes dossiers and prints one line for each; returns the exit code."""
    options = _parser().parse_args(arguments)
    chosen = [
        (name, recipe) for name, recipe in recipes(options.split) if not options.only or name in options.only
    ]
    count = options.dossiers or len(chosen)
    truths: list[DossierTruth] = []
    try:
        for number in range(count):
            name, recipe = chosen[number % len(chosen)]
            plan = recipe(Scene(options.split, f"{options.seed}/{name}/{number // len(chosen)}"))
            if options.split != "demo":
                plan = vary(plan)
            folder = f"{number + 1:02d}-{plan.slug}"
            truth = write_dossier(options.out, folder, plan, options.seed)
            truths.append(truth)
            print(f"{folder}: {len(truth['documents'])} documents, {len(truth['pages'])} pages")
        write_manifest(options.out, truths, f"{COMMAND} --seed {options.seed} --split {options.split}")
    except SohoaError as error:
        print(f"{error} {error.hint}", file=sys.stderr)
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m samples.generator", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write dossiers into")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same truth")
    parser.add_argument("--split", choices=SPLITS, default="train", help="pool of fonts, names, provinces")
    parser.add_argument("--dossiers", type=int, default=0, help="how many; default: each recipe once")
    parser.add_argument(
        "--only", nargs="+", choices=[name for name, _ in RECIPES + FURTHER], default=[], help="recipes"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
