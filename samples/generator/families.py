"""Invented families: parents who fit each other and a child who fits both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from samples.generator.people import Person, some_day
from samples.generator.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Couple:
    """Two adults of one generation."""

    husband: Person
    wife: Person
    married: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A couple with one child."""

    couple: Couple
    child: Person

    @property
    def father(self) -> Person:
        """The husband."""
        return self.couple.husband

    @property
    def mother(self) -> Person:
        """The wife."""
        return self.couple.wife


def couple(
    scene: Scene,
    *,
    is_living_together: bool = True,
    new_cards: bool = False,
    before: date = date(2025, 6, 30),
) -> Couple:
    """A man and a woman of at least 22 who married ``before`` that day; one home, or two."""
    rng, gazetteer = scene.rng, scene.gazetteer
    home = gazetteer.address(scene.area)
    other = home if is_living_together else gazetteer.address(gazetteer.area())
    his_day = some_day(rng, date(before.year - 42, 1, 1), date(before.year - 28, 12, 31))
    her_day = his_day + timedelta(days=rng.randint(-500, 1700))
    husband = scene.population.person(
        sex="Nam", born=his_day, home=home, origin=gazetteer.area(), new_card=new_cards
    )
    wife = scene.population.person(
        sex="Nữ",
        born=her_day,
        home=other,
        origin=gazetteer.area(),
        surname=scene.population.surname(but=husband.surname),
        new_card=new_cards,
    )
    married = some_day(rng, max(his_day, her_day) + timedelta(days=22 * 365), before)
    return Couple(husband=husband, wife=wife, married=married)


def family(scene: Scene, *, born: date | None = None, new_cards: bool = False) -> Family:
    """A couple and their child; the child is a few days old unless ``born`` is given."""
    day = scene.today - timedelta(days=scene.rng.randint(6, 40)) if born is None else born
    parents = couple(scene, new_cards=new_cards, before=day - timedelta(days=300))
    child = scene.population.person(
        sex=scene.rng.choice(("Nam", "Nữ")),
        born=day,
        home=parents.husband.home,
        origin=parents.husband.birth_area,
        surname=parents.husband.surname,
    )
    return Family(couple=parents, child=child)
