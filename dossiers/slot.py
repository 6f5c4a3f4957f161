"""Component slots: one place in the checklist of a dossier, and the document that fills it.

Rules: a slot takes at most one document, surplus goes to the other papers; a paper that a form merely
lists fills nothing; a missing component is named, never made up. Which document goes where is decided in
``dossiers.slot_filling``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossiers.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRule:
    """What one component of the procedure asks for.

    Attributes:
        key: stable key of the component within its procedure.
        name: the component's name in Vietnamese.
        accepts: document type ids that fill it, the preferred first; empty where no type is known.
        is_required: whether the dossier is incomplete without it.
        policy: what is to be done with the paper, for example ``digitize`` or ``present_only``.
        form: ``B`` original, ``C`` copy, ``X`` presented; empty where no source says.
        holder_sex: ``Nam`` or ``Nữ`` where the paper must be that person's; empty for anybody's.
    """

    key: str
    name: str
    accepts: tuple[str, ...]
    is_required: bool
    policy: str
    form: str = ""
    holder_sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A slot of a dossier: ``document_id`` is ``None`` while nothing fills it.

    ``is_pinned`` says that a clerk put the document there (or took it away): filing again leaves it.
    """

    rule: SlotRule
    document_id: str | None
    is_pinned: bool = False


def other_papers(slots: Sequence[Slot], documents: Sequence[Document]) -> tuple[Document, ...]:
    """Documents that fill no slot (giấy tờ khác), in the order of the dossier."""
    used = {slot.document_id for slot in slots}
    return tuple(document for document in documents if document.document_id not in used)


def missing(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """Required slots that nothing fills."""
    return tuple(slot for slot in slots if slot.rule.is_required and slot.document_id is None)
