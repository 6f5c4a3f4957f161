"""The dossier recipes in the order in which the committed set numbers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from samples.generator.plan import DossierPlan
from samples.generator.recipes import civil_status
from samples.generator.scene import Scene

Recipe = Callable[[Scene], DossierPlan]

#: All recipes; ``--only`` picks by the name before the scene.
RECIPES: Final[tuple[tuple[str, Recipe], ...]] = (("birth_registration", civil_status.birth_registration),)
