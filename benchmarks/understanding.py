"""Page types, document cuts and fields against the truth."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.text_score import without_tones
from classifiers.stream import StreamSegmenter
from dossiers.proposal import DocumentProposal
from dossiers.reading import PageReading

if TYPE_CHECKING:
    from samples.generator.truth import DocumentTruth, DossierTruth


@dataclass(slots=True)
class FieldScore:
    """Counts for one field name.

    Attributes:
        printed: documents that state it.
        exact: found, equal with tones; capitals and white space do not count.
        tone_free: found, equal without tones.
        wrong: found, but not equal.
        missing: printed, but not found.
        unasked: found in a document of which the truth does not state it.
    """

    printed: int = 0
    exact: int = 0
    tone_free: int = 0
    wrong: int = 0
    missing: int = 0
    unasked: int = 0


@dataclass(slots=True)
class Understanding:
    """Counts over all dossiers."""

    pages: int = 0
    right_types: int = 0
    abstained: int = 0
    documents: int = 0
    right_cuts: int = 0
    right_documents: int = 0
    dossiers: int = 0
    whole_dossiers: int = 0
    fields: dict[str, FieldScore] = field(default_factory=dict)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)


def judge(truth: DossierTruth, readings: Sequence[PageReading], into: Understanding) -> None:
    """Counts one dossier; a document's fields come from the proposal that shares most pages with it."""
    _judge_types(truth, readings, into)
    proposals = StreamSegmenter().assemble(readings)
    place = {page["n"]: position for position, page in enumerate(truth["pages"])}
    cuts = {frozenset(each.positions): each for each in proposals}
    wanted = {frozenset(place[n] for n in each["pages"]): each for each in truth["documents"]}
    into.dossiers += 1
    into.whole_dossiers += cuts.keys() == wanted.keys()
    for positions, document in wanted.items():
        cut = cuts.get(positions)
        into.documents += 1
        into.right_cuts += cut is not None
        into.right_documents += cut is not None and cut.type_id == document["type_id"]
        nearest = max(proposals, key=lambda each: len(positions & set(each.positions)), default=None)
        judge_fields(document, nearest, into.fields)


def _judge_types(truth: DossierTruth, readings: Sequence[PageReading], into: Understanding) -> None:
    for page, reading in zip(truth["pages"], readings, strict=True):
        found, wanted = reading.classification.type_id, "blank" if page["blank"] else page["type_id"]
        into.pages += 1
        into.right_types += found == wanted
        into.abstained += found == "unknown" != wanted
        if found != wanted:
            into.confusions[wanted, found] += 1


def judge_fields(
    document: DocumentTruth, proposal: DocumentProposal | None, into: dict[str, FieldScore]
) -> None:
    """Counts the fields of one document."""
    found = {each.name: each.value for each in proposal.fields} if proposal else {}
    for name, value in document["fields"].items():
        score = into.setdefault(name, FieldScore())
        mine = found.get(name)
        score.printed += 1
        if mine is None:
            score.missing += 1
            continue
        is_exact = _key(mine) == _key(value)
        score.exact += is_exact
        score.wrong += not is_exact
        score.tone_free += without_tones(_key(mine)) == without_tones(_key(value))
    for name, mine in found.items():
        if mine is not None and name not in document["fields"]:
            into.setdefault(name, FieldScore()).unasked += 1


def all_fields(fields: Mapping[str, FieldScore]) -> FieldScore:
    """Adds the fields up."""
    return FieldScore(
        **{name: sum(getattr(each, name) for each in fields.values()) for name in FieldScore.__slots__}
    )


def _key(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).casefold().split())
