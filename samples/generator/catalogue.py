"""The dossier recipes: first those of the committed set, in its order, then those of the other splits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from samples.generator.plan import DossierPlan
from samples.generator.recipes import business_and_office, civil_status, further, residence_and_land
from samples.generator.scene import Scene

Recipe = Callable[[Scene], DossierPlan]

#: The recipes of the committed set by the name that ``--only`` takes.
RECIPES: Final[tuple[tuple[str, Recipe], ...]] = (
    ("birth_registration", civil_status.birth_registration),
    ("permanent_residence", residence_and_land.permanent_residence),
    ("marriage_registration", civil_status.marriage_registration),
    ("land_transfer", residence_and_land.land_transfer),
    ("household_business", business_and_office.household_business),
    ("register_copies", civil_status.register_copies),
    ("death_registration", civil_status.death_registration),
    ("official_papers", business_and_office.official_papers),
)

#: Recipes that no committed dossier comes from; only for training, development and evaluation.
FURTHER: Final[tuple[tuple[str, Recipe], ...]] = (
    ("identity_papers", further.identity_papers),
    ("building", further.building),
    ("schooling", further.schooling),
    ("health", further.health),
    ("land_and_tax", further.land_and_tax),
    ("residence_forms", further.residence_forms),
    ("companies", further.companies),
    ("office_papers", further.office_papers),
    ("older_marriage", further.older_marriage),
    ("handwritten_forms", further.handwritten_forms),
    ("empty_forms", further.empty_forms),
    ("strays", further.strays),
    ("request_forms", further.request_forms),
)


def recipes(split: str) -> tuple[tuple[str, Recipe], ...]:
    """All recipes that a split is drawn from."""
    return RECIPES if split == "demo" else RECIPES + FURTHER
