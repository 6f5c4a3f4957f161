"""The dossier recipes in the order in which the committed set numbers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from samples.generator.plan import DossierPlan
from samples.generator.recipes import business_and_office, civil_status, residence_and_land
from samples.generator.scene import Scene

Recipe = Callable[[Scene], DossierPlan]

#: All recipes by the name that ``--only`` takes.
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
