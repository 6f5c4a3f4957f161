"""The engine of reuse: for each slot, what on file satisfies it, and why not.

Order of preference: a valid result of the office, another valid paper on file, a national database, the
paper itself. Each paper stands in for one slot at most. Slots are served in checklist order, moving earlier
ones to another paper where that lets a later one be served too; therefore one more valid paper never takes
a grant away (complements in the assignment problem), and revoking or expiring one never gives a grant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossiers.document_types import DOCUMENT_TYPES
from dossiers.paper_facts import facts_of, term_of_held
from dossiers.procedures import ComponentPolicy, DataSource
from dossiers.reuse_book import RefusalRule, ReuseBook, fill
from dossiers.reuse_case import HeldPaper, ReuseCase, ReuseSlot
from dossiers.reuse_outcome import AskSource, Granted, Outcome, Refused, Scan, Sentence, SlotOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """Papers on file for one slot: usable ones, the best first, and refused ones with their rules."""

    usable: tuple[HeldPaper, ...]
    refused: tuple[Refused, ...]


def decide(
    slots: Sequence[ReuseSlot], papers: Sequence[HeldPaper], case: ReuseCase, book: ReuseBook
) -> tuple[SlotOutcome, ...]:
    """Answers every slot; a pure function.

    Args:
        slots: in checklist order.
        papers: the confirmed papers of one person, in any order: the answer does not depend on it.
        case: the circumstances.
        book: the rules.
    """
    ordered = sorted(papers, key=lambda each: each.paper.paper_id)
    judged = [_judge(slot, ordered, case, book) for slot in slots]
    chosen = _match([[each.paper.paper_id for each in one.usable] for one in judged])
    by_id = {each.paper.paper_id: each for each in ordered}
    return tuple(
        SlotOutcome(
            rule=slot.rule,
            condition=slot.condition,
            outcome=_granted(by_id[chosen[at]], book) if at in chosen else _otherwise(slot, one, case, book),
            refusals=one.refused,
        )
        for at, (slot, one) in enumerate(zip(slots, judged, strict=True))
    )


def is_about_owner(slot: ReuseSlot, case: ReuseCase) -> bool:
    """Whether the slot's paper may be the owner's: a slot for the other sex is the other person's."""
    return not slot.rule.holder_sex or not case.sex or slot.rule.holder_sex == case.sex


def type_sentence(type_id: str) -> Sentence:
    """What a kind of paper is called within a sentence."""
    kind = DOCUMENT_TYPES.get(type_id)
    if kind is None:
        return Sentence(vi=type_id, en=type_id)
    return Sentence(vi=kind.vi, en=kind.en[:1].lower() + kind.en[1:])


def _judge(slot: ReuseSlot, papers: Sequence[HeldPaper], case: ReuseCase, book: ReuseBook) -> _Judged:
    if slot.rule.policy == ComponentPolicy.FORBIDDEN.value or not is_about_owner(slot, case):
        return _Judged(usable=(), refused=())
    usable: list[HeldPaper] = []
    refused: list[Refused] = []
    for held in papers:
        if not _fits(slot, held):
            continue
        rule = _refusing(held, slot, case, book)
        if rule is None:
            usable.append(held)
        else:
            refused.append(_refused(held, rule))
    usable.sort(key=lambda held: _worth(held, slot, book), reverse=True)
    order = {rule.code: at for at, rule in enumerate(book.rules)}
    refused.sort(key=lambda each: order[each.code], reverse=True)
    return _Judged(usable=tuple(usable), refused=tuple(dict.fromkeys(refused)))


def _fits(slot: ReuseSlot, held: HeldPaper) -> bool:
    is_result = bool(held.result_code) and held.paper.procedure_code in slot.results_of
    return is_result or held.paper.type_id in slot.rule.accepts


def _refusing(held: HeldPaper, slot: ReuseSlot, case: ReuseCase, book: ReuseBook) -> RefusalRule | None:
    facts = facts_of(held, slot, case, book)
    type_id = held.paper.type_id
    return next((r for r in book.rules if r.refuses(facts, type_id, case.branch, case.day)), None)


def _refused(held: HeldPaper, rule: RefusalRule) -> Refused:
    is_hidden = rule.hides_paper
    return Refused(
        code=rule.code,
        paper_id=None if is_hidden else held.paper.paper_id,
        may_overrule=rule.may_overrule,
        why=rule.why if is_hidden else fill(rule.why, type=type_sentence(held.paper.type_id)),
    )


def _worth(held: HeldPaper, slot: ReuseSlot, book: ReuseBook) -> tuple[int, int, int, int, str]:
    """The larger the better: results of the office, preferred types, the longest valid, the newest."""
    accepts = slot.rule.accepts
    type_id = held.paper.type_id
    until, issued = term_of_held(held, book).until, held.paper.issued_on
    return (
        int(bool(held.result_code)),
        -(accepts.index(type_id) if type_id in accepts else len(accepts)),
        until.toordinal() if until else 10_000_000,
        issued.toordinal() if issued else 0,
        held.paper.paper_id,
    )


def _match(wishes: Sequence[Sequence[str]]) -> dict[int, str]:
    """Serves the slots in order by augmenting paths; a slot once served stays served."""
    slot_of: dict[str, int] = {}
    for slot in range(len(wishes)):
        _place(slot, wishes, slot_of, set())
    return {slot: paper for paper, slot in slot_of.items()}


def _place(slot: int, wishes: Sequence[Sequence[str]], slot_of: dict[str, int], seen: set[str]) -> bool:
    for paper in wishes[slot]:
        if paper not in seen:
            seen.add(paper)
            if paper not in slot_of or _place(slot_of[paper], wishes, slot_of, seen):
                slot_of[paper] = slot
                return True
    return False


def _granted(held: HeldPaper, book: ReuseBook) -> Granted:
    until = term_of_held(held, book).until
    origin = held.result_code or held.paper.dossier_code
    key = "GRANTED_RESULT" if held.result_code else "GRANTED_STORE"
    return Granted(
        source=DataSource.OFFICE_RESULTS if held.result_code else DataSource.CITIZEN_STORE,
        origin=origin,
        paper_id=held.paper.paper_id,
        type_id=held.paper.type_id,
        page_count=max(1, held.paper.page_count),
        until=until,
        why=book.say(
            key,
            type=type_sentence(held.paper.type_id),
            origin=Sentence(vi=origin, en=origin),
            until=book.until(until),
        ),
    )


def _otherwise(slot: ReuseSlot, judged: _Judged, case: ReuseCase, book: ReuseBook) -> Outcome:
    policy = slot.rule.policy
    if policy == ComponentPolicy.FORBIDDEN.value:
        return Scan(code="FORBIDDEN", why=book.say("FORBIDDEN"))
    if sources := _askable(slot, case, book):
        return AskSource(
            sources=sources,
            papers=slot.rule.accepts,
            why=book.say("ASK_SOURCE", source=_names(sources, book)),
        )
    if policy == ComponentPolicy.PRESENT_ONLY.value:
        return Scan(code="SHOW_ONLY", why=book.say("SHOW_ONLY"), is_shown=True)
    if judged.refused:
        return judged.refused[0]
    if not slot.rule.accepts:
        return Scan(code="NO_KNOWN_TYPE", why=book.say("NO_KNOWN_TYPE"))
    return Scan(code="NOTHING_HELD", why=book.say("NOTHING_HELD"))


def _askable(slot: ReuseSlot, case: ReuseCase, book: ReuseBook) -> tuple[DataSource, ...]:
    if not is_about_owner(slot, case):
        return ()
    wanted = set(slot.sources) & case.connected
    return tuple(
        each.source for each in book.sources if each.source in wanted and case.kinds & set(each.numbers)
    )


def _names(sources: Sequence[DataSource], book: ReuseBook) -> Sentence:
    names: Mapping[DataSource, Sentence] = {each.source: each.name for each in book.sources}
    known = [names[each] for each in sources]
    return Sentence(vi=", ".join(each.vi for each in known), en=", ".join(each.en for each in known))
