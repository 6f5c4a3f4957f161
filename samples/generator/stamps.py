"""Rectangular office stamps, as pictures with transparency: received, paid, copy."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from samples.generator.fonts import FontBook
from samples.generator.style import Colour, Style

#: Pixels a millimetre at which stamps are drawn.
_SCALE: Final = 16.0


def stamp(lines: Sequence[str], colour: Colour, fonts: FontBook, rng: random.Random) -> Image.Image:
    """A framed stamp with one to three centred lines in a sans face; slightly turned, unevenly inked."""
    style = Style(size=13 if len(lines) == 1 else 11, bold=True, family="sans")
    font = fonts.font(style, _SCALE, "".join(lines))
    wide = max(font.getlength(line) for line in lines) + 6 * _SCALE
    step = style.size * 0.47 * _SCALE
    high = step * len(lines) + 4 * _SCALE
    picture = Image.new("RGBA", (round(wide), round(high)), (*colour, 0))
    draw = ImageDraw.Draw(picture)
    edge = round(0.6 * _SCALE)
    draw.rectangle((edge, edge, wide - edge, high - edge), outline=(*colour, 255), width=edge)
    for number, line in enumerate(lines):
        place = (wide / 2, 2 * _SCALE + step * (number + 0.5))
        draw.text(place, line, font=font, fill=(*colour, 255), anchor="mm")
    turned = picture.rotate(rng.uniform(-4, 4), resample=Image.Resampling.BICUBIC, expand=True)
    return _worn(turned, rng)


def _worn(picture: Image.Image, rng: random.Random) -> Image.Image:
    noise = np.random.default_rng(rng.getrandbits(32))
    coarse = noise.uniform(170, 255, (3, 6)).astype(np.uint8)
    cloud = np.asarray(Image.fromarray(coarse).resize(picture.size, Image.Resampling.BICUBIC), np.float64)
    grain = noise.uniform(0.8, 1.0, (picture.height, picture.width))
    alpha = np.asarray(picture.getchannel("A"), np.float64) * cloud / 255 * grain
    picture.putalpha(Image.fromarray(np.clip(alpha, 0, 255).astype(np.uint8)))
    return picture
