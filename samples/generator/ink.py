"""What is put on paper by hand: round red seals and signature strokes, as pictures with transparency."""

from __future__ import annotations

import itertools
import math
import random
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from samples.generator.fonts import FontBook
from samples.generator.style import Colour, Style

#: Pixels a millimetre at which ink is drawn.
_SCALE: Final = 16.0
_SEAL_RED: Final[Colour] = (206, 20, 36)
_INKS: Final[tuple[Colour, ...]] = ((24, 40, 150), (30, 60, 170), (20, 30, 110))


def seal(
    around: str, below: str, fonts: FontBook, rng: random.Random, *, across_mm: float = 36.0
) -> Image.Image:
    """A round seal: two rings, the agency around, its parent below, a star in the middle."""
    side = round(across_mm * _SCALE)
    picture = Image.new("RGBA", (side, side), (*_SEAL_RED, 0))
    draw = ImageDraw.Draw(picture)
    centre = side / 2
    for radius, width in ((0.495, 0.9), (0.455, 0.35), (0.31, 0.35)):
        reach = radius * side
        draw.ellipse(
            (centre - reach, centre - reach, centre + reach, centre + reach),
            outline=(*_SEAL_RED, 255),
            width=round(width * _SCALE),
        )
    _ring_text(picture, around.upper(), fonts, radius=0.352 * side, spread=214.0, top=True)
    _ring_text(picture, below.upper(), fonts, radius=0.415 * side, spread=112.0, top=False)
    _star(draw, centre, centre, 0.2 * side)
    for angle in (157.0, 23.0):
        _star(
            draw,
            centre + 0.382 * side * math.cos(math.radians(angle)),
            centre + 0.382 * side * math.sin(math.radians(angle)),
            0.026 * side,
        )
    tilted = picture.rotate(rng.uniform(-14, 14), resample=Image.Resampling.BICUBIC)
    return _worn(tilted, rng)


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.4
        turn = math.radians(-90 + 36 * corner)
        points.append((x + reach * math.cos(turn), y + reach * math.sin(turn)))
    draw.polygon(points, fill=(*_SEAL_RED, 255))


def _ring_text(
    picture: Image.Image, text: str, fonts: FontBook, *, radius: float, spread: float, top: bool
) -> None:
    """Writes along a circle: clockwise over the top, or counter-clockwise along the bottom."""
    per_degree = 2 * math.pi * radius / 360
    style = Style(size=8.4, bold=True, family="sans")
    natural = fonts.font(style, _SCALE, text).getlength(text) * 1.14
    style = style.but(size=style.size * min(1.0, spread * per_degree / max(1.0, natural)))
    font = fonts.font(style, _SCALE, text)
    lengths = [font.getlength(letter) * 1.12 for letter in text]
    angle = -sum(lengths) / 2 / per_degree
    for letter, length in zip(text, lengths, strict=True):
        middle = angle + length / 2 / per_degree
        _letter(picture, letter, style, fonts, radius=radius, degrees=middle, top=top)
        angle += length / per_degree


def _letter(
    picture: Image.Image,
    letter: str,
    style: Style,
    fonts: FontBook,
    *,
    radius: float,
    degrees: float,
    top: bool,
) -> None:
    font = fonts.font(style, _SCALE, letter)
    side = int(font.size * 3)
    tile = Image.new("RGBA", (side, side), (*_SEAL_RED, 0))
    ImageDraw.Draw(tile).text((side / 2, side / 2), letter, font=font, fill=(*_SEAL_RED, 255), anchor="ms")
    tile = tile.rotate(-degrees if top else degrees, resample=Image.Resampling.BICUBIC)
    turn = math.radians(degrees - 90 if top else 90 - degrees)
    x = picture.width / 2 + radius * math.cos(turn) - side / 2
    y = picture.height / 2 + radius * math.sin(turn) - side / 2
    picture.alpha_composite(tile, (max(0, round(x)), max(0, round(y))))


def _worn(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Uneven ink: some parts of the impression are paler than others."""
    noise = np.random.default_rng(rng.getrandbits(32))
    coarse = noise.uniform(150, 255, (7, 7)).astype(np.uint8)
    cloud = Image.fromarray(coarse).resize(picture.size, Image.Resampling.BICUBIC)
    grain = noise.uniform(0.78, 1.0, (picture.height, picture.width))
    alpha = np.asarray(picture.getchannel("A"), dtype=np.float64)
    alpha = alpha * np.asarray(cloud, dtype=np.float64) / 255 * grain
    picture.putalpha(Image.fromarray(np.clip(alpha, 0, 255).astype(np.uint8)))
    return picture


def signature(rng: random.Random, *, width_mm: float = 42.0, height_mm: float = 20.0) -> Image.Image:
    """Blue pen strokes that look like a signature and say nothing."""
    picture = Image.new("RGBA", (round(width_mm * _SCALE), round(height_mm * _SCALE)), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    ink = (*rng.choice(_INKS), 235)
    for points in _strokes(rng):
        path = smooth([(x * picture.width, y * picture.height) for x, y in points])
        for number, (start, end) in enumerate(itertools.pairwise(path)):
            press = 0.32 + 0.2 * math.sin(number / 9.0 + points[0][0] * 7)
            draw.line((*start, *end), fill=ink, width=max(3, round(press * _SCALE)), joint="curve")
    return picture


def _strokes(rng: random.Random) -> list[list[tuple[float, float]]]:
    """An opening letter, a run of waves and perhaps a flourish, in parts of the picture."""
    opening = rng.choice((_peak, _loop, _hook))(rng)
    waves = _waves(rng, opening[-1])
    strokes = [opening + waves]
    flourish = rng.choice((_underline, _crossing, None, None))
    if flourish is not None:
        strokes.append(flourish(rng))
    return strokes


def _peak(rng: random.Random) -> list[tuple[float, float]]:
    u = rng.uniform
    return [
        (u(0.05, 0.12), u(0.5, 0.75)),
        (u(0.14, 0.24), u(0.05, 0.16)),
        (u(0.2, 0.28), u(0.6, 0.9)),
        (u(0.08, 0.16), u(0.72, 0.9)),
        (u(0.24, 0.32), u(0.3, 0.5)),
    ]


def _loop(rng: random.Random) -> list[tuple[float, float]]:
    u = rng.uniform
    return [
        (u(0.24, 0.32), u(0.16, 0.24)),
        (u(0.1, 0.16), u(0.1, 0.2)),
        (u(0.04, 0.08), u(0.45, 0.6)),
        (u(0.16, 0.22), u(0.75, 0.9)),
        (u(0.3, 0.36), u(0.42, 0.56)),
        (u(0.2, 0.26), u(0.34, 0.46)),
        (u(0.32, 0.38), u(0.6, 0.72)),
    ]


def _hook(rng: random.Random) -> list[tuple[float, float]]:
    u = rng.uniform
    return [
        (u(0.06, 0.1), u(0.2, 0.32)),
        (u(0.2, 0.3), u(0.08, 0.16)),
        (u(0.14, 0.2), u(0.5, 0.62)),
        (u(0.1, 0.14), u(0.92, 0.98)),
        (u(0.02, 0.06), u(0.74, 0.84)),
        (u(0.24, 0.34), u(0.52, 0.6)),
    ]


def _waves(rng: random.Random, start: tuple[float, float]) -> list[tuple[float, float]]:
    points = []
    x, middle, height = start[0], rng.uniform(0.46, 0.58), rng.uniform(0.05, 0.2)
    for step in range(rng.randint(3, 9)):
        x = min(0.88, x + rng.uniform(0.03, 0.1))
        height *= rng.uniform(0.75, 1.05)
        points.append((x, middle + (height if step % 2 else -height) * rng.uniform(0.7, 1.3)))
    points.append((min(x + rng.uniform(0.05, 0.2), 0.97), middle + rng.uniform(-0.35, 0.1)))
    return points


def _underline(rng: random.Random) -> list[tuple[float, float]]:
    u = rng.uniform
    return [(u(0.88, 0.95), u(0.62, 0.74)), (u(0.45, 0.6), u(0.74, 0.92)), (u(0.1, 0.3), u(0.8, 0.95))]


def _crossing(rng: random.Random) -> list[tuple[float, float]]:
    u = rng.uniform
    return [(u(0.2, 0.3), u(0.6, 0.7)), (u(0.5, 0.6), u(0.3, 0.44)), (u(0.8, 0.95), u(0.1, 0.26))]


def smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the points."""
    padded = [points[0], *points, points[-1]]
    path = []
    for index in range(1, len(padded) - 2):
        a, b, c, d = padded[index - 1 : index + 3]
        for step in range(14):
            t = step / 14
            path.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*path, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
