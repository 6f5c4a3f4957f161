"""Makes the delivered model and its examples: ``python -m benchmarks.classification.deliver``.

Printed pages of the generator's ``train`` split (see ``printed_pages``) and, with ``--folder``, pages of
that split that were scanned by the generator and read by the pipeline.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from lzma import compress
from pathlib import Path
from typing import Final

from benchmarks.classification.printed_pages import printed_pages
from benchmarks.classification.read_pages import read_pages
from classifiers.rules.book import load_book
from classifiers.statistical.model import decode_model
from classifiers.training.card import model_card
from classifiers.training.example import Example, decode_example, encode_example
from classifiers.training.making import ExampleMaker
from classifiers.training.session import DELIVERED
from classifiers.training.spoiling import with_spoilt
from classifiers.training.trial import train
from dossiers.document_types import UNKNOWN

DATA: Final = Path("classifiers/statistical/data")
#: Pages kept of one type, so that no type outweighs the others.
MOST_PAGES: Final = 40


def main(arguments: Sequence[str] | None = None) -> None:
    """Makes both files and the card; prints the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=160, help="printed dossiers")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--only", nargs="*", default=[], help="recipes; default all of the split")
    parser.add_argument("--folder", type=Path, help="generated dossiers with scans, of the train split")
    parser.add_argument("--kept", type=Path, nargs="*", default=[], help="examples made before, one a line")
    parser.add_argument("--keep", type=Path, help="write the examples here as they are made")
    options = parser.parse_args(arguments)
    book = load_book()
    made = [decode_example(line) for path in options.kept for line in path.read_text("utf-8").splitlines()]
    sink = options.keep.open("a", encoding="utf-8") if options.keep else None
    for example in _made(ExampleMaker(book), options):
        made.append(example)
        if sink is not None:
            print(encode_example(example), file=sink, flush=True)
    if options.keep:
        return
    examples = _bounded(made)
    trial = train(with_spoilt(examples), book.type_ids)
    card = model_card(trial, examples, {"generated, invented people": len(examples)}, None)
    DATA.mkdir(exist_ok=True)
    lines = "\n".join(encode_example(example) for example in examples)
    (DATA / DELIVERED).write_bytes(compress(lines.encode(), preset=9))
    (DATA / "model.npz").write_bytes(trial.model.encode())
    (DATA / "model.md").write_text(card, "utf-8")
    decode_model((DATA / "model.npz").read_bytes())
    print(card)


def _made(maker: ExampleMaker, options: argparse.Namespace) -> Iterator[Example]:
    counts: Counter[str] = Counter()
    for printed in printed_pages("train", options.seed, options.dossiers, options.only):
        counts[printed.group] += 1
        example_id = f"{printed.group}/{counts[printed.group]}"
        yield maker.make(
            printed.page, printed.values, example_id=example_id, group=printed.group, type_id=printed.type_id
        )
    for read in read_pages(options.folder) if options.folder else ():
        if not read.page.text.words:
            continue
        yield maker.make(
            read.page, read.values, example_id=read.name, group=read.dossier, type_id=read.type_id
        )


def _bounded(examples: Sequence[Example]) -> list[Example]:
    """The first so many pages of each type."""
    counts: Counter[str] = Counter()
    kept = []
    for example in examples:
        counts[example.type_id] += 1
        if counts[example.type_id] <= MOST_PAGES or example.type_id == UNKNOWN:
            kept.append(example)
    return kept


if __name__ == "__main__":
    main()
