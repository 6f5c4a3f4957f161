"""Measures page types: ``python -m benchmarks.classification [--split dev|eval] [--folder DIR] [--pages N]``.

Pages are scanned by the generator's scanner model and read by the pipeline; readings are kept, so that a
second run takes seconds. The delivered model learned from pages of the ``train`` split; its examples train
the peers as well. An unseen type is hidden from the statistics and from the rules.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import cv2

from benchmarks.classification.peers import LINEAR, NETWORK, Peer
from benchmarks.classification.read_pages import ReadTruth, read_pages
from benchmarks.evaluation_split import development_folder, evaluation_folder
from benchmarks.tables import table
from classifiers.layout import sheet_of
from classifiers.rules import classifier as rules
from classifiers.rules.book import RuleBook, load_book
from classifiers.statistical import classifier as combined
from classifiers.statistical.classifier import CombinedClassifier
from classifiers.statistical.ngrams import counts_of
from classifiers.statistical.shelf import delivered_model
from classifiers.training.fitting import fit
from classifiers.training.folds import by_type
from classifiers.training.scores import Scores, calibration_error, scored
from classifiers.training.session import delivered_examples
from classifiers.training.trial import Verdict
from dossiers.document_types import BLANK, UNKNOWN

OURS: Final = "Sohoa"
RULES: Final = "Sohoa, rules alone"
#: What is asked for, by row of the first table.
_ASKED: Final = {
    "right, of the pages named": "≥ 98 %",
    "abstained": "≤ 3 %",
    "calibration error": "≤ 0.03",
    "papers of no type called unknown": "≥ 90 %",
    "unseen types called unknown, pages": "≥ 90 %",
    "unseen types called unknown, mean of types": "≥ 90 %",
    "CPU ms a page": "≤ 10",
}
#: Names a page: type and confidence.
Judge = Callable[[ReadTruth], tuple[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one classifier said of all pages, and what it cost in CPU seconds."""

    verdicts: tuple[Verdict, ...]
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the measurement and prints its tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classification", description=__doc__)
    parser.add_argument("--split", choices=("dev", "eval"), default="dev")
    parser.add_argument("--folder", type=Path, help="generated dossiers instead of the split's own")
    parser.add_argument("--pages", type=int, default=180, help="pages drawn of the split")
    parser.add_argument("--details", action="store_true", help="name every page that is not right")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    folder = options.folder or (
        evaluation_folder(options.pages) if options.split == "eval" else development_folder(options.pages)
    )
    pages = list(read_pages(folder))
    said = {name: _said(judge, pages) for name, judge in _judges().items()}
    unseen = {OURS: list(_unseen(pages))}
    scores = {name: scored(each.verdicts, 0.0) for name, each in said.items()}
    dossiers = len({page.dossier for page in pages})
    print(f"{len(pages)} pages of {dossiers} dossiers; model {delivered_model().version}\n")
    print(table(("", *said, "asked"), list(_rows(scores, said, unseen, len(pages)))))
    print()
    print(table(("pages", "of them", "right", "abstained", "wrong"), list(_capture_rows(pages, said[OURS]))))
    print()
    print(table(("type", "pages", "right", "abstained", "wrong"), list(_type_rows(scores[OURS]))))
    if options.details:
        _print_details(said[OURS].verdicts, unseen[OURS])
    return 0


def _judges() -> dict[str, Judge]:
    ours, alone = combined.make(), rules.make()
    examples = delivered_examples()
    peers = [Peer(name, examples) for name in (LINEAR, NETWORK)]

    def by(classifier: CombinedClassifier | rules.RulesClassifier) -> Judge:
        def judge(page: ReadTruth) -> tuple[str, float]:
            found = classifier.classify(page.page, page.values)
            return found.type_id, found.confidence

        return judge

    def bag(peer: Peer) -> Judge:
        return lambda page: peer.classify(counts_of(sheet_of(page.page.text)))

    return {OURS: by(ours), RULES: by(alone), **{peer.name: bag(peer) for peer in peers}}


def _said(judge: Judge, pages: Sequence[ReadTruth]) -> Said:
    verdicts, seconds = [], 0.0
    for page in pages:
        sheet_of.cache_clear()  # what is kept of one classifier must not make the next one look quick
        started = time.process_time()
        found, confidence = judge(page)
        seconds += time.process_time() - started
        verdicts.append(_verdict(page, found, confidence))
    return Said(verdicts=tuple(verdicts), seconds=seconds)


def _verdict(page: ReadTruth, found: str, confidence: float) -> Verdict:
    found = UNKNOWN if found == BLANK else found
    return Verdict(
        example_id=page.name,
        wanted=page.type_id,
        shown=page.type_id,
        found=found,
        probability=confidence,
    )


def _unseen(pages: Sequence[ReadTruth]) -> Iterator[Verdict]:
    """Every page once, by a model and rules that do not know its type."""
    book, delivered = load_book(), delivered_model()
    for fold in by_type(delivered_examples()):
        model = replace(fit(fold.train, delivered.choice, delivered.threshold), version="unseen")
        for type_id in sorted(fold.hidden):
            classifier = CombinedClassifier(_without(book, type_id), model)
            for page in pages:
                if page.type_id == type_id:
                    found = classifier.classify(page.page, page.values)
                    name = UNKNOWN if found.type_id == type_id else found.type_id
                    yield replace(_verdict(page, name, found.confidence), wanted=UNKNOWN)


def _without(book: RuleBook, type_id: str) -> RuleBook:
    return replace(
        book,
        papers=tuple(rule for rule in book.papers if rule.type_id != type_id),
        cards=tuple(rule for rule in book.cards if rule.type_id != type_id),
    )


def _rows(
    scores: dict[str, Scores], said: dict[str, Said], unseen: dict[str, list[Verdict]], pages: int
) -> Iterator[Sequence[str]]:
    def row(name: str, tell: Callable[[str], str]) -> Sequence[str]:
        return (name, *(tell(each) for each in said), _ASKED.get(name, ""))

    yield row("right, of the pages named", lambda each: _percent(scores[each].accuracy))
    yield row("right, of all pages", lambda each: _percent(_right(scores[each])))
    yield row("abstained", lambda each: _percent(scores[each].abstention))
    yield row("calibration error", lambda each: f"{_calibration(said[each].verdicts):.3f}")
    yield row("papers of no type called unknown", lambda each: _kept_out(scores[each]))
    yield row(
        "unseen types called unknown, pages",
        lambda each: _percent(_unknown(unseen[each])) if each in unseen else "-",
    )
    yield row(
        "unseen types called unknown, mean of types",
        lambda each: _percent(_unknown_by_type(unseen[each])) if each in unseen else "-",
    )
    yield row("CPU ms a page", lambda each: f"{said[each].seconds / max(1, pages) * 1000:.1f}")


def _capture_rows(pages: Sequence[ReadTruth], said: Said) -> Iterator[Sequence[str]]:
    groups: dict[str, list[Verdict]] = {}
    for page, verdict in zip(pages, said.verdicts, strict=True):
        if verdict.wanted == UNKNOWN:
            continue
        group = "photographed" if "photo_perspective" in page.degradations else (
            "spoilt by the scanner or copier" if page.degradations else "scanned well"
        )  # fmt: skip
        groups.setdefault(group, []).append(verdict)
    for group, verdicts in sorted(groups.items()):
        right = sum(each.found == each.wanted for each in verdicts)
        silent = sum(each.found == UNKNOWN for each in verdicts)
        yield group, str(len(verdicts)), str(right), str(silent), str(len(verdicts) - right - silent)


def _type_rows(scores: Scores) -> Iterator[Sequence[str]]:
    for type_id, each in sorted(scores.types.items()):
        yield type_id, str(each.pages), str(each.right), str(each.abstained), str(each.wrong)


def _print_details(verdicts: Sequence[Verdict], unseen: Sequence[Verdict]) -> None:
    for each in verdicts:
        if each.found != each.wanted:
            print(f"{each.example_id}: {each.wanted} called {each.found} {each.probability:.2f}")
    for each in unseen:
        if each.found != UNKNOWN:
            print(f"{each.example_id}: hidden {each.shown} called {each.found} {each.probability:.2f}")


def _right(scores: Scores) -> float:
    return sum(each.right for each in scores.types.values()) / max(1, scores.pages)


def _calibration(verdicts: Sequence[Verdict]) -> float:
    return calibration_error((v.probability, v.found == v.wanted) for v in verdicts if v.found != UNKNOWN)


def _kept_out(scores: Scores) -> str:
    return f"{scores.kept_out} of {scores.papers_of_no_type}"


def _unknown(verdicts: Sequence[Verdict]) -> float:
    return sum(each.found == UNKNOWN for each in verdicts) / max(1, len(verdicts))


def _unknown_by_type(verdicts: Sequence[Verdict]) -> float:
    types: dict[str, list[Verdict]] = {}
    for each in verdicts:
        types.setdefault(each.shown, []).append(each)
    return sum(_unknown(each) for each in types.values()) / max(1, len(types))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


if __name__ == "__main__":
    sys.exit(main())
