"""Measures page types, document boundaries and fields on a folder of sample dossiers with truth.

    python benchmarks/classify_samples.py samples/data [--details] [--limit N]

Each dossier folder holds page files and ``truth.json`` as the sample generator writes them. Names are
compared without regard to case, texts without regard to spaces and tones; everything else must be equal.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classifiers.codes import reader
from classifiers.extractors import printed
from classifiers.folding import key_of
from classifiers.rules import classifier
from classifiers.stream import StreamSegmenter
from dossiers.proposal import DocumentProposal
from dossiers.reading import PageReading
from pipeline.ocr import tesseract_inprocess
from pipeline.page import PageTools, read_page

#: Fields that must be equal sign for sign; others are compared folded.
EXACT = ("number", "date", "sex", "serial", "parcel", "map_sheet", "area")


@dataclass(slots=True)
class Score:
    """Counts over all dossiers."""

    pages: int = 0
    types: int = 0
    stacks: int = 0
    whole_stacks: int = 0
    documents: int = 0
    cut_documents: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)


def tools() -> PageTools:
    """Makes the tools that the product uses by default."""
    engine = tesseract_inprocess.make({})
    return PageTools(
        engine=engine,
        classifier=classifier.make(engine),
        code_extractors=(reader.make(engine),),
        field_extractors=(printed.make(engine),),
    )


def main(arguments: Sequence[str]) -> int:
    """Runs the measurement and prints it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--details", action="store_true", help="print every difference")
    parser.add_argument("--limit", type=int, default=0, help="only the first N dossiers")
    options = parser.parse_args(arguments)
    made, score = tools(), Score()
    paths = sorted(options.folder.glob("*/truth.json"))
    for path in paths[: options.limit or None]:
        truth = json.loads(path.read_text("utf-8"))
        readings = [
            read_page((path.parent / page["file"]).read_bytes(), page["index"], made).reading
            for page in truth["pages"]
        ]
        judge(truth, readings, score, details=options.details)
    report(score)
    return 0


def judge(
    truth: Mapping[str, object], readings: Sequence[PageReading], score: Score, *, details: bool
) -> None:
    """Compares the readings of one dossier with its truth."""
    pages, documents = truth["pages"], truth["documents"]
    assert isinstance(pages, list)
    assert isinstance(documents, list)
    name = truth["dossier"]
    for page, reading in zip(pages, readings, strict=True):
        found, wanted = reading.classification.type_id, "blank" if page["blank"] else page["type_id"]
        score.pages += 1
        score.types += found == wanted
        if found != wanted:
            score.confusions[wanted, found] += 1
            if details:
                evidence = reading.classification.evidence
                print(f"{name} p{page['n']}: {wanted} taken for {found} {evidence!r} {page['degradations']}")
    proposals = StreamSegmenter().assemble(readings)
    cuts = {frozenset(proposal.positions): proposal for proposal in proposals}
    wanted_cuts = {frozenset(n - 1 for n in document["pages"]): document for document in documents}
    score.stacks += 1
    score.whole_stacks += cuts.keys() == wanted_cuts.keys()
    if details and cuts.keys() != wanted_cuts.keys():
        print(f"{name}: cut {sorted(map(sorted, cuts))} wanted {sorted(map(sorted, wanted_cuts))}")
    for pages_of, document in wanted_cuts.items():
        score.documents += 1
        proposal = cuts.get(pages_of)
        score.cut_documents += proposal is not None
        judge_fields(f"{name} {document['type_id']}", document["fields"], proposal, score, details=details)


def judge_fields(
    name: str,
    wanted: Mapping[str, str | None],
    proposal: DocumentProposal | None,
    score: Score,
    *,
    details: bool,
) -> None:
    """Compares the fields of one document."""
    found = {value.name: value for value in proposal.fields} if proposal else {}
    for field_name, value in wanted.items():
        mine = found.get(field_name)
        score.fields[field_name] += 1
        if same(field_name, value, mine.value if mine else None):
            score.exact[field_name] += 1
            continue
        score.wrong[field_name] += mine is not None and mine.value is not None
        if details:
            got = f"{mine.value!r} from {mine.raw!r}" if mine else "nothing"
            print(f"{name}: {field_name} wanted {value!r}, got {got}")


def same(name: str, wanted: str | None, found: str | None) -> bool:
    """Whether a value counts as found."""
    if wanted is None or found is None:
        return wanted is found
    if any(part in name for part in EXACT):
        return wanted == found
    return key_of(wanted) == key_of(found)


def report(score: Score) -> None:
    """Prints the figures."""
    rows = (
        ("page types", score.types, score.pages),
        ("document cuts", score.cut_documents, score.documents),
        ("whole stacks", score.whole_stacks, score.stacks),
    )
    for title, part, whole in rows:
        print(f"{title:16}{part}/{whole}  {share(part, whole)}")
    total, exact, wrong = score.fields.total(), score.exact.total(), score.wrong.total()
    print(f"fields          {exact}/{total}  {share(exact, total)}, wrong value {share(wrong, total)}")
    for (wanted, found), count in score.confusions.most_common():
        print(f"  {count:3} x {wanted} taken for {found}")
    for name, count in sorted(score.fields.items(), key=lambda each: score.exact[each[0]] / each[1]):
        print(f"  {name:28} {score.exact[name]:4}/{count:<4} wrong {score.wrong[name]}")


def share(part: int, whole: int) -> str:
    """A percentage with one decimal."""
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
