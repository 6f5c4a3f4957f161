"""How a paper looks to a simulated scanner: placed on the area, upside down, under a dirty glass."""

from __future__ import annotations

import random
from typing import Final

from PIL import Image, ImageDraw, ImageOps

from scanners.settings import ColourMode, ScanSettings

_MM_PER_INCH: Final = 25.4
_WHITE: Final = (255, 255, 255)
#: How much of its front a blank back shows, share of full ink.
_LEAST_SHOWN: Final = 0.02
_MOST_SHOWN: Final = 0.06
#: Width of the streak on the glass, millimetres.
_STREAK_MM: Final = 0.25
_MODES: Final = {ColourMode.COLOUR: "RGB", ColourMode.GREY: "L", ColourMode.BITONAL: "1"}


def on_the_glass(paper: Image.Image, settings: ScanSettings, *, is_upside_down: bool) -> Image.Image:
    """The area of the glass with the paper at its left upper corner, cut where the paper is larger."""
    size = (_pixels(settings.width_mm, settings.dpi), _pixels(settings.height_mm, settings.dpi))
    turned = paper.rotate(180) if is_upside_down else paper
    if turned.size == size:
        return turned
    area = Image.new("RGB", size, _WHITE)
    area.paste(turned, (0, 0))
    return area


def blank_back(front: Image.Image, seed: int) -> Image.Image:
    """A back without content that shows a little of its front, mirrored."""
    shown = random.Random(seed).uniform(_LEAST_SHOWN, _MOST_SHOWN)  # noqa: S311 - looks, not secrets
    return Image.blend(Image.new("RGB", front.size, _WHITE), ImageOps.mirror(front), shown)


def with_streak(area: Image.Image, dpi: int, seed: int) -> Image.Image:
    """The area with a dark line along the feed, at the same place for the same seed."""
    streaked = area.copy()
    place = round(area.width * random.Random(seed).uniform(0.15, 0.85))  # noqa: S311 - looks, not secrets
    width = max(1, _pixels(_STREAK_MM, dpi))
    ImageDraw.Draw(streaked).line([(place, 0), (place, area.height)], fill=(70, 74, 80), width=width)
    return streaked


def in_mode(area: Image.Image, mode: ColourMode) -> Image.Image:
    """The area as the mode shows it."""
    return area if mode is ColourMode.COLOUR else area.convert(_MODES[mode], dither=Image.Dither.NONE)


def _pixels(millimetres: float, dpi: int) -> int:
    return max(1, round(millimetres / _MM_PER_INCH * dpi))
