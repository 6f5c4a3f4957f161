"""Which document fills which slot: one best assignment over all of them.

Criteria in order of weight, each counting only where the ones before it are equal: required slots filled;
slots filled; papers that may not be asked for come last; the paper is the dossier owner's; the type is a
preferred one; original or copy as asked for; whole and still valid; sure of its type; newly issued; the order
of the dossier. What a clerk has placed or confirmed stays where it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from dossiers.assignment import best_assignment
from dossiers.codes.personal_number import PersonalNumber
from dossiers.document import Document, DocumentState
from dossiers.document_types import BLANK, UNKNOWN
from dossiers.errors import InputError
from dossiers.reading import CopyKind
from dossiers.slot import Slot, SlotRule

#: Largest value of each criterion, in order of weight.
_LARGEST: Final = (1, 1, 1, 2, 31, 2, 2, 10, date.max.toordinal(), 999, 999, 999 * 999)
#: A paper that no longer proves anything, and one of which something is missing.
_NOT_VALID: Final = frozenset({"NO_LONGER_VALID"})
_NOT_WHOLE: Final = frozenset({"FRONT_MISSING", "BACK_MISSING", "PAGE_NEEDS_PERSON"})
_COPIES: Final = frozenset({CopyKind.EXTRACT_COPY, CopyKind.CERTIFIED_COPY})


def fill_slots(
    rules: Sequence[SlotRule],
    documents: Sequence[Document],
    *,
    owner_number: str | None = None,
    present: Sequence[Slot] = (),
) -> tuple[Slot, ...]:
    """Gives each slot at most one document and each document at most one slot.

    Args:
        rules: the checklist.
        documents: the documents of the dossier in any order; those that need a clerk, whose type is unknown,
            or that were withdrawn fill nothing.
        owner_number: personal number of the dossier's owner, where known.
        present: the slots as they are. A pinned one keeps its document while that is there, and an unpinned
            one keeps it once it is confirmed and still accepted.

    Returns:
        The slots in checklist order; the same documents in another order give the same slots.
    """
    ordered = sorted(documents, key=lambda each: (each.ordinal, each.document_id))
    kept = _kept(rules, ordered, present)
    taken = {slot.document_id for slot in kept.values()}
    free = [each for each in ordered if each.document_id not in taken and _is_known(each)]
    open_rules = [rule for rule in rules if rule.key not in kept]
    worths = [
        [_worth(rule, document, owner_number, (place, at)) for at, rule in enumerate(open_rules)]
        for place, document in enumerate(free)
    ]
    chosen = {
        open_rules[at].key: document.document_id
        for document, at in zip(free, best_assignment(_packed(worths)), strict=True)
        if at is not None
    }
    return tuple(kept.get(rule.key, Slot(rule=rule, document_id=chosen.get(rule.key))) for rule in rules)


def can_fill(rule: SlotRule, document: Document) -> bool:
    """Whether a document may fill a slot by its type and by whose paper it is."""
    if document.type_id not in rule.accepts:
        return False
    sex = sex_of(document) if rule.holder_sex else None
    return sex is None or sex == rule.holder_sex


def sex_of(document: Document) -> str | None:
    """``Nam`` or ``Nữ`` of the person a document is about; ``None`` where it does not tell."""
    for value in document.fields:
        if value.name == "sex" and value.value in {"Nam", "Nữ"}:
            return value.value
    for number in _numbers(document):
        return number.sex.value if number.sex else None
    return None


def names_owner(document: Document, owner_number: str | None) -> bool | None:
    """Whether a document carries the owner's number; ``None`` where it carries nobody's."""
    numbers = {number.digits for number in _numbers(document) if not number.is_old_card_number}
    return None if owner_number is None or not numbers else owner_number in numbers


def is_other_form(rule: SlotRule, document: Document) -> bool:
    """Whether a copy lies where an original is asked for."""
    return rule.form == "B" and document.copy_kind in _COPIES


def _numbers(document: Document) -> list[PersonalNumber]:
    found = []
    for value in document.fields:
        if value.name.endswith("personal_number") and value.value is not None:
            try:
                found.append(PersonalNumber.parse(value.value))
            except InputError:
                continue
    return found


def _is_known(document: Document) -> bool:
    is_there = document.state is not DocumentState.WITHDRAWN and document.type_id not in (BLANK, UNKNOWN)
    return is_there and not document.needs_clerk


def _kept(
    rules: Sequence[SlotRule], documents: Sequence[Document], present: Sequence[Slot]
) -> Mapping[str, Slot]:
    """Slots that stay as they are, by key; their rule is that of today."""
    there = {each.document_id: each for each in documents if each.state is not DocumentState.WITHDRAWN}
    known = {rule.key: rule for rule in rules}
    kept: dict[str, Slot] = {}
    used: set[str] = set()
    for slot in sorted(present, key=lambda slot: not slot.is_pinned):
        rule, document = known.get(slot.rule.key), there.get(slot.document_id or "")
        if rule is None or rule.key in kept or (document and document.document_id in used):
            continue
        if slot.is_pinned and (document is not None or slot.document_id is None):
            kept[rule.key] = Slot(rule=rule, document_id=slot.document_id, is_pinned=True)
        elif document and document.state is DocumentState.CONFIRMED and can_fill(rule, document):
            kept[rule.key] = Slot(rule=rule, document_id=document.document_id)
        if rule.key in kept and document is not None:
            used.add(document.document_id)
    return kept


def _worth(
    rule: SlotRule, document: Document, owner_number: str | None, place: tuple[int, int]
) -> tuple[int, ...] | None:
    """The criteria as numbers, the larger the better; ``None`` where the document may not fill the slot."""
    if not can_fill(rule, document):
        return None
    row, column = min(place[0], 998), min(place[1], 998)
    return (
        int(rule.is_required),
        1,
        int(rule.policy != "already_shared"),
        {True: 2, None: 1, False: 0}[names_owner(document, owner_number)],
        31 - min(31, rule.accepts.index(document.type_id)),
        _form_fit(rule, document),
        0 if _NOT_VALID & set(document.issues) else 1 if _NOT_WHOLE & set(document.issues) else 2,
        round(10 * document.confidence),
        _issued(document),
        999 - row,
        999 - column,
        row * column,
    )


def _form_fit(rule: SlotRule, document: Document) -> int:
    if not rule.form or document.copy_kind is CopyKind.UNKNOWN:
        return 1
    is_copy = document.copy_kind in _COPIES
    return 2 if is_copy == (rule.form == "C") else 0


def _issued(document: Document) -> int:
    """The day of issue as a number of days; 0 where it is not known."""
    for value in document.fields:
        if value.name == "issue_date" and value.value is not None:
            try:
                return date.fromisoformat(value.value).toordinal()
            except ValueError:
                return 0
    return 0


def _packed(worths: Sequence[Sequence[tuple[int, ...] | None]]) -> list[list[int | None]]:
    """One whole number for all criteria: sums of a lighter one never reach one step of a heavier one."""
    rows = len(worths)
    bases = [rows * largest + 1 for largest in _LARGEST]

    def pack(worth: tuple[int, ...]) -> int:
        packed = 0
        for value, base in zip(worth, bases, strict=True):
            packed = packed * base + value
        return packed

    return [[None if worth is None else pack(worth) for worth in row] for row in worths]
