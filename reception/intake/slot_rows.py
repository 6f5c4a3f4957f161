"""The checklist as a clerk sees it: what is filled, what is on file, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dossiers.page_groups import PageGroup
from dossiers.reuse_desk import ReuseAnswer
from dossiers.reuse_outcome import AskSource, Granted, SlotOutcome
from dossiers.slot import Slot


class Standing(StrEnum):
    """Where a slot stands."""

    FILLED = "filled"
    ARRIVING = "arriving"  # a page that waits to be read was named, or read, as what fills it
    REUSED = "reused"
    ON_FILE = "on_file"
    ASKING = "asking"  # a national database is being asked
    SHOWN = "shown"  # only presented, and handed back
    MISSING = "missing"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow:
    """One slot.

    Attributes:
        number: 1-based place in the checklist; its key.
        key: key of the slot.
        name: what is asked for.
        standing: where it stands.
        group: place of the papers that fill it among the groups of the screen, from 1; 0 for none.
        source: from where it is, or was, taken: key of a data source; empty for none.
        origin: code of the dossier or result that it is taken from.
        until: last day on which what is on file counts, ISO; empty without end.
        why: one sentence on what is on file, or why it may not be used.
        condition: when it is needed; empty for always.
        is_pinned: whether a clerk put it there.
    """

    number: int
    key: str
    name: str
    standing: Standing
    group: int = 0
    source: str = ""
    origin: str = ""
    until: str = ""
    why: str = ""
    condition: str = ""
    is_pinned: bool = False


def slot_rows(
    slots: Sequence[Slot],
    groups: Sequence[PageGroup],
    reused: Mapping[str, str],
    answer: ReuseAnswer | None,
    language: str,
) -> tuple[SlotRow, ...]:
    """Makes the rows; a pure function.

    Args:
        slots: the checklist as it is filled.
        groups: the papers of the screen, in order.
        reused: by slot key, from where a paper is taken that the citizen is not asked for.
        answer: what is on file, if that is known.
        language: ``vi`` or ``en``.
    """
    outcomes = {each.rule.key: each for each in answer.slots} if answer else {}
    places = {group.document.document_id: at for at, group in enumerate(groups, 1) if group.document}
    filled = {slot.document_id for slot in slots}
    loose = {
        at: group
        for at, group in enumerate(groups, 1)
        if group.document is None or group.document.document_id not in filled
    }
    rows = []
    for number, slot in enumerate(slots, start=1):
        at = places.get(slot.document_id or "", 0)
        arriving = 0 if at or slot.is_pinned else _arriving(slot, loose)
        if arriving:
            del loose[arriving]
        rows.append(_row(number, slot, (at, arriving), reused, outcomes.get(slot.rule.key), language))
    return tuple(rows)


def _arriving(slot: Slot, loose: Mapping[int, PageGroup]) -> int:
    """The first papers that would fill the slot and wait to be filed; 0 where there are none."""
    waiting = (at for at, group in loose.items() if group.document is None)
    return next((at for at in waiting if loose[at].type_id in slot.rule.accepts), 0)


def _row(
    number: int,
    slot: Slot,
    places: tuple[int, int],
    reused: Mapping[str, str],
    outcome: SlotOutcome | None,
    language: str,
) -> SlotRow:
    at, arriving = places
    granted = outcome.outcome if outcome and isinstance(outcome.outcome, Granted) else None
    why = ""
    if granted is not None:
        why = granted.why.in_language(language)
    elif outcome is not None and outcome.refusals:
        why = outcome.refusals[0].why.in_language(language)
    return SlotRow(
        number=number,
        key=slot.rule.key,
        name=slot.rule.name,
        standing=_standing(slot, at, arriving, slot.rule.key in reused, outcome),
        group=at or arriving,
        source=granted.source.value if granted else "",
        origin=reused.get(slot.rule.key) or (granted.origin if granted else ""),
        until=granted.until.isoformat() if granted and granted.until else "",
        why=why,
        condition=outcome.condition if outcome else "",
        is_pinned=slot.is_pinned,
    )


def _standing(slot: Slot, at: int, arriving: int, is_reused: bool, outcome: SlotOutcome | None) -> Standing:
    if at:
        return Standing.FILLED
    if is_reused:
        return Standing.REUSED
    if arriving:
        return Standing.ARRIVING
    if outcome is not None and outcome.is_granted:
        return Standing.ON_FILE
    if outcome is not None and isinstance(outcome.outcome, AskSource):
        return Standing.ASKING
    if slot.rule.policy == "present_only":
        return Standing.SHOWN
    return Standing.MISSING if slot.rule.is_required else Standing.OPTIONAL
