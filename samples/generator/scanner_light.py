"""What light, paper and sensor do to a page: tint, shade, bleed-through, specks, noise, one bit."""

from __future__ import annotations

import random

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
_Floats = npt.NDArray[np.float32]


def bleed_through(front: Pixels, back: Pixels, rng: random.Random, *, is_thin: bool = False) -> Pixels:
    """The other side, mirrored and soft, shines through by 3 to 7 per cent; thin paper lets through more."""
    mirrored = cv2.GaussianBlur(cv2.flip(back, 1), (0, 0), 2.2).astype(np.float32)
    strength = rng.uniform(0.3, 0.5) if is_thin else rng.uniform(0.03, 0.07)
    return (front.astype(np.float32) * (1 - strength * (1 - mirrored / 255))).astype(np.uint8)


def punch_holes(sheet: Pixels, scale: float, rng: random.Random, *, at_right: bool) -> Pixels:
    """Two round holes 80 mm apart near the binding edge, dark as the scanner lid's shadow."""
    image = sheet.copy()
    height, width = image.shape[:2]
    x = 11 * scale if not at_right else width - 11 * scale
    for side in (-40, 40):
        centre = (round(x), round(height / 2 + side * scale + rng.uniform(-2, 2)))
        cv2.circle(image, centre, round(3 * scale), (176, 176, 178), -1, cv2.LINE_AA)
        cv2.circle(image, centre, round(3 * scale), (120, 120, 122), max(1, round(0.25 * scale)), cv2.LINE_AA)
    return image


def degrade(image: Pixels, names: tuple[str, ...], dpi: int, rng: random.Random) -> Pixels:
    """Applies the named degradations in the order in which light meets them."""
    result = _tint(image.astype(np.float32), rng)
    if "speckle" in names:
        result = _speckle(result, dpi, rng)
    if "uneven_light" in names:
        result = result * _gradient(result.shape[:2], rng, low=0.8)[..., None]
    if "shadow" in names:
        result = result * _edge_shadow(result.shape[:2], rng)[..., None]
    sigma = rng.uniform(0.75, 1.0) if "blur" in names else rng.uniform(0.25, 0.42)
    if "toner_fade" in names:
        result = _toner_fade(result, rng)
    if "photocopy" in names:
        result = _photocopy(result, dpi, rng)
    if "dirty_glass" in names:
        result = _dirty_glass(result, dpi, rng)
    result = cv2.GaussianBlur(result, (0, 0), sigma).astype(np.float32)
    return _noise(result, rng, rng.uniform(3.5, 5.0) if "noise" in names else 1.1)


def _toner_fade(image: _Floats, rng: random.Random) -> _Floats:
    """Bands down the page where a spent cartridge or a worn drum left little toner."""
    width = image.shape[1]
    across = np.arange(width, dtype=np.float32)
    left = np.zeros(width, np.float32)
    for _ in range(rng.randint(1, 3)):
        middle, reach = rng.uniform(0.1, 0.9) * width, rng.uniform(0.03, 0.1) * width
        left = np.maximum(left, rng.uniform(0.45, 0.72) * np.exp(-(((across - middle) / reach) ** 2)))
    return np.asarray(255 - (255 - image) * (1 - left)[None, :, None], np.float32)


def _photocopy(image: _Floats, dpi: int, rng: random.Random) -> _Floats:
    """Hard contrast and many fine black specks, as the third copy of a copy has."""
    result = np.clip((image - 128) * 1.8 + 150, 0, 255).astype(np.float32)
    source = np.random.default_rng(rng.getrandbits(32))
    height, width = image.shape[:2]
    count = round(height * width / dpi**2 * rng.uniform(12, 30))
    largest = max(1, round(0.3 / 25.4 * dpi))
    places = zip(source.integers(0, width, count), source.integers(0, height, count), strict=True)
    for (x, y), size in zip(places, source.integers(1, largest + 1, count), strict=True):
        result[y : y + size, x : x + size] = rng.uniform(0, 70)
    return np.asarray(result, np.float32)


def _dirty_glass(image: _Floats, dpi: int, rng: random.Random) -> _Floats:
    """A grain of dust on the feeder's glass draws a thin grey line down the whole page."""
    result = np.array(image, np.float32)
    for _ in range(rng.randint(1, 2)):
        x, wide = rng.randrange(image.shape[1]), max(1, round(rng.uniform(0.1, 0.25) / 25.4 * dpi))
        result[:, x : x + wide] *= rng.uniform(0.45, 0.8)
    return result


def _tint(image: _Floats, rng: random.Random) -> _Floats:
    paper = np.array([rng.uniform(0.97, 1.0), rng.uniform(0.97, 0.995), rng.uniform(0.95, 0.99)], np.float32)
    lift = rng.uniform(4, 14)
    return (lift + image * paper * (255 - lift) / 255).astype(np.float32)


def _speckle(image: _Floats, dpi: int, rng: random.Random) -> _Floats:
    height, width = image.shape[:2]
    square_inches = height * width / dpi**2
    for _ in range(round(square_inches * rng.uniform(0.8, 1.8))):
        centre = (rng.randrange(width), rng.randrange(height))
        grey = rng.uniform(30, 120)
        cv2.circle(
            image, centre, rng.choice((0, 0, 1, max(1, dpi // 150))), (grey, grey, grey), -1, cv2.LINE_AA
        )
    return image


def _gradient(size: tuple[int, int], rng: random.Random, *, low: float) -> _Floats:
    """A smooth shade between ``low`` and 1 in a random direction."""
    height, width = size
    corners = np.array([[1.0, rng.uniform(low, 1.0)], [rng.uniform(low, 1.0), low]], np.float32)
    if rng.random() < 0.5:
        corners = corners[:, ::-1].copy()
    if rng.random() < 0.5:
        corners = corners[::-1].copy()
    return cv2.resize(corners, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def _edge_shadow(size: tuple[int, int], rng: random.Random) -> _Floats:
    """A dark band along one long edge, as from a bent spine or a lid that is not closed."""
    height, width = size
    reach = width * rng.uniform(0.03, 0.06)
    distance = np.arange(width, dtype=np.float32)
    if rng.random() < 0.5:
        distance = distance[::-1].copy()
    shade = 1 - rng.uniform(0.3, 0.5) * np.exp(-distance / reach)
    return np.broadcast_to(shade.astype(np.float32), (height, width))


def _noise(image: _Floats, rng: random.Random, sigma: float) -> Pixels:
    source = np.random.default_rng(rng.getrandbits(32))
    grain = source.normal(0, sigma, image.shape[:2]).astype(np.float32)
    return np.asarray(np.clip(image + grain[..., None], 0, 255), dtype=np.uint8)


def table(size: tuple[int, int], rng: random.Random) -> Pixels:
    """A wooden table: brown streaks along its length."""
    width, height = size
    source = np.random.default_rng(rng.getrandbits(32))
    streaks = source.normal(0, 1, (height // 6 + 1, width // 90 + 2)).astype(np.float32)
    grain = cv2.resize(streaks, (width, height), interpolation=cv2.INTER_CUBIC)
    base = np.array(rng.choice(((126, 92, 64), (98, 74, 58), (150, 122, 92), (110, 112, 118))), np.float32)
    return np.asarray(np.clip(base + grain[..., None] * 9, 0, 255), dtype=np.uint8)


def cast_shadow(ground: Pixels, mask: Pixels) -> Pixels:
    """A soft shadow of the sheet on what lies behind it."""
    reach = max(2.0, mask.shape[1] / 160)
    soft = cv2.GaussianBlur(mask, (0, 0), reach).astype(np.float32) / 255
    return (ground * (1 - 0.35 * soft[..., None])).astype(np.uint8)


def phone_light(image: Pixels, rng: random.Random) -> Pixels:
    """Warm, uneven room light and the slight softness of a phone camera."""
    cast = np.array([1.0, rng.uniform(0.955, 0.985), rng.uniform(0.88, 0.94)], np.float32)
    shade = _gradient(image.shape[:2], rng, low=0.72)[..., None]
    result = image.astype(np.float32) * cast * shade * rng.uniform(0.94, 1.0)
    result = cv2.GaussianBlur(result, (0, 0), rng.uniform(0.5, 0.75)).astype(np.float32)
    return _noise(result, rng, 2.2)


def to_mode(image: Pixels, mode: str, rng: random.Random, names: tuple[str, ...] = ()) -> Pixels:
    """Colour as it is, grey by luminance, or one bit by a threshold that follows the paper.

    ``thin_bits`` and ``bold_bits`` set that threshold too dark and too light.
    """
    if mode == "color":
        return image
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    if mode == "gray":
        return np.asarray(grey, dtype=np.uint8)
    paper = cv2.blur(cv2.dilate(grey, np.ones((9, 9), np.uint8)), (61, 61)).astype(np.float32)
    level = rng.uniform(0.66, 0.74)
    level += -0.26 if "thin_bits" in names else 0.17 if "bold_bits" in names else 0.0
    return np.where(grey > paper * level, 255, 0).astype(np.uint8)
