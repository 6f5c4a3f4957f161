"""Mixed stacks: papers of several dossiers in one pile, run through one scanner in one pass."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from samples.generator.catalogue import RECIPES, Recipe, recipes
from samples.generator.plan import DossierPlan, Part
from samples.generator.scene import Scene
from samples.generator.variation import one_pass

#: A paper of the main dossier is missing from one stack in so many.
_MISSING_SHARE: Final = 0.4


def stack(split: str, seed: str, limits: tuple[int, int]) -> DossierPlan:
    """A pile with the papers of one procedure and surplus papers of other dossiers, every document whole.

    Args:
        seed: two stacks of one split and seed are the same.
        limits: fewest and most pages, blank backs counted.
    """
    rng = random.Random(f"{split}/{seed}/stack")
    name, recipe = rng.choice([each for each in RECIPES if each[0] != "official_papers"])
    plan = recipe(Scene(split, f"{seed}/{name}"))
    own = list(plan.parts)
    if len(own) > 2 and rng.random() < _MISSING_SHARE:
        own.pop(rng.randrange(len(own)))
    has_backs = rng.random() < 0.5
    parts = own + _surplus(split, seed, rng, limits, _pages(own, has_backs=has_backs), has_backs=has_backs)
    if rng.random() < 0.6:
        rng.shuffle(parts)
    return replace(
        plan,
        slug=f"chong-{plan.slug}",
        parts=one_pass(parts, rng, has_backs=has_backs),
        note="A mixed stack: surplus papers of other dossiers lie among those of the procedure.",
    )


def _surplus(
    split: str, seed: str, rng: random.Random, limits: tuple[int, int], held: int, *, has_backs: bool
) -> list[Part]:
    """Papers of other dossiers until the stack is as high as drawn."""
    wanted = rng.randint(*limits)
    found: list[Part] = []
    for number, (name, recipe) in enumerate(_others(split, rng)):
        parts = list(recipe(Scene(split, f"{seed}/{number}/{name}")).parts)
        for part in rng.sample(parts, rng.randint(1, len(parts))):
            pages = _pages([part], has_backs=has_backs)
            if held + pages <= limits[1]:
                found.append(replace(part, is_surplus=True))
                held += pages
            if held >= wanted:
                return found
    return found


def _others(split: str, rng: random.Random) -> Iterator[tuple[str, Recipe]]:
    """Recipes in a drawn order, again and again (a stack ends long before)."""
    for _ in range(12):
        yield from rng.sample(recipes(split), len(recipes(split)))


def _pages(parts: list[Part], *, has_backs: bool) -> int:
    """Pages of the parts; one-sided papers on large sheets bring their empty back."""
    total = 0
    for part in parts:
        sheets = part.paper.sheets
        is_card = sheets[0].canvas.width < 200
        total += len(sheets) * (2 if has_backs and not is_card else 1)
    return total
