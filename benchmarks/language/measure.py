"""Measures what repair changes: ``python -m benchmarks.language.measure FOLDER...``.

A folder holds pages with truth (``manifest.csv``) or generated dossiers. Pages are read once and kept.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.language.alignment import aligned
from benchmarks.language.pages import TruthPage, load_pages
from benchmarks.language.reading import CachedReader
from benchmarks.text_score import TextScore, normalised, score, total, without_tones
from pipeline.language.repair import Change, Knowledge, Repaired, load_knowledge, repair
from pipeline.text import PageText


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeasure:
    """One page before and after.

    Attributes:
        group: the folder.
        before: with marks.
        after: with marks.
        bare_before: without marks.
        bare_after: without marks.
        right: changes that gave the printed word.
        worse: changes of words that had been read rightly.
        vain: changes from one wrong word to another.
        unknown: changes of words whose truth could not be found.
        names_worse: rightly read words of names that were changed.
        errors: words with the printed letters but other marks, before.
        flags: names flagged.
        seconds: CPU time of the repair.
        notes: the changes that were not right, for people.
    """

    group: str
    before: TextScore
    after: TextScore
    bare_before: TextScore
    bare_after: TextScore
    right: int
    worse: int
    vain: int
    unknown: int
    names_worse: int
    errors: int
    flags: int
    seconds: float
    notes: tuple[str, ...] = field(default=())


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads, repairs, compares and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--label", default=None, help="name of the cached readings")
    parser.add_argument("--notes", action="store_true", help="print every change that was not right")
    chosen = parser.parse_args(arguments)
    reader = CachedReader() if chosen.label is None else CachedReader(label=chosen.label)
    knowledge = load_knowledge()
    measures = [
        measured(page, reader.read(page.content), knowledge)
        for folder in chosen.folders
        for page in load_pages(folder)
    ]
    for group in sorted({each.group for each in measures}):
        print(summary(group, [each for each in measures if each.group == group]))
    if chosen.notes:
        print("\n".join(note for each in measures for note in each.notes))


def measured(page: TruthPage, text: PageText, knowledge: Knowledge) -> PageMeasure:
    """Repairs one page and compares it with what is printed."""
    started = time.process_time()
    repaired = repair(text, knowledge)
    seconds = time.process_time() - started
    judged = list(_judged(page, text, repaired))
    bare = [without_tones(line) for line in page.printed]
    return PageMeasure(
        group=page.group,
        before=score(page.printed, text.text),
        after=score(page.printed, repaired.text.text),
        bare_before=score(bare, without_tones(text.text)),
        bare_after=score(bare, without_tones(repaired.text.text)),
        right=sum(verdict == "right" for verdict, _, _ in judged),
        worse=sum(verdict == "worse" for verdict, _, _ in judged),
        vain=sum(verdict == "vain" for verdict, _, _ in judged),
        unknown=sum(verdict == "unknown" for verdict, _, _ in judged),
        names_worse=sum(
            verdict == "worse" and _core(change.raw) in page.names for verdict, change, _ in judged
        ),
        errors=sum(
            each.printed != normalised(each.word.text).strip() for each in aligned(text, page.printed)
        ),
        flags=len(repaired.flags),
        seconds=seconds,
        notes=tuple(
            f"{page.name} {verdict}: {change.raw} -> {change.chosen} ({change.confidence:.3f}) of {printed}"
            for verdict, change, printed in judged
            if verdict != "right"
        ),
    )


def summary(group: str, measures: Sequence[PageMeasure]) -> str:
    """Returns the figures of a group in two lines."""
    before, after = total(each.before for each in measures), total(each.after for each in measures)
    bare = total(each.bare_before for each in measures), total(each.bare_after for each in measures)

    def add(name: str) -> int:
        return sum(int(getattr(each, name)) for each in measures)

    certain = add("right") + add("worse") + add("vain")
    speed = f"{1000 * sum(each.seconds for each in measures) / len(measures):.1f} ms CPU a page"
    return "\n    ".join(
        (
            f"{group}: {len(measures)} pages; with marks {_change(before, after)}; without {_change(*bare)}",
            f"{add('errors')} words with wrong marks; changes: {add('right')} right, {add('worse')} worse, "
            f"{add('vain')} in vain, {add('unknown')} without truth; "
            f"precision {add('right') / max(1, certain):.3f}",
            f"names made worse: {add('names_worse')}; flags: {add('flags')}; {speed}",
        )
    )


def _change(before: TextScore, after: TextScore) -> str:
    return f"CER {_cer(before):.2f} -> {_cer(after):.2f}, WER {_wer(before):.2f} -> {_wer(after):.2f}"


def _judged(page: TruthPage, text: PageText, repaired: Repaired) -> Iterator[tuple[str, Change, str]]:
    truth = {(each.line, each.index): each.printed for each in aligned(text, page.printed)}
    for change in repaired.changes:
        printed = truth.get((change.line, change.index))
        if printed is None:
            yield "unknown", change, ""
        elif normalised(change.chosen).strip() == printed:
            yield "right", change, printed
        elif normalised(change.raw).strip() == printed:
            yield "worse", change, printed
        else:
            yield "vain", change, printed


def _core(word: str) -> str:
    return word.strip(".,;:()")


def _cer(figures: TextScore) -> float:
    return 100 * figures.matched_characters / max(1, figures.characters)


def _wer(figures: TextScore) -> float:
    return 100 * figures.matched_words / max(1, figures.words)


if __name__ == "__main__":
    main()
