"""Printed backgrounds: the patterned ground of cards and security papers, an invented emblem, a portrait."""

from __future__ import annotations

import math
import random

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter

from samples.generator.style import Colour

_Floats = npt.NDArray[np.float32]


def waves(
    size: tuple[int, int],
    ground: tuple[Colour, Colour],
    inks: tuple[Colour, ...],
    rng: random.Random,
    *,
    pitch: float,
    thickness: float = 0.16,
) -> Image.Image:
    """Interlaced fine wave lines over a two-colour gradient; ``pitch`` in pixels between lines."""
    width, height = size
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    blend = (across / width * 0.6 + down / height * 0.4)[..., None]
    first, last = (np.array(each, dtype=np.float32) for each in ground)
    pixels: _Floats = (first * (1 - blend) + last * blend).astype(np.float32)
    for index, ink in enumerate(inks):
        turn = index * math.pi / max(1, len(inks)) + rng.uniform(0.1, 0.5)
        along = across * math.cos(turn) + down * math.sin(turn)
        beside = -across * math.sin(turn) + down * math.cos(turn)
        bend = pitch * 2.2 * np.sin(along / (pitch * rng.uniform(6, 9)) + index)
        pixels = _ruled(
            pixels, np.asarray(beside + bend, np.float32), pitch, thickness, np.array(ink, dtype=np.float32)
        )
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _ruled(
    pixels: _Floats,
    phase: _Floats,
    pitch: float,
    thickness: float,
    ink: _Floats,
) -> _Floats:
    turns = phase / np.float32(pitch)
    near = np.abs(turns - np.floor(turns) - np.float32(0.5))
    cover = np.clip((thickness - near) * pitch, 0, 1)[..., None] * np.float32(0.55)
    return np.asarray(pixels + (ink - pixels) * cover, dtype=np.float32)


def drum(side: int, colour: Colour) -> Image.Image:
    """Rings, rays and a many-pointed star, as on the pink paper of certificates; fully transparent ground."""
    picture = Image.new("RGBA", (side, side), (*colour, 0))
    draw = ImageDraw.Draw(picture)
    centre = side / 2
    for share in (0.49, 0.46, 0.40, 0.37, 0.29, 0.26, 0.17):
        reach = side * share
        box = (centre - reach, centre - reach, centre + reach, centre + reach)
        draw.ellipse(box, outline=(*colour, 120), width=max(1, side // 260))
    for ray in range(72):
        turn = math.radians(ray * 5)
        near, far = side * (0.29 if ray % 2 else 0.37), side * (0.37 if ray % 2 else 0.40)
        ends = [centre + near * math.cos(turn), centre + near * math.sin(turn)]
        ends += [centre + far * math.cos(turn), centre + far * math.sin(turn)]
        draw.line(ends, fill=(*colour, 110), width=max(1, side // 320))
    points = []
    for corner in range(28):
        reach = side * (0.16 if corner % 2 == 0 else 0.06)
        turn = math.radians(corner * 360 / 28)
        points.append((centre + reach * math.cos(turn), centre + reach * math.sin(turn)))
    draw.polygon(points, fill=(*colour, 110))
    return picture


def emblem(side: int, ring: Colour, ground: Colour) -> Image.Image:
    """A star in a disc with a wreath: stands for the national emblem without copying it."""
    big = side * 3
    picture = Image.new("RGBA", (big, big), (*ring, 0))
    draw = ImageDraw.Draw(picture)
    centre = big / 2
    for leaf in range(-130, 131, 13):
        turn = math.radians(90 + leaf)
        x, y = centre + big * 0.42 * math.cos(turn), centre + big * 0.42 * math.sin(turn)
        reach = big * 0.055
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=(*ring, 255))
    reach = big * 0.37
    draw.ellipse((centre - reach, centre - reach, centre + reach, centre + reach), fill=(*ground, 255))
    points = []
    for corner in range(10):
        far = big * (0.24 if corner % 2 == 0 else 0.095)
        turn = math.radians(-90 + 36 * corner)
        points.append((centre + far * math.cos(turn), centre - big * 0.04 + far * math.sin(turn)))
    draw.polygon(points, fill=(*ring, 255))
    draw.rectangle((centre - big * 0.2, big * 0.86, centre + big * 0.2, big * 0.97), fill=(*ground, 255))
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def portrait(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """A grey silhouette of nobody: head, hair, shoulders."""
    width, height = size
    picture = Image.new("RGB", size, (206, 212, 216))
    draw = ImageDraw.Draw(picture)
    middle = width / 2 + rng.uniform(-0.02, 0.02) * width
    head = width * rng.uniform(0.19, 0.22)
    crown = height * rng.uniform(0.2, 0.25)
    draw.ellipse(
        (middle - width * 0.42, height * 0.68, middle + width * 0.42, height * 1.4), fill=(92, 98, 108)
    )
    draw.rectangle(
        (middle - head * 0.42, height * 0.5, middle + head * 0.42, height * 0.72), fill=(150, 146, 144)
    )
    draw.ellipse(
        (middle - head * 1.12, crown - head * 0.4, middle + head * 1.12, crown + head * 2.2),
        fill=(52, 52, 56),
    )
    draw.ellipse((middle - head, crown, middle + head, crown + head * 2.65), fill=(168, 162, 158))
    return picture.filter(ImageFilter.GaussianBlur(width / 90))


def fingerprint(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """Concentric grey loops: the look of a fingerprint, of no finger."""
    width, height = size
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    lean = rng.uniform(-0.25, 0.25)
    reach = np.hypot(across * 1.25 + lean * down, (down - 0.15) * 0.95 + 0.25 * across**2)
    swirl = np.sin(reach * rng.uniform(40, 48) + 1.6 * np.sin(3 * np.arctan2(down, across)))
    inside = np.hypot(across * 1.15, down) < 0.95
    grey = np.where((swirl > 0.1) & inside, 120, 235).astype(np.uint8)
    alpha = np.where(inside, 150, 0).astype(np.uint8)
    return Image.merge("LA", (Image.fromarray(grey), Image.fromarray(alpha))).convert("RGBA")
