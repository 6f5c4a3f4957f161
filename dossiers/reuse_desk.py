"""Never ask twice: what a person need not bring for a procedure, and what the clerk decides about it.

Rules: nothing is granted without consent, purpose, ownership and validity on the day (the engine sees to it,
each time anew); national databases are asked outside any transaction; every decision is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import uuid4

from dossiers.arranging_step import ArrangingKind, ArrangingStep
from dossiers.catalogue import Catalogue
from dossiers.citizens import HolderNumber, NumberIndex, NumberKind, VaultAct, VaultEvent
from dossiers.codes.personal_number import PersonalNumber
from dossiers.consent import Purpose, given
from dossiers.dossier import Dossier
from dossiers.errors import AccessDenied, RecordError
from dossiers.events import Event, EventKind
from dossiers.holder_lookup import find_known, owner_number
from dossiers.local_time import day_in_vietnam
from dossiers.national import NationalRegister
from dossiers.national_asking import ask_all
from dossiers.ports import Clock, RecordStore, UnitOfWork
from dossiers.procedures import Component, DataSource, Procedure
from dossiers.reuse import decide
from dossiers.reuse_book import ReuseBook
from dossiers.reuse_case import HeldPaper, ReuseCase, ReuseSlot
from dossiers.reuse_decision import ReuseDecision, Verdict
from dossiers.reuse_outcome import Granted, Refused, SlotOutcome
from dossiers.settling import Checklist, rules_of, settle
from dossiers.slot import SlotRule
from dossiers.vault import held_papers

#: The reason on record where a clerk undid what was taken.
UNDONE: Final = "Cán bộ hoàn tác"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseAnswer:
    """What a person need not bring, slot by slot.

    Attributes:
        procedure: as it is in force on the day.
        holder_id: whose papers; empty where nobody with the number is known.
        consents: purposes that the person agrees to.
        slots: the answers in checklist order.
    """

    procedure: Procedure
    holder_id: str
    consents: frozenset[Purpose]
    slots: tuple[SlotOutcome, ...]

    @property
    def granted(self) -> tuple[SlotOutcome, ...]:
        """Slots whose paper need not be brought."""
        return tuple(each for each in self.slots if each.is_granted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What the records say of a person."""

    holder_id: str
    entries: frozenset[str]
    consents: frozenset[Purpose]
    papers: tuple[HeldPaper, ...]
    disputed: frozenset[str]


class ReuseDesk:
    """The use cases of reuse.

    Args:
        records: the records.
        index: the blind index of numbers.
        catalogue: procedures.
        book: the rules of reuse.
        register: asks national databases.
        connected: databases that ``register`` can be asked for.
        checklist: returns the slots of a dossier.
        clock: the present moment.
    """

    def __init__(
        self,
        *,
        records: RecordStore,
        index: NumberIndex,
        catalogue: Catalogue,
        book: ReuseBook,
        register: NationalRegister,
        connected: frozenset[DataSource],
        checklist: Checklist,
        clock: Clock,
    ) -> None:
        self._records = records
        self._index = index
        self._catalogue = catalogue
        self._book = book
        self._register = register
        self._connected = connected
        self._checklist = checklist
        self._clock = clock

    def explain(
        self,
        number: HolderNumber,
        procedure_code: str,
        branch: str,
        clerk: str,
        *,
        variant: str | None = None,
        on: date | None = None,
        is_asking: bool = True,
    ) -> ReuseAnswer:
        """Says for each slot of a procedure what stands in for its paper, and why not.

        Args:
            number: the owner's: the authoriser's, where somebody else comes.
            procedure_code: as typed.
            branch: receiving point, an agency identifier.
            clerk: who asks; it is noted.
            variant: variant of the procedure, if it has several.
            on: the day; ``None`` for today in Viet Nam.
            is_asking: whether national databases are asked; else their slots stay ``AskSource``.

        Raises:
            InputError: BAD_PROCEDURE_CODE.
            RecordError: PROCEDURE_UNKNOWN, PROCEDURE_AMBIGUOUS.
        """
        day = on or day_in_vietnam(self._clock())
        procedure = self._catalogue.get(procedure_code, day, variant=variant)
        with self._records.transaction() as work:
            held = self._held(work, number)
            if held.holder_id:
                work.holders.add_event(self._checked(held.holder_id, clerk, procedure.number))
        case = self._case(number, held, procedure, branch, day)
        outcomes = decide(self._slots(procedure, day), held.papers, case, self._book)
        if is_asking:
            request = uuid4().hex[:12]
            outcomes = ask_all(outcomes, self._register, self._book, number, procedure.number, request, day)
        return ReuseAnswer(
            procedure=procedure, holder_id=held.holder_id, consents=held.consents, slots=outcomes
        )

    def explain_dossier(self, dossier_id: str, clerk: str, *, is_asking: bool = True) -> ReuseAnswer:
        """The same for the owner and the procedure of a dossier, today.

        Raises:
            RecordError: NOT_FOUND; NO_OWNER or NO_PROCEDURE, the dossier has none; PROCEDURE_UNKNOWN.
        """
        with self._records.transaction() as work:
            dossier = work.dossiers.get(dossier_id)
            number = owner_number(work, dossier)
            branch = branch_of(work, dossier)
            case = work.cases.find(dossier_id)
        if number is None:
            raise RecordError(
                "NO_OWNER",
                vi="Hồ sơ chưa có số định danh của chủ hồ sơ.",
                en="the dossier has no number of its owner",
            )
        if dossier.procedure_code is None:
            raise RecordError(
                "NO_PROCEDURE", vi="Hồ sơ không theo thủ tục nào.", en="the dossier has no procedure"
            )
        variant = case.variant if case and case.variant else None
        return self.explain(
            number, dossier.procedure_code, branch, clerk, variant=variant, is_asking=is_asking
        )

    def accept(self, dossier_id: str, slot_key: str, clerk: str) -> ReuseDecision:
        """Takes what is granted for a slot: the citizen is not asked for the paper.

        Raises:
            AccessDenied: NOT_GRANTED, nothing stands in for it today; PAPER_TAKEN, another slot has it.
            RecordError: as ``explain_dossier``; NOT_FOUND, there is no such slot.
        """
        answer = self.explain_dossier(dossier_id, clerk)
        slot = _slot(answer, slot_key)
        if not isinstance(slot.outcome, Granted):
            raise _not_granted(slot.outcome.why.vi, slot.outcome.why.en)
        return self._record(dossier_id, answer, slot, _accepted(slot.outcome), clerk, "")

    def overrule(self, dossier_id: str, slot_key: str, clerk: str, reason: str) -> ReuseDecision:
        """Decides against the proposal: asks for a paper that is granted, or takes one that was refused.

        The latter only where the rule that refuses allows it: never without consent, never what is revoked,
        expired, or another person's.

        Raises:
            AccessDenied: NOT_OVERRULABLE.
            RecordError: NO_REASON; as ``accept``.
        """
        if not reason.strip():
            raise RecordError("NO_REASON", vi="Phải ghi rõ lý do.", en="the reason is missing")
        answer = self.explain_dossier(dossier_id, clerk)
        slot = _slot(answer, slot_key)
        if slot.is_granted:
            return self._record(dossier_id, answer, slot, _Settled(verdict=Verdict.OVERRULED), clerk, reason)
        refused = next((each for each in slot.refusals if each.may_overrule), None)
        if refused is None or refused.paper_id is None:
            raise _not_overrulable()
        settled = self._taken(refused, refused.paper_id, answer.holder_id)
        return self._record(dossier_id, answer, slot, settled, clerk, reason)

    def let_go(self, dossier_id: str, slot_key: str, clerk: str) -> None:
        """Undoes what was taken for a slot: the paper is asked for, as before; nobody is looked up.

        Nothing is decided where nothing is taken (any more); the step of the clerk is undone all the same.
        """
        with self._records.transaction() as work:
            decisions = work.decisions.of_dossier(dossier_id)
            taken = next((each for each in decisions if each.slot_key == slot_key and each.is_saved), None)
            if taken is not None:
                asked = replace(
                    taken,
                    verdict=Verdict.OVERRULED,
                    source=None,
                    origin="",
                    paper_id=None,
                    type_id="",
                    page_count=0,
                    rule="",
                    clerk=clerk,
                    reason=UNDONE,
                    at=self._clock(),
                )
                self._keep(work, work.dossiers.get(dossier_id), asked)
            _mark_undone(work, dossier_id, slot_key, clerk)

    def _taken(self, refused: Refused, paper_id: str, holder_id: str) -> _Settled:
        with self._records.transaction() as work:
            papers = {each.paper.paper_id: each.paper for each in held_papers(work, holder_id)}
        paper = papers[paper_id]
        return _Settled(
            verdict=Verdict.TAKEN_ANYWAY,
            source=DataSource.CITIZEN_STORE,
            origin=paper.dossier_code,
            paper_id=paper_id,
            type_id=paper.type_id,
            page_count=max(1, paper.page_count),
            rule=refused.code,
        )

    def _record(
        self,
        dossier_id: str,
        answer: ReuseAnswer,
        slot: SlotOutcome,
        settled: _Settled,
        clerk: str,
        reason: str,
    ) -> ReuseDecision:
        with self._records.transaction() as work:
            dossier = work.dossiers.get(dossier_id)
            for each in work.decisions.of_dossier(dossier_id):
                is_taken = each.is_saved and each.paper_id is not None and each.paper_id == settled.paper_id
                if is_taken and each.slot_key != slot.rule.key:
                    raise _paper_taken()
            decision = ReuseDecision(
                dossier_id=dossier_id,
                slot_key=slot.rule.key,
                holder_id=answer.holder_id,
                procedure_code=answer.procedure.number,
                branch=branch_of(work, dossier),
                verdict=settled.verdict,
                source=settled.source,
                origin=settled.origin,
                paper_id=settled.paper_id,
                type_id=settled.type_id,
                page_count=settled.page_count,
                rule=settled.rule,
                clerk=clerk,
                reason=reason,
                at=self._clock(),
            )
            self._keep(work, dossier, decision)
            _mark_undone(work, dossier_id, decision.slot_key, clerk)
            if decision.is_saved:
                work.arrangings.add(_step(decision))
        return decision

    def _keep(self, work: UnitOfWork, dossier: Dossier, decision: ReuseDecision) -> None:
        work.decisions.put(decision)
        settle(work, dossier, rules_of(work, dossier, self._checklist))
        work.events.append(_event(decision))

    def _held(self, work: UnitOfWork, number: HolderNumber) -> _Held:
        known = find_known(work, number, self._index)
        if known is None:
            own = frozenset({self._index.of(number)})
            return _Held(holder_id="", entries=own, consents=frozenset(), papers=(), disputed=frozenset())
        holder_id = known.holder_id
        return _Held(
            holder_id=holder_id,
            entries=frozenset(each.entry for each in work.holders.numbers(holder_id)),
            consents=given(work.holders.consents(holder_id), self._clock()),
            papers=held_papers(work, holder_id),
            disputed=work.papers.disputed(holder_id),
        )

    def _case(
        self, number: HolderNumber, held: _Held, procedure: Procedure, branch: str, day: date
    ) -> ReuseCase:
        return ReuseCase(
            entries=held.entries,
            kinds=frozenset({number.kind}),
            sex=_sex(number),
            consents=held.consents,
            procedures=frozenset(self._catalogue.related(procedure.number)),
            branch=branch,
            day=day,
            moment=self._clock(),
            disputed=held.disputed,
            connected=self._connected,
        )

    def _slots(self, procedure: Procedure, day: date) -> tuple[ReuseSlot, ...]:
        components = {each.key: each for each in procedure.components}
        return tuple(self._slot(rule, components[rule.key], day) for rule in procedure.slot_rules)

    def _slot(self, rule: SlotRule, component: Component, day: date) -> ReuseSlot:
        by_law = [
            each.source for type_id in rule.accepts for each in self._catalogue.substitutions(type_id, day)
        ]
        number = component.replaced_by_result
        return ReuseSlot(
            rule=rule,
            condition=component.condition,
            sources=tuple(dict.fromkeys((*component.replaced_by, *by_law))),
            results_of=frozenset(self._catalogue.related(number)) if number else frozenset(),
        )

    def _checked(self, holder_id: str, clerk: str, procedure: str) -> VaultEvent:
        return VaultEvent(
            holder_id=holder_id, act=VaultAct.CHECKED, by=clerk, at=self._clock(), reason=procedure
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """The part of a decision that says what stands in for the paper."""

    verdict: Verdict
    source: DataSource | None = None
    origin: str = ""
    paper_id: str | None = None
    type_id: str = ""
    page_count: int = 0
    rule: str = ""


def branch_of(work: UnitOfWork, dossier: Dossier) -> str:
    """The receiving point of a dossier: that of its case, or the agency that heads its code."""
    case = work.cases.find(dossier.dossier_id)
    return case.places.receiving_point if case else dossier.code.partition("-")[0]


def _accepted(granted: Granted) -> _Settled:
    return _Settled(
        verdict=Verdict.ACCEPTED,
        source=granted.source,
        origin=granted.origin,
        paper_id=granted.paper_id,
        type_id=granted.type_id,
        page_count=granted.page_count,
    )


def _sex(number: HolderNumber) -> str:
    if number.kind is not NumberKind.PERSONAL:
        return ""
    sex = PersonalNumber(digits=number.text).sex
    return sex.value if sex else ""


def _slot(answer: ReuseAnswer, slot_key: str) -> SlotOutcome:
    found = next((each for each in answer.slots if each.rule.key == slot_key), None)
    if found is None:
        keys = ", ".join(each.rule.key for each in answer.slots)
        raise RecordError(
            "NOT_FOUND",
            vi="Hồ sơ không có thành phần này.",
            en=f"the dossier has no slot {slot_key}",
            hint=f"slots: {keys}",
        )
    return found


def _step(decision: ReuseDecision) -> ArrangingStep:
    """What the clerk did, so that it is undone with everything else."""
    return ArrangingStep(
        step_id=uuid4().hex,
        dossier_id=decision.dossier_id,
        kind=ArrangingKind.REUSE,
        by=decision.clerk,
        at=decision.at,
        subject=decision.slot_key,
    )


def _mark_undone(work: UnitOfWork, dossier_id: str, slot_key: str, by: str) -> None:
    """A slot that is decided anew has nothing of before to be undone."""
    for step in work.arrangings.of_dossier(dossier_id):
        if step.kind is ArrangingKind.REUSE and step.subject == slot_key and not step.is_undone:
            work.arrangings.mark_undone(step.step_id, by)


def _event(decision: ReuseDecision) -> Event:
    """Source and target of a reuse for the audit (S36); the reference of a database is left out."""
    source = decision.source.value if decision.source else "-"
    origin = decision.origin if decision.paper_id else ""
    kind = EventKind.REUSE_ACCEPTED if decision.is_saved else EventKind.REUSE_OVERRULED
    return Event(
        kind=kind,
        dossier_id=decision.dossier_id,
        subject_id=decision.paper_id or decision.slot_key,
        at=decision.at,
        detail=" ".join(filter(None, (decision.slot_key, decision.verdict.value, source, origin))),
    )


def _not_granted(vi: str, en: str) -> AccessDenied:
    return AccessDenied("NOT_GRANTED", vi=vi, en=en, hint="ask for the paper, or overrule with a reason")


def _paper_taken() -> AccessDenied:
    return AccessDenied(
        "PAPER_TAKEN",
        vi="Giấy tờ này đã thay cho một thành phần khác của hồ sơ.",
        en="the paper stands in for another slot of the dossier already",
    )


def _not_overrulable() -> AccessDenied:
    return AccessDenied(
        "NOT_OVERRULABLE",
        vi="Không được quyết định khác trong trường hợp này; hãy yêu cầu nộp giấy tờ.",
        en="the rule leaves the clerk no choice here: ask for the paper",
    )
