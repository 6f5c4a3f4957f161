"""What may have happened to a card before or while it was scanned; each damage is one named function.

A damage on paper is done to the drawn card (600 dpi), one of the scan to the received image.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels
from samples.generator.canvas import Area
from samples.generator.scanner import ScanSettings

#: Draws on the card: pixels, pixels a millimetre, place of the code in mm.
OnPaper = Callable[[Pixels, float, Area, random.Random], Pixels]
#: Changes the received image.
OnScan = Callable[[Pixels, random.Random], Pixels]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One way in which a code is harder to read than a clean one."""

    name: str
    on_paper: OnPaper | None = None
    settings: Callable[[ScanSettings, random.Random], ScanSettings] | None = None
    on_scan: OnScan | None = None


def dirt(card: Pixels, scale: float, code: Area, rng: random.Random) -> Pixels:
    """Ink or glue over one corner of the code: a tenth to a seventh of its side."""
    left, top, right, bottom = (each * scale for each in code)
    reach = (right - left) * rng.uniform(0.1, 0.15)
    across, down = rng.choice(((left, top), (right, top), (left, bottom), (right, bottom)))
    spoiled = card.copy()
    shade = rng.choice((60, 120, 225))
    cv2.circle(spoiled, (round(across), round(down)), round(reach), (shade, shade, shade - 10), -1)
    return spoiled


def glare(card: Pixels, scale: float, code: Area, rng: random.Random) -> Pixels:
    """A lamp mirrored in the laminate: a soft white bar across the code."""
    left, top, right, bottom = (each * scale for each in code)
    height, width = card.shape[:2]
    shine = np.zeros((height, width), np.float32)
    tilt = rng.uniform(-0.5, 0.5) * (right - left)
    middle = rng.uniform(left, right)
    thick = max(1, round((right - left) * rng.uniform(0.12, 0.2)))
    cv2.line(shine, (round(middle - tilt), round(top)), (round(middle + tilt), round(bottom)), 1.0, thick)
    shine = cv2.GaussianBlur(shine, (0, 0), (right - left) * 0.06).astype(np.float32) * 0.72
    return np.asarray(card + (255 - card) * shine[..., None], dtype=np.uint8)


def worn(card: Pixels, scale: float, code: Area, rng: random.Random) -> Pixels:
    """Fine scratches over the code, as from years in a purse."""
    left, top, right, bottom = (each * scale for each in code)
    spoiled = card.copy()
    for _ in range(rng.randint(5, 9)):
        ends = [(round(rng.uniform(left, right)), round(rng.uniform(top, bottom))) for _ in range(2)]
        shade = rng.choice((90, 205, 235))
        cv2.line(spoiled, *ends, (shade, shade, shade), max(1, round(0.09 * scale)), cv2.LINE_AA)
    return spoiled


def photocopy(image: Pixels, rng: random.Random) -> Pixels:
    """A copy of a copy: steep tones, thickened ink, specks."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) if image.ndim == 3 else image
    soft = cv2.GaussianBlur(grey, (0, 0), 0.6).astype(np.float32)
    steep = 255 / (1 + np.exp(-(soft - rng.uniform(128, 150)) / 22))
    grain = np.random.default_rng(rng.getrandbits(32)).normal(0, 9, steep.shape)
    return np.asarray(np.clip(steep + grain, 0, 255), dtype=np.uint8)


def inverted(image: Pixels, rng: random.Random) -> Pixels:
    """A negative, as some film scanners and copiers give."""
    del rng
    return np.asarray(255 - image, dtype=np.uint8)


def out_of_focus(image: Pixels, rng: random.Random) -> Pixels:
    """Beside the scanner's own softness: a card that does not lie flat, or is laminated thickly."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.75, 1.0)), dtype=np.uint8)


def small_jpeg(image: Pixels, rng: random.Random) -> Pixels:
    """Saved by a thrifty program."""
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(35, 55)])
    if not done:
        raise RuntimeError("the picture could not be encoded")
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_UNCHANGED), dtype=np.uint8)


def _bilevel(settings: ScanSettings, rng: random.Random) -> ScanSettings:
    del rng
    return replace(settings, mode="bilevel")


def _turned(settings: ScanSettings, rng: random.Random) -> ScanSettings:
    return replace(settings, rotation=rng.choice((90, 180, 270)), skew=rng.uniform(-5, 5))


def _poor(settings: ScanSettings, rng: random.Random) -> ScanSettings:
    del rng
    return replace(settings, degradations=("uneven_light", "shadow", "noise", "speckle"))


DAMAGES: Final = (
    Damage(name="clean"),
    Damage(name="poor light, noise", settings=_poor),
    Damage(name="turned and askew", settings=_turned),
    Damage(name="inverted", on_scan=inverted),
    Damage(name="dirt on a corner", on_paper=dirt),
    Damage(name="scratched", on_paper=worn),
    Damage(name="glare", on_paper=glare),
    Damage(name="JPEG 35-55", on_scan=small_jpeg),
    Damage(name="blurred", on_scan=out_of_focus),
    Damage(name="1 bit", settings=_bilevel),
    Damage(name="photocopy", on_scan=photocopy),
)
