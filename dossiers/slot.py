"""Component slots: one place in the checklist of a dossier, and the document that fills it.

Rules: a slot takes at most one document, surplus goes to the other papers; a paper that a form merely
lists fills nothing; a missing component is named, never made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossiers.document import Document
from dossiers.document_types import BLANK, UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRule:
    """What one component of the procedure asks for.

    Attributes:
        key: stable key of the component within its procedure.
        name: the component's name in Vietnamese.
        accepts: document type ids that fill it, the preferred first; empty where no type is known.
        is_required: whether the dossier is incomplete without it.
        policy: what is to be done with the paper, for example ``digitize`` or ``present_only``.
    """

    key: str
    name: str
    accepts: tuple[str, ...]
    is_required: bool
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A slot of a dossier: ``document_id`` is ``None`` while nothing fills it."""

    rule: SlotRule
    document_id: str | None


def fill_slots(rules: Sequence[SlotRule], documents: Sequence[Document]) -> tuple[Slot, ...]:
    """Gives each slot at most one document: for each rule in order, by its preference, then by arrival.

    A document fills at most one slot, and one that needs a clerk, or whose type is unknown, fills none.
    """
    free = {d.document_id: d for d in documents if not d.needs_clerk and d.type_id not in (BLANK, UNKNOWN)}
    slots = []
    for rule in rules:
        chosen = _choose(rule, tuple(free.values()))
        if chosen is not None:
            del free[chosen.document_id]
        slots.append(Slot(rule=rule, document_id=chosen.document_id if chosen else None))
    return tuple(slots)


def other_papers(slots: Sequence[Slot], documents: Sequence[Document]) -> tuple[Document, ...]:
    """Documents that fill no slot (giấy tờ khác), in the order of the dossier."""
    used = {slot.document_id for slot in slots}
    return tuple(document for document in documents if document.document_id not in used)


def missing(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Required slots that nothing fills."""
    return tuple(slot for slot in slots if slot.rule.is_required and slot.document_id is None)


def _choose(rule: SlotRule, documents: Sequence[Document]) -> Document | None:
    fitting = [document for document in documents if document.type_id in rule.accepts]
    return min(fitting, key=lambda d: (rule.accepts.index(d.type_id), d.ordinal), default=None)
