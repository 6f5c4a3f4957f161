"""Machine-readable zones (ICAO 9303): TD1 of cards, three lines of 30; TD3 of passports, two of 44."""

from __future__ import annotations

from datetime import date
from typing import Final

from samples.generator.people import Person
from samples.generator.wording import ascii_capitals

_WEIGHTS: Final = (7, 3, 1)
#: Printed where a card has no last day.
_NO_EXPIRY: Final = "991231"


def check_digit(text: str) -> str:
    """Weights 7-3-1 modulo 10; letters count from A = 10, fillers 0."""
    total = 0
    for place, letter in enumerate(text):
        worth = 0 if letter == "<" else int(letter, 36)
        total += worth * _WEIGHTS[place % 3]
    return str(total % 10)


def zone(person: Person, expires: date | None) -> tuple[str, str, str]:
    """The three lines for a person's card."""
    short, optional = person.number[-9:], f"{person.number}<<"
    first = f"IDVNM{short}{check_digit(short)}{optional}{check_digit(optional)}"
    born = f"{person.born:%y%m%d}"
    until = f"{expires:%y%m%d}" if expires else _NO_EXPIRY
    sex = "M" if person.sex == "Nam" else "F"
    head = f"{born}{check_digit(born)}{sex}{until}{check_digit(until)}VNM"
    composite = f"{first[5:30]}{born}{check_digit(born)}{until}{check_digit(until)}{'<' * 11}"
    second = f"{head}{'<' * 11}{check_digit(composite)}"
    return first, second, _names(person)


def _names(person: Person) -> str:
    given = ascii_capitals(person.given).replace(" ", "<")
    return f"{ascii_capitals(person.surname)}<<{given}"[:30].ljust(30, "<")


def passport_zone(person: Person, number: str, expires: date) -> tuple[str, str]:
    """The two lines of 44 of a passport: TD3 (ICAO 9303), with the personal number as optional data."""
    given = ascii_capitals(person.given).replace(" ", "<")
    first = f"P<VNM{ascii_capitals(person.surname)}<<{given}"[:44].ljust(44, "<")
    short = number.ljust(9, "<")
    born, until = f"{person.born:%y%m%d}", f"{expires:%y%m%d}"
    sex = "M" if person.sex == "Nam" else "F"
    optional = person.number.ljust(14, "<")
    parts = (short + check_digit(short), born + check_digit(born), until + check_digit(until))
    last = optional + check_digit(optional)
    composite = check_digit("".join((*parts, last)))
    return first, f"{parts[0]}VNM{parts[1]}{sex}{parts[2]}{last}{composite}"
