"""Measures what the engine takes for what: ``python -m benchmarks.language.confusion_costs FOLDER...``.

Pages with truth are read once; of every syllable whose letters were read rightly, the marks are compared.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from benchmarks.language.alignment import aligned
from benchmarks.language.pages import load_pages
from benchmarks.language.reading import CachedReader
from pipeline.language.marks import Tone, split_tone
from pipeline.language.syllable import canonical, is_syllable
from pipeline.language.tokens import parts

COSTS: Final = Path("pipeline/language/data/confusions.json")
#: Added to every possible change: what was not seen on few pages still happens.
_PRIOR: Final = 0.5
#: Letters that differ in marks alone.
_FAMILIES: Final = ("aăâ", "eê", "oôơ", "uư", "dđ")
Pair = tuple[str, str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and writes the costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=COSTS)
    parser.add_argument("--label", default=None)
    chosen = parser.parse_args(arguments)
    reader = CachedReader() if chosen.label is None else CachedReader(label=chosen.label)
    pairs = [
        pair
        for folder in chosen.folders
        for page in load_pages(folder)
        for pair in _pairs(
            (each.printed, each.word.text) for each in aligned(reader.read(page.content), page.printed)
        )
    ]
    table = costs_of(pairs)
    chosen.out.write_text(
        json.dumps(table, ensure_ascii=True, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    print(f"{len(pairs)} syllables")


def costs_of(pairs: Iterable[Pair]) -> dict[str, dict[str, float]]:
    """Returns the costs (nats) of reading one tone or letter for another, from printed and read syllables."""
    tones: Counter[Pair] = Counter()
    letters: Counter[Pair] = Counter()
    for printed, read in pairs:
        meant, tone, _ = split_tone(printed)
        seen, seen_tone, _ = split_tone(read)
        tones[tone.value, seen_tone.value] += 1
        letters.update(zip(meant, seen, strict=True))
    marks = [tone.value for tone in Tone]
    return {
        "tones": _costs(tones, [(a, b) for a in marks for b in marks if a != b]),
        "letters": _costs(
            letters, [(a, b) for family in _FAMILIES for a in family for b in family if a != b]
        ),
    }


def _pairs(words: Iterable[Pair]) -> Iterable[Pair]:
    for printed, read in words:
        meant, seen = canonical(parts(printed)[1]), canonical(parts(read)[1])
        if is_syllable(meant) and len(meant) == len(seen):
            yield meant, seen


def _costs(counts: Counter[Pair], changes: Iterable[Pair]) -> dict[str, float]:
    totals: Counter[str] = Counter()
    for (printed, _), count in counts.items():
        totals[printed] += count
    return {
        f"{a}>{b}": round(-math.log((counts[a, b] + _PRIOR) / (totals[a] + 6 * _PRIOR)), 2)
        for a, b in changes
    }


if __name__ == "__main__":
    main()
