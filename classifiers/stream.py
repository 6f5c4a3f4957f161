"""Cuts a stack of pages into documents.

Pages stay in order and every page belongs to exactly one document. The two sides of a card are joined, blank
backs follow their front page, all other pages are cut where that costs least over the whole run (package
``classifiers.cut``). The cut is a function of the readings and of the types that the checklist expects: the
same stack always gives the same documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from classifiers.cut.card_sides import Card, find_cards
from classifiers.cut.costs import CONTRACTS, OFFICIAL
from classifiers.cut.cues import cues_of, front_of, is_blank, is_cover, is_illegible
from classifiers.cut.optimum import cut
from classifiers.marks.expectations import Expectations
from classifiers.merging import disagreements, merge_fields
from dossiers.document import PAGE_NEEDS_PERSON
from dossiers.document_types import BLANK, UNKNOWN
from dossiers.proposal import DocumentProposal
from dossiers.reading import Classification, CopyKind, FieldValue, Outcome, PageReading

#: Old papers that no longer prove identity or residence, though they are still received.
_NO_LONGER_VALID: Final = frozenset({"cmnd", "so_ho_khau"})
#: A first page is made to show its type; it counts as much as so many later ones.
_FIRST_PAGE_VOTES: Final = 2.0


@dataclass(slots=True)
class _Open:
    """A document while pages are still being added."""

    type_id: str
    positions: list[int]
    card: Card | None = None

    @classmethod
    def of(cls, card: Card) -> _Open:
        return cls(type_id=card.type_id, positions=card.positions, card=card)


class StreamSegmenter:
    """Proposes the documents of a stack.

    Args:
        expectations: tells missing seals and signatures; ``None`` looks for none.
    """

    name = "stream/3"

    def __init__(self, expectations: Expectations | None = None) -> None:
        self._expectations = expectations

    def assemble(
        self, readings: Sequence[PageReading], expected: Collection[str] = ()
    ) -> tuple[DocumentProposal, ...]:
        """Cuts the stack.

        Args:
            readings: the pages in the order of the stack.
            expected: types that the checklist of the procedure asks for; they weigh little.

        Returns:
            Documents in the order of their first page; together they hold every position exactly once.
        """
        documents: list[_Open] = []
        cards = {at: card for card in find_cards(readings) for at in card.positions}
        run: list[int] = []
        followers: list[int] = []
        for position, reading in enumerate(readings):
            if is_blank(reading):
                followers.append(position)
            elif position in cards:
                documents += _papers(run, readings, expected)
                run = []
                if position == cards[position].positions[0]:
                    documents.append(_Open.of(cards[position]))
            elif _is_unread(reading) and (run or documents):
                followers.append(position)
            else:
                run.append(position)
        documents += _papers(run, readings, expected)
        _let_follow(followers, documents)
        documents.sort(key=lambda each: min(each.positions))
        return tuple(_propose(document, readings, self._expectations) for document in documents)


def _papers(run: Sequence[int], readings: Sequence[PageReading], expected: Collection[str]) -> list[_Open]:
    """Cuts a run of pages between two cards."""
    found = cut([cues_of(readings[at], _pages_unread(at, readings)) for at in run], expected)
    papers = [[run[place] for place in each] for each in found]
    return [_Open(type_id=_voted_type([readings[at] for at in each]), positions=each) for each in papers]


def _pages_unread(position: int, readings: Sequence[PageReading]) -> int:
    """How many illegible pages lie just before: their numbers are missing in the count."""
    count = 0
    while position > count and _is_unread(readings[position - count - 1]):
        count += 1
    return count


def _is_unread(reading: PageReading) -> bool:
    return is_illegible(reading) and not is_cover(reading)


def _voted_type(pages: Sequence[PageReading]) -> str:
    """The type that most pages show, the first one above all; later pages of a kindred type agree with it."""
    leading = pages[0].classification.type_id
    kindred = next((group for group in (OFFICIAL, CONTRACTS) if leading in group), frozenset({leading}))
    votes: defaultdict[str, float] = defaultdict(float)
    for page in pages:
        found = page.classification
        type_id = leading if found.type_id in kindred else found.type_id
        weight = _FIRST_PAGE_VOTES if page is pages[0] else 1.0
        votes[type_id] += weight * found.confidence * (found.type_id != UNKNOWN)
    return max(votes, key=lambda type_id: (votes[type_id], type_id == leading))


def _let_follow(followers: Sequence[int], documents: list[_Open]) -> None:
    """Puts blank and illegible pages behind the page before them, leading ones into the first document."""
    owners = {at: document for document in documents for at in document.positions}
    if not owners and followers:
        documents.append(_Open(type_id=BLANK, positions=list(followers)))
        return
    for position in followers:
        owner = owners.get(position - 1) or owners[min(owners)]
        owner.positions.append(position)
        owners[position] = owner
    for document in documents:
        document.positions.sort()


def _propose(
    document: _Open, readings: Sequence[PageReading], expectations: Expectations | None
) -> DocumentProposal:
    pages = [readings[at] for at in document.positions]
    leading = _telling(document.type_id, pages)
    values = [value for page in pages for value in page.fields]
    copy_kind = _copy_kind(pages)
    missing = expectations.missing(document.type_id, copy_kind, pages) if expectations is not None else ()
    return DocumentProposal(
        type_id=document.type_id,
        positions=tuple(_ordered(document)),
        confidence=leading.confidence,
        evidence=leading.evidence,
        copy_kind=copy_kind,
        fields=merge_fields(values),
        issues=(*_issues(document, values, pages), *missing),
    )


def _telling(type_id: str, pages: Sequence[PageReading]) -> Classification:
    """What the first page that shows the document's type says; else the first page that is not blank."""
    found = [page.classification for page in pages if not is_blank(page)] or [pages[0].classification]
    return next((each for each in found if front_of(each.type_id) == type_id), found[0])


def _ordered(document: _Open) -> list[int]:
    """Ascending, a card's front first."""
    front = document.card.front if document.card is not None else None
    return sorted(document.positions, key=lambda at: (front is not None and at != front, at))


def _copy_kind(pages: Sequence[PageReading]) -> CopyKind:
    kinds = [page.classification.copy_kind for page in pages if not is_blank(page)]
    for kind in (CopyKind.CERTIFIED_COPY, CopyKind.EXTRACT_COPY, CopyKind.ORIGINAL):
        if kind in kinds:
            return kind
    return CopyKind.UNKNOWN


def _issues(document: _Open, values: Sequence[FieldValue], pages: Sequence[PageReading]) -> tuple[str, ...]:
    issues = list(disagreements(values))
    if document.card is not None and len(document.card.positions) == 1:
        issues.append("FRONT_MISSING" if document.card.front is None else "BACK_MISSING")
    if any(page.outcome is Outcome.NEEDS_PERSON for page in pages):
        issues.append(PAGE_NEEDS_PERSON)
    if document.type_id in _NO_LONGER_VALID:
        issues.append("NO_LONGER_VALID")
    return tuple(issues)
