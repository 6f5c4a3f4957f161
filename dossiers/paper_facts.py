"""What holds of a paper on file for a slot, a person and a day: facts only, no verdict."""

from __future__ import annotations

from datetime import date

from dossiers.confirmed import ConfirmedPaper
from dossiers.consent import Purpose
from dossiers.procedures import ComponentPolicy, FormRequired
from dossiers.reading import CopyKind
from dossiers.reuse_book import PaperFact, ReuseBook, Whose
from dossiers.reuse_case import HeldPaper, ReuseCase, ReuseSlot
from dossiers.text_folding import fold
from dossiers.validity import Term, term_of


def facts_of(held: HeldPaper, slot: ReuseSlot, case: ReuseCase, book: ReuseBook) -> frozenset[PaperFact]:
    """Everything that holds; the rules of the book say what follows from it."""
    paper, term = held.paper, term_of_held(held, book)
    holds = {
        PaperFact.HELD: True,
        PaperFact.REVOKED: held.is_revoked(case.moment),
        PaperFact.UNCONFIRMED: not paper.confirmed_by.strip(),
        PaperFact.KEEP_CONSENT: Purpose.KEEP in case.consents,
        PaperFact.REUSE_CONSENT: Purpose.REUSE in case.consents,
        PaperFact.OTHER_PERSON: _is_anothers(paper, case, book),
        PaperFact.PERSON_UNKNOWN: paper.subject is None and book.owner_rule(paper.type_id) is Whose.OWN,
        PaperFact.EXPIRED: term.until is not None and term.until < case.day,
        PaperFact.TERM_UNKNOWN: not term.is_known,
        PaperFact.NOT_YET_ISSUED: paper.issued_on is not None and paper.issued_on > case.day,
        PaperFact.OTHER_PURPOSE: _has_other_purpose(paper, case, book),
        PaperFact.COPY: paper.copy_kind in (CopyKind.EXTRACT_COPY, CopyKind.CERTIFIED_COPY),
        PaperFact.COPY_ACCEPTED: slot.rule.form == FormRequired.COPY.value,
        PaperFact.DISPUTED: paper.paper_id in case.disputed,
        PaperFact.PRESENT_ONLY: slot.rule.policy == ComponentPolicy.PRESENT_ONLY.value,
    }
    return frozenset(fact for fact, is_so in holds.items() if is_so)


def term_of_held(held: HeldPaper, book: ReuseBook) -> Term:
    """Until when a paper counts, by its type and by the result that it is: the earlier of the two."""
    term = term_of(held.paper, book.term(held.paper.type_id))
    if held.result_until is None:
        return term
    return Term(is_known=term.is_known, until=_earlier(term.until, held.result_until))


def _earlier(one: date | None, other: date) -> date:
    return other if one is None else min(one, other)


def _is_anothers(paper: ConfirmedPaper, case: ReuseCase, book: ReuseBook) -> bool:
    if paper.subject is None or book.owner_rule(paper.type_id) is Whose.ANY:
        return False
    return paper.subject not in case.entries


def _has_other_purpose(paper: ConfirmedPaper, case: ReuseCase, book: ReuseBook) -> bool:
    if not book.is_purpose_bound(paper.type_id):
        return False
    printed = fold(paper.purpose)
    return not any(
        fold(each.words) in printed and case.procedures & set(each.procedures)
        for each in book.purposes
        if paper.type_id in each.types
    )
