"""Why each document is where it is, in one sentence for the clerk: filled, surplus, missing.

A pure function of what is recorded, so that the sentence always fits the slots that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dossiers.document import Document, DocumentState
from dossiers.document_names import full_name, type_name
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.slot import Slot
from dossiers.slot_filling import can_fill, is_other_form, names_owner


class SlotStanding(StrEnum):
    """What became of a slot or a document."""

    FILLS = "fills"
    OTHER = "other"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One sentence.

    Attributes:
        standing: what it is about.
        slot_key: the slot that is filled or missing; ``None`` for a surplus paper.
        document_id: the document that fills or is surplus; ``None`` for what is missing.
        vi: the sentence in Vietnamese.
        en: the sentence in English.
    """

    standing: SlotStanding
    slot_key: str | None
    document_id: str | None
    vi: str
    en: str


def explain_slots(
    slots: Sequence[Slot], documents: Sequence[Document], owner_number: str | None = None
) -> tuple[Explanation, ...]:
    """Explains filled slots and missing ones in checklist order, then surplus papers in dossier order."""
    known = {document.document_id: document for document in documents}
    used = {slot.document_id for slot in slots}
    told = list(_told_slots(slots, known, owner_number))
    surplus = [each for each in documents if each.document_id not in used and each.type_id != BLANK]
    told += [
        _surplus(each, slots, known)
        for each in sorted(surplus, key=lambda each: each.ordinal)
        if each.state is not DocumentState.WITHDRAWN
    ]
    return tuple(told)


def _told_slots(
    slots: Sequence[Slot], known: dict[str, Document], owner_number: str | None
) -> Iterator[Explanation]:
    for number, slot in enumerate(slots, start=1):
        document = known.get(slot.document_id or "")
        if document is not None:
            yield _filled(number, slot, document, owner_number)
        elif slot.rule.is_required:
            yield _missing(number, slot, known.values())


def _filled(number: int, slot: Slot, document: Document, owner_number: str | None) -> Explanation:
    remarks = list(_remarks(slot, document, owner_number))
    vi = f"{full_name(document, 'vi')} đáp ứng thành phần {number}: {slot.rule.name}"
    en = f"{full_name(document, 'en')} meets component {number}: {slot.rule.name}"
    return Explanation(
        standing=SlotStanding.FILLS,
        slot_key=slot.rule.key,
        document_id=document.document_id,
        vi="; ".join((vi, *(remark for remark, _ in remarks))) + ".",
        en="; ".join((en, *(remark for _, remark in remarks))) + ".",
    )


def _remarks(slot: Slot, document: Document, owner_number: str | None) -> Iterator[tuple[str, str]]:
    """What the clerk should know about the choice, most weighty first."""
    rule = slot.rule
    if slot.is_pinned:
        yield "do cán bộ chọn", "chosen by a clerk"
    elif _is_substitute(document.type_id, rule.accepts):
        first = rule.accepts[0]
        yield (
            f"là giấy tờ được chấp nhận thay cho {_lowered(type_name(first, 'vi'))}",
            f"accepted in place of: {type_name(first, 'en')}",
        )
    if is_other_form(rule, document):
        yield "thành phần này cần bản chính, cần đối chiếu", "an original is asked for: compare with it"
    is_identity = DOCUMENT_TYPES[document.type_id].is_identity and not rule.holder_sex
    is_owners = names_owner(document, owner_number) if is_identity else None
    if is_owners:
        yield "mang số định danh của chủ hồ sơ", "it carries the owner's personal number"
    elif is_owners is False:
        yield "mang số định danh của người khác", "it carries somebody else's personal number"
    if rule.policy == "already_shared":
        yield "không bắt buộc nộp vì đã có trong cơ sở dữ liệu", "not to be asked for: a database has it"


def _is_substitute(type_id: str, accepts: Sequence[str]) -> bool:
    """Whether another paper is asked for first; of identity papers each is as good as the other."""
    is_identity = DOCUMENT_TYPES[type_id].is_identity
    return type_id in accepts[1:] and not (is_identity and DOCUMENT_TYPES[accepts[0]].is_identity)


def _missing(number: int, slot: Slot, documents: Iterable[Document]) -> Explanation:
    rule = slot.rule
    doubtful = [each for each in documents if each.type_id in rule.accepts and each.needs_clerk]
    vi, en = f"Thiếu thành phần {number}: {rule.name}", f"Missing component {number}: {rule.name}"
    if doubtful:
        at = min(each.ordinal for each in doubtful)
        vi += f"; có thể là giấy tờ số {at} nhưng chưa chắc chắn, cần cán bộ xem"
        en += f"; it may be paper {at}, but that is not sure: a clerk must look"
    return Explanation(
        standing=SlotStanding.MISSING,
        slot_key=rule.key,
        document_id=None,
        vi=f"{vi}.",
        en=f"{en}.",
    )


def _surplus(document: Document, slots: Sequence[Slot], known: dict[str, Document]) -> Explanation:
    reason = _why_surplus(document, slots, known)
    return Explanation(
        standing=SlotStanding.OTHER,
        slot_key=None,
        document_id=document.document_id,
        vi=f"Thừa: {full_name(document, 'vi')}; {reason[0]}.",
        en=f"Surplus: {full_name(document, 'en')}; {reason[1]}.",
    )


def _why_surplus(document: Document, slots: Sequence[Slot], known: dict[str, Document]) -> tuple[str, str]:
    if document.type_id == UNKNOWN:
        return "chưa rõ loại giấy tờ, cần cán bộ xem", "its type is not known: a clerk must look"
    if document.needs_clerk:
        return "chưa chắc chắn về loại giấy tờ, cần cán bộ xem", "its type is not sure: a clerk must look"
    wanted = [(at, slot) for at, slot in enumerate(slots, start=1) if document.type_id in slot.rule.accepts]
    if not wanted:
        return (
            "thủ tục không có thành phần nào nhận loại này",
            "no component of the procedure takes this type",
        )
    fitting = [(at, slot) for at, slot in wanted if can_fill(slot.rule, document)]
    if not fitting:
        at = wanted[0][0]
        return f"thành phần {at} cần giấy tờ của người khác", f"component {at} wants another person's paper"
    at, slot = fitting[0]
    other = known.get(slot.document_id or "")
    if other is None:
        return f"cán bộ đã bỏ khỏi thành phần {at}", f"a clerk took it out of component {at}"
    return (
        f"thành phần {at} đã có {_lowered(full_name(other, 'vi'))}",
        f"component {at} already has: {full_name(other, 'en')}",
    )


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
