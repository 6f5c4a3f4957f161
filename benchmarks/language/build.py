"""Builds the language model: ``python -m benchmarks.language.build --corpus law.txt.xz``.

The same corpus and the same vocabularies give the same bytes.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.language.corpus import encode, paragraphs
from benchmarks.language.estimate import Pruning, estimate
from benchmarks.language.spoken import spoken_dates
from pipeline.language.model import FORMATS, MAGIC
from pipeline.language.tokens import tokens
from pipeline.language.vocabulary import load_vocabulary

MODEL: Final = Path("pipeline/language/data/administrative.lm")
#: How often each phrase of the closed vocabularies counts as seen.
_PHRASE_WEIGHT: Final = 30
_ALIGNMENT: Final = 8


def main(arguments: Sequence[str] | None = None) -> None:
    """Builds and writes the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="paragraphs, one a line; .xz or plain")
    parser.add_argument("--out", type=Path, default=MODEL)
    chosen = parser.parse_args(arguments)
    content = build(chosen.corpus)
    chosen.out.write_bytes(content)
    print(f"{chosen.out}: {len(content):,} bytes")


def build(corpus: Path, pruning: Pruning | None = None) -> bytes:
    """Returns the model file of a corpus."""
    vocabulary = load_vocabulary()
    forms = [entry.text for entry in vocabulary.entries if entry.is_wording]
    places = [entry.text for entry in vocabulary.entries if not entry.is_wording]
    wording: Iterator[str] = itertools.chain.from_iterable(
        itertools.repeat([*forms, *spoken_dates()], _PHRASE_WEIGHT)
    )
    always = {each for phrase in itertools.chain(forms, places) for each in tokens(phrase)}
    text = encode(itertools.chain(paragraphs(corpus), wording), always)
    return packed(text.words, estimate(text, pruning or Pruning()))


def packed(words: Sequence[str], sections: Mapping[str, bytes]) -> bytes:
    """Writes the file: magic, a table of places, then the sections, each at a multiple of eight bytes."""
    bodies = {name: sections[name] for name in FORMATS} | {"words": "\n".join(words).encode()}
    table: dict[str, tuple[int, int]] = {}
    room = 1024
    at = room
    for name, body in bodies.items():
        table[name] = (at, len(body))
        at += len(body) + -len(body) % _ALIGNMENT
    head = json.dumps(table).encode()
    out = bytearray(MAGIC + len(head).to_bytes(4, "little") + head)
    for name, body in bodies.items():
        out += bytes(table[name][0] - len(out)) + body
    return bytes(out)


if __name__ == "__main__":
    main()
