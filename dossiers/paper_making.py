"""What a confirmed document says as a paper on file: its days, whose it is, its own number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from dossiers.citizens import HolderNumber, NumberIndex
from dossiers.confirmed import ConfirmedFact
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.errors import InputError
from dossiers.typed_value import says_unlimited

#: Fields that tell the day of issue, the surest first.
_ISSUED: Final = ("issue_date", "registration_date", "beginning_date")
_EXPIRES: Final = ("expiry_date",)
_BORN: Final = ("birth_date",)
#: Fields that tell the paper's own number, the surest first.
_SERIALS: Final = ("serial_number", "document_number", "passport_number")
#: Ends of the names of fields that hold a number of a person.
_NUMBERS: Final = ("personal_number", "old_number", "passport_number")


def issued_on(facts: Iterable[ConfirmedFact]) -> date | None:
    """The printed day of issue, if confirmed."""
    return _day(tuple(facts), _ISSUED)


def expires_on(facts: Iterable[ConfirmedFact]) -> date | None:
    """The printed last day of validity, if confirmed."""
    return _day(tuple(facts), _EXPIRES)


def born_on(facts: Iterable[ConfirmedFact]) -> date | None:
    """The printed birth date, if confirmed."""
    return _day(tuple(facts), _BORN)


def is_unlimited(facts: Iterable[ConfirmedFact]) -> bool:
    """Whether the paper says that it does not expire, and no date says otherwise."""
    ends = [fact for fact in facts if fact.name in _EXPIRES]
    is_dated = any(_iso(fact.value) for fact in ends)
    return not is_dated and any(says_unlimited(f"{fact.value or ''} {fact.raw}") for fact in ends)


def purpose_of(facts: Iterable[ConfirmedFact]) -> str:
    """The purpose it was issued for, as printed; empty for none."""
    return next((fact.value for fact in facts if fact.name == "purpose" and fact.value), "")


def subject_of(
    facts: Sequence[ConfirmedFact], own: frozenset[str], entry_of: Callable[[HolderNumber], str]
) -> str | None:
    """The entry of the person it is about: the owner's where it names the owner, else the first named.

    Args:
        facts: the values.
        own: entries of all numbers of the dossier's owner.
        entry_of: returns the entry under which a number is filed.
    """
    entries = [entry_of(number) for number in numbers_in(facts)]
    return next((entry for entry in entries if entry in own), entries[0] if entries else None)


def claim_of(type_id: str, facts: Sequence[ConfirmedFact], index: NumberIndex) -> str | None:
    """The entry of the paper's own number; ``None`` where it shows none."""
    for name in _SERIALS:
        for fact in facts:
            if fact.name == name and fact.value:
                return index.of_paper(type_id, fact.value)
    if DOCUMENT_TYPES[type_id].is_identity:
        number = next((fact.value for fact in facts if fact.name in _NUMBERS and fact.value), None)
        return index.of_paper(type_id, number) if number else None
    return None


def numbers_in(facts: Iterable[ConfirmedFact]) -> Iterable[HolderNumber]:
    """Numbers of people on a paper, that of its subject first; malformed ones are left out."""
    named = sorted(
        (fact for fact in facts if fact.name.endswith(_NUMBERS) and fact.value),
        key=lambda fact: fact.name not in _NUMBERS,
    )
    for fact in named:
        try:
            yield HolderNumber.parse(fact.value or "")
        except InputError:
            continue


def _day(facts: Sequence[ConfirmedFact], names: Sequence[str]) -> date | None:
    found = (_iso(fact.value) for name in names for fact in facts if fact.name == name)
    return next((day for day in found if day is not None), None)


def _iso(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
