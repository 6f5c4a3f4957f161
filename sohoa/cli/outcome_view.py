"""Shows what need not be brought, slot by slot."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from dossiers.reuse_decision import ReuseDecision
from dossiers.reuse_desk import ReuseAnswer
from dossiers.reuse_outcome import AskSource, Granted, Outcome, Refused, Scan, SlotOutcome
from sohoa.cli.session import Session


def show_answer(session: Session, answer: ReuseAnswer, decisions: Sequence[ReuseDecision] = ()) -> None:
    """Prints the checklist with one sentence a slot, then how much need not be brought."""
    say, language = session.messages.say, session.messages.language
    procedure = answer.procedure
    session.out.print(
        say("procedure_heading", number=procedure.number, name=procedure.name), markup=False, highlight=False
    )
    table = Table()
    for key in ("slot", "reuse_outcome", "reuse_why"):
        table.add_column(say(key), overflow="fold")
    decided = {each.slot_key: each for each in decisions}
    for slot in answer.slots:
        table.add_row(*_cells(session, slot, decided.get(slot.rule.key)))
    session.out.print(table)
    notes = dict.fromkeys(
        slot.outcome.note.in_language(language)
        for slot in answer.slots
        if isinstance(slot.outcome, Scan) and slot.outcome.note
    )
    for note in notes:
        session.out.print(f"* {note}", markup=False, highlight=False)
    pages = sum(slot.outcome.page_count for slot in answer.slots if isinstance(slot.outcome, Granted))
    session.out.print(
        say("reuse_total", papers=len(answer.granted), slots=len(answer.slots), pages=pages),
        markup=False,
        highlight=False,
    )


def answer_as_json(answer: ReuseAnswer) -> dict[str, object]:
    """The same as plain JSON values; nothing of a refused paper but the reason."""
    return {
        "procedure": answer.procedure.number,
        "name": answer.procedure.name,
        "consents": sorted(each.value for each in answer.consents),
        "slots": [slot_as_json(each) for each in answer.slots],
    }


def _cells(session: Session, slot: SlotOutcome, decision: ReuseDecision | None) -> tuple[str, str, str]:
    say, language = session.messages.say, session.messages.language
    name = slot.rule.name.replace("[", "(")
    if slot.condition:
        name = f"{name} ({say('conditional', condition=slot.condition).replace('[', '(')})"
    kind = _kind(slot.outcome)
    is_optional = bool(slot.condition) and kind in ("refused", "scan")
    label = say("reuse_conditional" if is_optional else f"reuse_{kind}")
    if decision is not None:
        label = f"{label}; {say(f'verdict_{decision.verdict.value}')}"
    why = [slot.outcome.why.in_language(language)]
    if not isinstance(slot.outcome, Refused):
        why += [each.why.in_language(language) for each in slot.refusals]
    return f"{name} – {slot.rule.key}", label, "\n".join(why).replace("[", "(")


def _kind(outcome: Outcome) -> str:
    if isinstance(outcome, Granted):
        return "granted"
    if isinstance(outcome, Refused):
        return "refused"
    if isinstance(outcome, AskSource):
        return "ask"
    return "show" if outcome.is_shown else "scan"


def slot_as_json(slot: SlotOutcome) -> dict[str, object]:
    """One slot as plain JSON values."""
    outcome = slot.outcome
    told: dict[str, object] = {
        "key": slot.rule.key,
        "name": slot.rule.name,
        "condition": slot.condition,
        "outcome": _kind(outcome),
        "vi": outcome.why.vi,
        "en": outcome.why.en,
        "refusals": [{"code": each.code, "vi": each.why.vi, "en": each.why.en} for each in slot.refusals],
    }
    if isinstance(outcome, Granted):
        told |= {
            "source": outcome.source.value,
            "origin": outcome.origin,
            "type": outcome.type_id,
            "pages": outcome.page_count,
            "until": outcome.until.isoformat() if outcome.until else None,
        }
    elif isinstance(outcome, AskSource):
        told["sources"] = [each.value for each in outcome.sources]
    else:
        told["code"] = outcome.code
    if isinstance(outcome, Scan) and outcome.note:
        told["note"] = {"vi": outcome.note.vi, "en": outcome.note.en}
    return told
