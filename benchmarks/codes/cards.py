"""Cards with a QR code, drawn by the sample generator and received through its scanner model."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from benchmarks.codes.damage import DAMAGES, Damage
from pipeline.image import PageImage
from samples.generator.canvas import Area, Canvas
from samples.generator.papers import cards
from samples.generator.scanner import ScanSettings, scan
from samples.generator.scene import Scene

#: Printed sides of the code in mm.
SIDES: Final = (20.0, 15.0)
RESOLUTIONS: Final = (300, 200)
#: Where the generator prints its own code, in mm, and the colour that takes its place.
_OLD_CODE: Final = (65.2, 2.8, 83.2, 20.8)
_BARE: Final = (240, 243, 232)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCase:
    """One received image of a card's side that bears the code.

    Attributes:
        layout: ``chip`` (front, 7 fields) or ``2024`` (back, at least 10 fields).
        side_mm: printed side of the code.
        damage: its name.
        bed: ``sheet`` or ``a4``.
        payload: what the code says.
        number: the personal number of its holder.
        image: as the code reader is given it, not turned upright.
    """

    layout: str
    side_mm: float
    damage: str
    bed: str
    payload: str
    number: str
    image: PageImage


def card_cases(split: str, people: int, *, seed: int = 1) -> Iterator[CardCase]:
    """Draws each person's card in both layouts and sizes and receives it once for each damage and dpi."""
    for number in range(people):
        for layout in ("chip", "2024"):
            for side in SIDES:
                yield from _received(split, f"{seed}/codes/{layout}/{number}", layout, side)


def _received(split: str, seed: str, layout: str, side: float) -> Iterator[CardCase]:
    canvas, area, payload, holder = _card(split, seed, layout, side)
    rng = random.Random(f"{seed}/{side}")
    for damage in DAMAGES:
        for dpi in RESOLUTIONS:
            bed = rng.choice(("sheet", "a4"))
            image = _receive(canvas, area, damage, dpi, bed == "a4", rng)
            yield CardCase(
                layout=layout,
                side_mm=side,
                damage=damage.name,
                bed=bed,
                payload=payload,
                number=holder,
                image=image,
            )


def _card(split: str, seed: str, layout: str, side: float) -> tuple[Canvas, Area, str, str]:
    """A card whose code is printed anew in the wanted size, in the same upper right corner."""
    scene = Scene(split, seed)
    is_new = layout == "2024"
    person = scene.population.adult(
        sex=scene.rng.choice(("Nam", "Nữ")),
        home=scene.gazetteer.address(scene.area),
        origin=scene.gazetteer.area(),
        new_card=is_new,
    )
    if is_new:
        parents = (scene.population.official(), scene.population.official())
        sheet = cards.can_cuoc(scene, person, parents).sheets[1]
        payload = cards.code_payload(person, (*parents, "", ""))
    else:
        sheet = cards.cccd(scene, person).sheets[0]
        payload = cards.code_payload(person)
    canvas = sheet.canvas
    left, top = cards.CARD_WIDTH - 2.4 - side, 2.6
    canvas.fill(_OLD_CODE, _BARE)
    canvas.qr(payload, left, top, side, error="l" if is_new else "m")
    return canvas, (left, top, left + side, top + side), payload, person.number


def _receive(
    canvas: Canvas, area: Area, damage: Damage, dpi: int, is_on_a4: bool, rng: random.Random
) -> PageImage:
    settings = ScanSettings(dpi=dpi, skew=rng.uniform(-2, 2), bed="a4" if is_on_a4 else "sheet")
    if damage.settings is not None:
        settings = damage.settings(settings, rng)
    clean = canvas.image
    if damage.on_paper is not None:
        canvas.image = Image.fromarray(damage.on_paper(np.asarray(clean), canvas.scale, area, rng))
    received = scan(canvas, settings, rng)
    canvas.image = clean
    pixels = received.pixels if damage.on_scan is None else damage.on_scan(received.pixels, rng)
    return PageImage(pixels=pixels, dpi=float(dpi), is_bilevel=settings.mode == "bilevel")
