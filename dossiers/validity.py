"""Until when a paper proves anything: the rules are data, this module only counts days.

Rule: where a date that a rule needs is not known, the term is not known either; it is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dossiers.confirmed import ConfirmedPaper


class TermKind(StrEnum):
    """How the last day is found."""

    UNLIMITED = "unlimited"
    PRINTED = "printed"  # the paper says until when
    PRINTED_IF_ANY = "printed_if_any"  # it may say so; else it has no end
    MONTHS = "months"  # so many months from the day of issue
    MILESTONES = "milestones"  # birthdays of the holder, for cards
    ENDED = "ended"  # papers of this kind proved nothing after a day


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRule:
    """How long papers of some types count.

    Attributes:
        types: ids of ``dossiers.document_types``.
        kind: how the last day is found.
        months: for ``MONTHS``, more than 0.
        ages: for ``MILESTONES``, birthdays in years, rising.
        grace_years: a card issued so many years or less before a milestone counts to the next one.
        day: for ``ENDED``, the last day.
    """

    types: tuple[str, ...]
    kind: TermKind
    months: int = 0
    ages: tuple[int, ...] = ()
    grace_years: int = 0
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Until when a paper counts.

    Attributes:
        is_known: whether the dates that the rule needs are there.
        until: last day, inclusive; ``None`` without end, and where it is not known.
    """

    is_known: bool
    until: date | None


#: No end.
UNLIMITED = Term(is_known=True, until=None)
#: A date that the rule needs is missing.
NOT_KNOWN = Term(is_known=False, until=None)


def term_of(paper: ConfirmedPaper, rule: TermRule | None) -> Term:
    """Until when a paper counts under a rule; without a rule what is printed on it counts."""
    kind = rule.kind if rule else TermKind.PRINTED_IF_ANY
    if kind is TermKind.ENDED and rule:
        return Term(is_known=True, until=rule.day)
    if paper.is_unlimited or kind is TermKind.UNLIMITED:
        return UNLIMITED
    if paper.expires_on is not None:
        return Term(is_known=True, until=paper.expires_on)
    if rule is None or kind is TermKind.PRINTED_IF_ANY:
        return UNLIMITED
    if kind is TermKind.MONTHS and paper.issued_on is not None:
        return Term(is_known=True, until=months_later(paper.issued_on, rule.months))
    if kind is TermKind.MILESTONES and paper.issued_on is not None and paper.born_on is not None:
        return card_term(paper.born_on, paper.issued_on, rule.ages, rule.grace_years)
    return NOT_KNOWN


def card_term(born: date, issued: date, ages: tuple[int, ...], grace_years: int) -> Term:
    """Until when an identity card counts (Luật Căn cước 26/2023/QH15, Điều 21).

    It counts to the next milestone birthday after its issue, as cards print it. Issued within ``grace_years``
    before a milestone it counts to the one after that; past the last milestone it has no end.
    """
    for age in ages:
        milestone = birthday(born, age)
        if issued < birthday(born, age - grace_years) and issued < milestone:
            return Term(is_known=True, until=milestone)
    return UNLIMITED


def birthday(born: date, age: int) -> date:
    """The day on which somebody reaches an age; born on 29 February: 1 March of a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
