"""What happens to a separator sheet that has been used for a year, and how it is scanned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from pipeline.image import PageImage, Pixels

#: Changes a grey picture of a sheet; the second argument gives px in a millimetre.
Change = Callable[[Pixels, float, np.random.Generator], Pixels]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """One way to be worn; ``leaves_code`` says whether a code is left to be read."""

    name: str
    change: Change
    leaves_code: bool = True


def scanned(sheet: Pixels, sheet_dpi: float, wear: Wear, *, dpi: int, mode: str, seed: int) -> PageImage:
    """Returns a sheet as a scanner delivers it, worn, a little askew, softened and grainy.

    Args:
        sheet: grey picture of the printed sheet.
        sheet_dpi: its resolution.
        wear: what happened to it.
        dpi: of the scan.
        mode: ``colour``, ``grey`` or ``bitonal``.
        seed: of everything random.
    """
    chance = np.random.default_rng(seed)
    worn = wear.change(sheet, sheet_dpi / 25.4, chance)
    small = cv2.resize(worn, None, fx=dpi / sheet_dpi, fy=dpi / sheet_dpi, interpolation=cv2.INTER_AREA)
    small = _turned(np.asarray(small, np.uint8), float(chance.uniform(-1.5, 1.5)))
    soft = cv2.GaussianBlur(small, (0, 0), 0.6).astype(np.float32)
    light = 255.0 - chance.uniform(0, 25)
    grain = chance.integers(-7, 8, soft.shape, dtype=np.int8)
    grey = np.clip(soft * (light / 255.0) + grain, 0, 255).astype(np.uint8)
    if mode == "bitonal":
        grey = np.asarray(cv2.threshold(grey, 140, 255, cv2.THRESH_BINARY)[1], np.uint8)
    pixels = cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB) if mode == "colour" else grey
    return PageImage(pixels=np.asarray(pixels, np.uint8), dpi=float(dpi), is_bilevel=mode == "bitonal")


def _turned(sheet: Pixels, degrees: float) -> Pixels:
    height, width = sheet.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(sheet, matrix, (width, height), borderValue=255), np.uint8)


def _quarter(times: int) -> Change:
    return lambda sheet, _scale, _chance: np.ascontiguousarray(np.rot90(sheet, times))


def _skewed(sheet: Pixels, _scale: float, chance: np.random.Generator) -> Pixels:
    return _turned(sheet, float(chance.choice([-1, 1]) * chance.uniform(4, 8)))


def _copied(sheet: Pixels, scale: float, chance: np.random.Generator) -> Pixels:
    """A copy of a copy: shrunk a little, steep, thickened, with specks."""
    copy = sheet
    for _ in range(2):
        matrix = cv2.getRotationMatrix2D((copy.shape[1] / 2, copy.shape[0] / 2), 0.4, 0.97)
        copy = np.asarray(cv2.warpAffine(copy, matrix, copy.shape[::-1], borderValue=255), np.uint8)
        soft = cv2.GaussianBlur(copy, (0, 0), 0.12 * scale).astype(np.float32)
        copy = np.asarray(255 / (1 + np.exp(-(soft - 145) / 20)), np.uint8)
    specks = chance.random(copy.shape) < 0.00008
    dark = cv2.dilate(specks.astype(np.uint8), np.ones((4, 4), np.uint8))
    return np.where(dark > 0, np.uint8(30), copy)


def _stained(sheet: Pixels, scale: float, chance: np.random.Generator) -> Pixels:
    """Coffee, ink or glue over a third of the sheet."""
    spoiled = sheet.copy()
    height, width = sheet.shape
    for _ in range(3):
        middle = (int(chance.uniform(0, width)), int(chance.uniform(0, height)))
        axes = (int(chance.uniform(20, 45) * scale), int(chance.uniform(20, 45) * scale))
        shade = int(chance.choice([40, 110, 250]))
        cv2.ellipse(spoiled, middle, axes, float(chance.uniform(0, 90)), 0, 360, shade, -1)
    return spoiled


def _torn(sheet: Pixels, scale: float, chance: np.random.Generator) -> Pixels:
    """A corner of 6 to 9 cm is gone."""
    spoiled = sheet.copy()
    height, width = sheet.shape
    reach = int(chance.uniform(60, 90) * scale)
    x, y = (int(chance.choice([0, side])) for side in (width, height))
    corner = np.array(
        [(x, y), (x + (reach if x == 0 else -reach), y), (x, y + (reach if y == 0 else -reach))]
    )
    cv2.fillPoly(spoiled, [corner.astype(np.int32)], 255)
    return spoiled


def _folded(sheet: Pixels, scale: float, chance: np.random.Generator) -> Pixels:
    """Creased twice; ink is off along the creases."""
    spoiled = sheet.copy()
    height, width = sheet.shape
    for at in (0.5, float(chance.uniform(0.6, 0.7))):
        y = int(height * at)
        cv2.line(spoiled, (0, y), (width, y + int(6 * scale)), 235, max(1, int(0.8 * scale)))
    return spoiled


def _small(sheet: Pixels, _scale: float, _chance: np.random.Generator) -> Pixels:
    """Printed at A5 size in the middle of the page."""
    matrix = cv2.getRotationMatrix2D((sheet.shape[1] / 2, sheet.shape[0] / 2), 0, 0.7071)
    return np.asarray(cv2.warpAffine(sheet, matrix, sheet.shape[::-1], borderValue=255), np.uint8)


def _blotted(sheet: Pixels, scale: float, chance: np.random.Generator) -> Pixels:
    """All codes are drawn over with a felt pen: only the frame tells what it is."""
    spoiled = sheet.copy()
    for left, top, side in ((84, 165, 42), (25, 28, 28), (157, 241, 28)):
        for _ in range(16):
            ends = [
                (int((left + chance.uniform(-3, side + 3)) * scale), int((top + at * side) * scale))
                for at in (chance.uniform(0, 0.4), chance.uniform(0.6, 1.0))
            ]
            cv2.line(spoiled, *ends, 20, int(4 * scale))
    return spoiled


#: Every sheet is worn in each of these ways.
WEARS: Final = (
    Wear(name="new", change=lambda sheet, _scale, _chance: sheet),
    Wear(name="upside down", change=_quarter(2)),
    Wear(name="turned right", change=_quarter(3)),
    Wear(name="turned left", change=_quarter(1)),
    Wear(name="4 to 8 degrees askew", change=_skewed),
    Wear(name="copy of a copy", change=_copied),
    Wear(name="stained", change=_stained),
    Wear(name="corner torn off", change=_torn),
    Wear(name="folded twice", change=_folded),
    Wear(name="printed at A5", change=_small),
)
#: Only our own sheets are known when this is done to them.
BLOTTED: Final = Wear(name="codes blotted out", change=_blotted, leaves_code=False)
