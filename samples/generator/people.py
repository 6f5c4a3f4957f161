"""Invented people and families, consistent inside a dossier.

Personal numbers start with 003 (an unassigned province), telephone numbers with 030 or 031 (unassigned),
old card numbers with 00: none of them can be anybody's.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from typing import Final

from samples.generator.places import SPLITS, Address, Area

_SURNAMES: Final = (
    *("Nguyễn",) * 10,
    *("Trần",) * 4,
    *("Lê",) * 4,
    *("Phạm",) * 3,
    *("Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng") * 2,
    *("Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Mai", "Trịnh", "Đoàn", "Lương", "Tạ", "Tống"),
)
#: Province code of test numbers; no province has it.
TEST_PROVINCE: Final = "003"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who does not exist.

    Attributes:
        sex: ``Nam`` or ``Nữ``.
        origin: place of origin (quê quán), ward and province.
        birth_place: where born, as a paper says it.
        card_issued: when the card in force was issued.
    """

    surname: str
    given: str
    sex: str
    born: date
    number: str
    old_number: str
    ethnicity: str
    religion: str
    origin: str
    birth_area: Area
    home: Address
    phone: str
    card_issued: date

    @property
    def name(self) -> str:
        """Full name as written in running text."""
        return f"{self.surname} {self.given}"

    @property
    def upper(self) -> str:
        """Full name in capitals, as papers print it."""
        return self.name.upper()

    @property
    def title(self) -> str:
        """``Ông`` or ``Bà``."""
        return "Ông" if self.sex == "Nam" else "Bà"

    @property
    def email(self) -> str:
        """An address in the reserved example domain."""
        return f"hoso{self.number[-6:]}@example.vn"

    @property
    def card_expires(self) -> date | None:
        """Last day of the card; ``None`` = no expiry."""
        return card_expiry(self.born, self.card_issued)


def card_expiry(born: date, issued: date) -> date | None:
    """Milestones 14, 25, 40 and 60; a card issued within two years before one lasts to the next."""
    for age in (14, 25, 40, 60):
        milestone = _birthday(born, age)
        if milestone - timedelta(days=2 * 365 + 1) > issued:
            return milestone
    return None


def _birthday(born: date, age: int) -> date:
    day = 28 if (born.month, born.day) == (2, 29) else born.day
    return date(born.year + age, born.month, day)


def personal_number(sex: str, born: date, rng: random.Random) -> str:
    """Twelve digits: 003, century and sex, birth year, six random digits."""
    century = (born.year // 100 - 19) * 2 + (0 if sex == "Nam" else 1)
    return f"{TEST_PROVINCE}{century}{born.year % 100:02d}{rng.randrange(10**6):06d}"


def some_day(rng: random.Random, first: date, last: date) -> date:
    """A day between two days, both included."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def working_day(rng: random.Random, first: date, last: date) -> date:
    """A day between two days that is no Saturday or Sunday (or the Monday after)."""
    day = some_day(rng, first, last)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


class Population:
    """Invents people for one split; given names are not shared between splits."""

    def __init__(self, split: str, rng: random.Random) -> None:
        self._rng = rng
        self._given = {"Nam": _names("male", split), "Nữ": _names("female", split)}

    def person(
        self,
        *,
        sex: str,
        born: date,
        home: Address,
        origin: Area,
        surname: str = "",
        new_card: bool = False,
    ) -> Person:
        """One invented person of at least 14 years on the day of the card (younger: card unused)."""
        rng = self._rng
        issued = _card_day(rng, born, new_card=new_card)
        return Person(
            surname=surname or rng.choice(_SURNAMES),
            given=self._given_name(sex),
            sex=sex,
            born=born,
            number=personal_number(sex, born, rng),
            old_number=f"00{rng.randrange(10**7):07d}" if born.year < 2000 and rng.random() < 0.7 else "",
            ethnicity=rng.choice(("Kinh",) * 8 + ("Tày", "Mường", "Thái", "Khmer")),
            religion="Không",
            origin=origin.text,
            birth_area=origin,
            home=home,
            phone=f"0{rng.choice(('30', '31'))}{rng.randrange(10**7):07d}",
            card_issued=issued,
        )

    def adult(
        self, *, sex: str, home: Address, origin: Area, surname: str = "", new_card: bool = False
    ) -> Person:
        """Somebody between 24 and 58 in 2026."""
        born = some_day(self._rng, date(1968, 1, 1), date(2001, 12, 31))
        return self.person(sex=sex, born=born, home=home, origin=origin, surname=surname, new_card=new_card)

    def surname(self, *, but: str) -> str:
        """A family name other than the one given."""
        return self._rng.choice([each for each in _SURNAMES if each != but])

    def official(self) -> str:
        """The name of a signer."""
        sex = self._rng.choice(("Nam", "Nữ"))
        return f"{self._rng.choice(_SURNAMES)} {self._given_name(sex)}"

    def _given_name(self, sex: str) -> str:
        given = self._rng.choice(self._given[sex])
        if self._rng.random() < 0.25:
            given = ("Văn " if sex == "Nam" else "Thị ") + given.split()[-1]
        return given


def _card_day(rng: random.Random, born: date, *, new_card: bool) -> date:
    """A day on which a card was issued that is still valid at the end of 2026, where there is one."""
    first, last = (
        (date(2024, 7, 15), date(2026, 1, 20)) if new_card else (date(2021, 3, 1), date(2024, 6, 20))
    )
    earliest = _birthday(born, 14) + timedelta(days=20)
    issued = last
    for _ in range(40):
        issued = working_day(rng, min(max(first, earliest), last), last)
        expires = card_expiry(born, issued)
        if expires is None or expires > date(2026, 12, 31):
            break
    return issued


def _names(kind: str, split: str) -> tuple[str, ...]:
    text = resources.files("samples.generator").joinpath(f"data/given_names_{kind}.txt").read_text("utf-8")
    return tuple(text.splitlines()[SPLITS.index(split) :: len(SPLITS)])
