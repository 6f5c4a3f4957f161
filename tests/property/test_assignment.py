"""The assignment against trying everything, and what fills slots whatever the order of arrival."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.assignment import best_assignment
from dossiers.document import Document, DocumentState
from dossiers.reading import CopyKind, FieldValue, Source
from dossiers.slot import Slot, SlotRule
from dossiers.slot_filling import can_fill, fill_slots

Worths = list[list[int | None]]


@st.composite
def tables(draw: st.DrawFn) -> Worths:
    columns = draw(st.integers(1, 5))
    cell = st.one_of(st.none(), st.integers(0, 6), st.integers(0, 10**40))
    return draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), max_size=5))


def _best(worths: Sequence[Sequence[int | None]], used: frozenset[int] = frozenset()) -> int:
    if not worths:
        return 0
    first, rest = worths[0], worths[1:]
    gains = [
        worth + _best(rest, used | {column})
        for column, worth in enumerate(first)
        if worth is not None and column not in used
    ]
    return max([*gains, _best(rest, used)])


@settings(deadline=None, max_examples=150)
@given(tables())
def test_no_other_assignment_is_worth_more(worths: Worths) -> None:
    chosen = best_assignment(worths)
    taken = [column for column in chosen if column is not None]
    assert len(taken) == len(set(taken))
    gained = [worths[row][column] for row, column in enumerate(chosen) if column is not None]
    assert None not in gained
    assert sum(each for each in gained if each is not None) == _best(worths)


_TYPES = ("ct01", "cccd_front", "can_cuoc_front", "gcn_qsdd", "unknown")
_rules = st.lists(
    st.builds(
        SlotRule,
        key=st.integers(0, 99).map(str),
        name=st.just("Thành phần"),
        accepts=st.lists(st.sampled_from(_TYPES[:4]), max_size=3, unique=True).map(tuple),
        is_required=st.booleans(),
        policy=st.sampled_from(["digitize", "already_shared"]),
        form=st.sampled_from(["", "B", "C"]),
        holder_sex=st.sampled_from(["", "Nam", "Nữ"]),
    ),
    max_size=5,
    unique_by=lambda rule: rule.key,
)


def _sex(value: str) -> tuple[FieldValue, ...]:
    return (FieldValue(name="sex", raw=value, value=value, box=None, confidence=1.0, source=Source.QR),)


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    return [
        Document(
            document_id=f"d{number}",
            dossier_id="d",
            ordinal=number,
            type_id=draw(st.sampled_from(_TYPES)),
            page_ids=(f"p{number}",),
            confidence=draw(st.sampled_from([0.3, 0.6, 0.9])),
            evidence="",
            copy_kind=draw(st.sampled_from(CopyKind)),
            fields=draw(st.sampled_from([(), _sex("Nam"), _sex("Nữ")])),
            issues=(),
            state=draw(st.sampled_from(DocumentState)),
        )
        for number in range(1, draw(st.integers(0, 5)) + 1)
    ]


@settings(deadline=None, max_examples=150)
@given(_rules, documents(), st.randoms(use_true_random=False))
def test_slots_do_not_depend_on_the_order_of_arrival_and_fit(rules, papers, chance) -> None:
    slots = fill_slots(rules, papers)
    known = {paper.document_id: paper for paper in papers}
    used = [slot.document_id for slot in slots if slot.document_id]
    assert len(used) == len(set(used))
    assert [slot.rule for slot in slots] == rules
    for slot in slots:
        if slot.document_id:
            paper = known[slot.document_id]
            assert can_fill(slot.rule, paper)
            assert not paper.needs_clerk
            assert paper.state is not DocumentState.WITHDRAWN
    mixed = list(papers)
    chance.shuffle(mixed)
    assert fill_slots(rules, mixed) == slots
    assert fill_slots(rules, papers, present=slots) == slots


@settings(deadline=None, max_examples=100)
@given(_rules, documents(), st.data())
def test_what_a_clerk_pinned_stays(rules, papers, data) -> None:
    there = [paper for paper in papers if paper.state is not DocumentState.WITHDRAWN]
    if not rules or not there:
        return
    rule, paper = data.draw(st.sampled_from(rules)), data.draw(st.sampled_from(there))
    pinned = Slot(rule=rule, document_id=paper.document_id, is_pinned=True)
    slots = fill_slots(rules, papers, present=[pinned])
    assert [slot for slot in slots if slot.document_id == paper.document_id] == [pinned]


@settings(deadline=None, max_examples=100)
@given(_rules, documents())
def test_as_many_required_slots_are_filled_as_can_be(rules, papers) -> None:
    usable = [p for p in papers if p.state is DocumentState.PROPOSED and not p.needs_clerk]
    slots = fill_slots(rules, usable)
    required = [rule for rule in rules if rule.is_required]
    most = _best([[1 if can_fill(rule, paper) else None for rule in required] for paper in usable])
    assert sum(slot.rule.is_required and slot.document_id is not None for slot in slots) == most
