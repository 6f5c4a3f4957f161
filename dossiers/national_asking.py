"""Asking national databases for the slots that they may settle, and what follows from their answers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from dossiers.citizens import HolderNumber
from dossiers.national import (
    NOT_CONNECTED,
    NationalAnswer,
    NationalQuestion,
    NationalRegister,
    NationalStatus,
)
from dossiers.procedures import ComponentPolicy, DataSource
from dossiers.reuse import type_sentence
from dossiers.reuse_book import ReuseBook
from dossiers.reuse_outcome import AskSource, Granted, Outcome, Scan, Sentence, SlotOutcome

#: Pages that an answer of a database saves, at least: nobody knows how many the paper has.
PAGES_OF_AN_ANSWER: Final = 1

_log = logging.getLogger(__name__)


def ask_all(
    outcomes: Sequence[SlotOutcome],
    register: NationalRegister,
    book: ReuseBook,
    number: HolderNumber,
    procedure: str,
    request_id: str,
    day: date,
) -> tuple[SlotOutcome, ...]:
    """Replaces every ``AskSource`` by what the databases say: ``Granted``, or ``Scan`` with the cause.

    A question is put once, whatever number of slots needs its answer. The log names source and cause only.
    """
    known: dict[tuple[DataSource, tuple[str, ...]], NationalAnswer] = {}

    def ask(source: DataSource, papers: tuple[str, ...]) -> NationalAnswer:
        if (source, papers) not in known:
            question = NationalQuestion(
                source=source, number=number, papers=papers, procedure=procedure, request_id=request_id
            )
            known[source, papers] = answer = _fresh(register.look_up(question), day)
            if answer.status is not NationalStatus.FOUND:
                _log.warning(
                    "national source %s: %s %s, request %s",
                    source.value,
                    answer.status.value,
                    answer.cause,
                    request_id,
                )
        return known[source, papers]

    def settled(slot: SlotOutcome) -> SlotOutcome:
        if not isinstance(slot.outcome, AskSource):
            return slot
        answers = []
        for source in slot.outcome.sources:
            answers.append(ask(source, slot.outcome.papers))
            if answers[-1].status is NationalStatus.FOUND:
                return replace(slot, outcome=_granted(answers[-1], slot.outcome.papers, book))
        return replace(slot, outcome=_scan(slot, answers, book))

    return tuple(settled(slot) for slot in outcomes)


def _fresh(answer: NationalAnswer, day: date) -> NationalAnswer:
    """An answer that has run out by the day is stale, whatever the database calls it."""
    if answer.status is NationalStatus.FOUND and answer.until is not None and answer.until < day:
        return replace(answer, status=NationalStatus.STALE, cause="EXPIRED")
    return answer


def _granted(answer: NationalAnswer, papers: Sequence[str], book: ReuseBook) -> Granted:
    type_id = answer.paper if answer.paper in papers else papers[0]
    return Granted(
        source=answer.source,
        origin=answer.reference,
        paper_id=None,
        type_id=type_id,
        page_count=PAGES_OF_AN_ANSWER,
        until=answer.until,
        why=book.say(
            "GRANTED_SOURCE",
            type=type_sentence(type_id),
            source=_name(answer.source, book),
            until=book.until(answer.until) if answer.until else book.sentences["AS_ANSWERED"],
        ),
    )


def _scan(slot: SlotOutcome, answers: Sequence[NationalAnswer], book: ReuseBook) -> Outcome:
    """The last database's answer gives the cause; a paper that is merely shown is not scanned."""
    last = answers[-1]
    name = _name(last.source, book)
    is_shown = slot.rule.policy == ComponentPolicy.PRESENT_ONLY.value
    key = last.status.name
    return Scan(
        code=key,
        why=book.say("SHOW_ONLY") if is_shown else book.say(key, source=name),
        # An office without a connection must not send people to correct data that nobody has looked at.
        is_shown=is_shown,
        note=None if last.cause == NOT_CONNECTED else book.say("UPDATE_NOTE", source=name),
    )


def _name(source: DataSource, book: ReuseBook) -> Sentence:
    rule = book.source(source)
    return rule.name if rule else Sentence(vi=source.value, en=source.value)
