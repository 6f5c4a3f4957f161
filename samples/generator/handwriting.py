"""Handwriting of nobody: joined pen strokes with all Vietnamese accents, as a picture with transparency.

It is there so that zones written by hand can be found and offered as crops; it is no model of real hands.
"""

from __future__ import annotations

import math
import random
import unicodedata
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from samples.generator.handwriting_letters import LETTERS, Points
from samples.generator.ink import smooth
from samples.generator.style import Colour

#: Pixels a millimetre at which the pen draws.
_SCALE: Final = 16.0
#: Height of a small letter in millimetres for a style of one point.
_X_HEIGHT: Final = 0.19
_SPACE: Final = 7.0
_ACCENTS: Final = {
    "\u0300": ((1.0, 15.0), (4.5, 12.5)),
    "\u0301": ((3.0, 12.5), (6.5, 15.5)),
    "\u0309": ((3.0, 15.5), (5.5, 16.0), (4.5, 13.5), (4.0, 12.5)),
    "\u0303": ((1.0, 13.0), (3.0, 14.6), (5.0, 13.0), (7.5, 14.8)),
    "\u0323": ((4.0, -4.0), (4.5, -4.5)),
    "\u0302": ((1.5, 11.5), (4.0, 14.0), (6.5, 11.5)),
    "\u0306": ((1.5, 14.0), (4.0, 11.8), (6.5, 14.0)),
    "\u031b": ((7.5, 9.0), (9.5, 10.5), (9.0, 12.5)),
}
#: Tones stand higher over a letter that has a roof.
_ROOFS: Final = "\u0302\u0306"
_TONES: Final = "\u0300\u0301\u0309\u0303"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A piece of handwriting; ``left`` and ``top`` are where it starts from the writing point, in mm."""

    picture: Image.Image
    left: float
    top: float

    @property
    def width(self) -> float:
        """Width in mm."""
        return self.picture.width / _SCALE

    @property
    def height(self) -> float:
        """Height in mm."""
        return self.picture.height / _SCALE


def width(text: str, size: float) -> float:
    """How far the pen moves for the text at that type size, in mm."""
    return _advance(text) * size * _X_HEIGHT / 10


def write(text: str, size: float, colour: Colour, seed: str) -> Written:
    """Writes the text in one hand; same seed, same strokes.

    Args:
        size: type size of the form in points.
        seed: whose hand it is; slant and unevenness come out of it.
    """
    rng = random.Random(f"hand/{seed}/{text}")
    hand = random.Random(f"hand/{seed}")
    unit = size * _X_HEIGHT / 10 * _SCALE
    strokes = _strokes(text, rng, slant=hand.uniform(0.05, 0.4))
    xs = [x for stroke in strokes for x, _ in stroke] or [0.0]
    ys = [y for stroke in strokes for _, y in stroke] or [0.0]
    left, top = min(xs) - 2, max(ys) + 2
    picture = Image.new(
        "RGBA",
        (math.ceil((max(xs) + 2 - left) * unit), math.ceil((top - min(ys) + 2) * unit)),
        (0, 0, 0, 0),
    )
    draw = ImageDraw.Draw(picture)
    thick = hand.uniform(0.26, 0.44) * _SCALE
    for stroke in strokes:
        path = smooth([((x - left) * unit, (top - y) * unit) for x, y in stroke])
        draw.line(
            path, fill=(*colour, 240), width=max(3, round(thick * rng.uniform(0.85, 1.1))), joint="curve"
        )
    return Written(picture=picture, left=left * unit / _SCALE, top=-top * unit / _SCALE)


def _strokes(text: str, rng: random.Random, *, slant: float) -> list[list[tuple[float, float]]]:
    """All pen strokes in grid units, leaning by ``slant``."""
    strokes: list[list[tuple[float, float]]] = []
    x, lift = 0.0, 0.0
    for word in text.split(" "):
        joined: list[tuple[float, float]] = []
        for letter in word:
            base, accents = _taken_apart(letter)
            advance, parts = LETTERS.get(base, LETTERS["-"])
            lift = max(-1.5, min(1.5, lift + rng.uniform(-0.5, 0.5)))
            placed = [_placed(part, x, lift, rng) for part in parts]
            if joined and base.islower():
                joined += placed[0]
            else:
                strokes += [joined] if joined else []
                joined = placed[0]
            strokes += placed[1:]
            strokes += [_placed(each, x, lift, rng) for each in _marks(base, accents)]
            x += advance * rng.uniform(0.92, 1.08)
        strokes += [joined] if joined else []
        x += _SPACE * rng.uniform(0.8, 1.3)
    return [[(px + slant * py, py) for px, py in stroke] for stroke in strokes]


def _placed(part: Points, x: float, lift: float, rng: random.Random) -> list[tuple[float, float]]:
    return [(x + px + rng.uniform(-0.5, 0.5), py + lift + rng.uniform(-0.5, 0.5)) for px, py in part]


def _marks(base: str, accents: str) -> list[Points]:
    """Strokes of the accents over (or under) a letter, and the bar of ``đ``."""
    high = 8.0 if base.isupper() else 0.0
    found: list[Points] = []
    for accent in accents:
        if accent == "-":
            found.append(((3.0, 14.0), (10.0, 14.6)) if base == "d" else ((-1.0, 9.5), (6.0, 9.8)))
            continue
        rise = high if accent != "\u0323" else 0.0
        if accent in _TONES and any(roof in accents for roof in _ROOFS):
            rise += 3.2
        found.append(tuple((px, py + rise) for px, py in _ACCENTS[accent]))
    return found


def _taken_apart(letter: str) -> tuple[str, str]:
    """The plain letter and its accents; the bar of ``đ`` is a ``-``."""
    if letter in "đĐ":
        return ("d" if letter == "đ" else "D"), "-"
    parts = unicodedata.normalize("NFD", letter)
    return parts[0], "".join(each for each in parts[1:] if each in _ACCENTS)


def _advance(text: str) -> float:
    total = 0.0
    for letter in text:
        total += _SPACE if letter == " " else LETTERS.get(_taken_apart(letter)[0], LETTERS["-"])[0]
    return total
