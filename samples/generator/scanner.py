"""A scanner model: turns a drawn sheet into the image an office scanner or a phone gives.

The geometry is exact: ``Scan.matrix`` carries millimetres of the sheet to pixels of the received image.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Final, Literal

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from samples.generator import scanner_light as light
from samples.generator.canvas import Area, Canvas
from samples.generator.scanner_light import Pixels

Matrix = npt.NDArray[np.float64]
Mode = Literal["color", "gray", "bilevel"]
Quad = list[list[float]]
_LID: Final = (247, 247, 246)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """How a side is captured.

    Attributes:
        rotation: clockwise degrees that stand the image upright again: 0, 90, 180, 270.
        skew: degrees the sheet lay turned clockwise, -5 to 5.
        degradations: of ``speckle bleed_through thin_paper uneven_light shadow blur noise punch_holes
            photocopy dirty_glass toner_fade thin_bits bold_bits``.
        bed: ``sheet`` (image as large as the sheet), ``a4`` (a card alone on an A4 page).
        is_photo: taken by a phone on a table; skew and dpi then come out of the perspective.
    """

    dpi: int = 200
    mode: Mode = "color"
    rotation: int = 0
    skew: float = 0.0
    degradations: tuple[str, ...] = ()
    bed: Literal["sheet", "a4"] = "sheet"
    is_photo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A received image.

    Attributes:
        pixels: height x width x 3 RGB for colour, height x width for grey and bilevel (0 or 255).
        matrix: 3x3, sheet mm to image px.
        skew: measured residual angle in degrees, clockwise positive, after the rotation is undone.
    """

    pixels: Pixels
    matrix: Matrix
    dpi: int
    mode: Mode
    rotation: int
    skew: float
    degradations: tuple[str, ...]

    def quad(self, area: Area) -> Quad:
        """Corners of an area of the sheet in the image: top left, top right, bottom right, bottom left."""
        left, top, right, bottom = area
        corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], dtype=np.float64)
        moved = cv2.perspectiveTransform(corners, self.matrix)[0]
        return [[round(float(x), 1), round(float(y), 1)] for x, y in moved]


def scan(canvas: Canvas, settings: ScanSettings, rng: random.Random, back: Canvas | None = None) -> Scan:
    """Captures one side; ``back`` shines through where ``bleed_through`` is asked for."""
    sheet = np.asarray(canvas.image)
    is_thin = "thin_paper" in settings.degradations
    if back is not None and (is_thin or "bleed_through" in settings.degradations):
        sheet = light.bleed_through(sheet, np.asarray(back.image), rng, is_thin=is_thin)
    if "punch_holes" in settings.degradations:
        sheet = light.punch_holes(sheet, canvas.scale, rng, at_right=back is not None)
    if settings.is_photo:
        image, matrix = _photograph(sheet, canvas, rng)
    else:
        image, matrix = _flatbed(sheet, canvas, settings, rng)
        image = light.degrade(image, settings.degradations, settings.dpi, rng)
    skew = _angle(matrix, canvas)
    dpi = settings.dpi if not settings.is_photo else round(_magnification(matrix, canvas) * 25.4)
    image, matrix = _turn(image, matrix, settings.rotation)
    return Scan(
        pixels=light.to_mode(image, settings.mode, rng, settings.degradations),
        matrix=matrix,
        dpi=dpi,
        mode=settings.mode,
        rotation=settings.rotation,
        skew=round(skew, 2),
        degradations=(*settings.degradations, "photo_perspective")
        if settings.is_photo
        else settings.degradations,
    )


def _flatbed(
    sheet: Pixels, canvas: Canvas, settings: ScanSettings, rng: random.Random
) -> tuple[Pixels, Matrix]:
    scale = settings.dpi / 25.4
    bed_width, bed_height, centre = _bed(canvas, settings, rng)
    turn = _shift(*centre) @ _turned(settings.skew) @ _shift(-canvas.width / 2, -canvas.height / 2)
    matrix: Matrix = np.diag([scale, scale, 1.0]) @ turn
    size = (round(bed_width * scale), round(bed_height * scale))
    is_smaller = settings.bed == "a4" or canvas.width < 200
    return _warp(sheet, canvas, matrix, size, casts_shadow=is_smaller), matrix


def _bed(
    canvas: Canvas, settings: ScanSettings, rng: random.Random
) -> tuple[float, float, tuple[float, float]]:
    """Width and height of the scanned area and where the middle of the sheet lies on it, in mm."""
    if settings.bed == "a4":
        return 210.0, 297.0, (105 + rng.uniform(-25, 25), 80 + rng.uniform(-30, 60))
    turn = math.radians(abs(settings.skew))
    margin = 3.0 if canvas.width < 200 else 0.0
    width, height = canvas.width + margin, canvas.height + margin
    if abs(settings.skew) > 1.5 or margin:
        width, height = (
            width * math.cos(turn) + height * math.sin(turn),
            width * math.sin(turn) + height * math.cos(turn),
        )
    return width, height, (width / 2, height / 2)


def _photograph(sheet: Pixels, canvas: Canvas, rng: random.Random) -> tuple[Pixels, Matrix]:
    long_side = 2100 if canvas.width > 200 else 1500
    table_width, table_height = canvas.width * 1.16, canvas.height * 1.14
    scale = long_side / max(table_width, table_height)
    size = (round(table_width * scale), round(table_height * scale))
    corners = [[0.0, 0.0], [canvas.width, 0.0], [canvas.width, canvas.height], [0.0, canvas.height]]
    near = canvas.width * 0.034
    aimed = [
        [
            (x + canvas.width * 0.08 + rng.uniform(-near, near)) * scale,
            (y + canvas.height * 0.07 + rng.uniform(-near, near)) * scale,
        ]
        for x, y in corners
    ]
    found = cv2.getPerspectiveTransform(np.array(corners, np.float32), np.array(aimed, np.float32))
    matrix = np.asarray(found, dtype=np.float64)
    image = _warp(sheet, canvas, matrix, size, casts_shadow=True, ground=light.table(size, rng))
    return light.phone_light(image, rng), matrix


def _warp(
    sheet: Pixels,
    canvas: Canvas,
    matrix: Matrix,
    size: tuple[int, int],
    *,
    casts_shadow: bool,
    ground: Pixels | None = None,
) -> Pixels:
    target = _magnification(matrix, canvas)
    ratio = min(1.0, target / canvas.scale)
    small = cv2.resize(sheet, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    shrink = np.diag([canvas.width / small.shape[1], canvas.height / small.shape[0], 1.0])
    whole = matrix @ shrink
    moved = cv2.warpPerspective(small, whole, size, flags=cv2.INTER_CUBIC)
    mask = cv2.warpPerspective(np.full(small.shape[:2], 255, np.uint8), whole, size, flags=cv2.INTER_LINEAR)
    behind = np.full((size[1], size[0], 3), _LID, np.uint8) if ground is None else ground
    if casts_shadow:
        behind = light.cast_shadow(behind, np.asarray(mask, dtype=np.uint8))
    cover = (mask.astype(np.float32) / 255)[..., None]
    return (moved * cover + behind * (1 - cover)).astype(np.uint8)


def _turn(image: Pixels, matrix: Matrix, rotation: int) -> tuple[Pixels, Matrix]:
    height, width = image.shape[:2]
    turns = {
        0: np.eye(3),
        90: np.array([[0, 1, 0], [-1, 0, width], [0, 0, 1]], dtype=np.float64),
        180: np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]], dtype=np.float64),
        270: np.array([[0, -1, height], [1, 0, 0], [0, 0, 1]], dtype=np.float64),
    }
    return np.ascontiguousarray(np.rot90(image, rotation // 90)), turns[rotation] @ matrix


def _turned(degrees: float) -> Matrix:
    turn = math.radians(degrees)
    return np.array([[math.cos(turn), -math.sin(turn), 0], [math.sin(turn), math.cos(turn), 0], [0, 0, 1]])


def _shift(x: float, y: float) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], dtype=np.float64)


def _across(matrix: Matrix, canvas: Canvas) -> npt.NDArray[np.float64]:
    """Image vector of the horizontal through the middle of the sheet."""
    y = canvas.height / 2
    ends = np.array([[[0.0, y], [canvas.width, y]]])
    start, end = cv2.perspectiveTransform(ends, matrix)[0]
    return np.asarray(end - start, dtype=np.float64)


def _angle(matrix: Matrix, canvas: Canvas) -> float:
    across = _across(matrix, canvas)
    return math.degrees(math.atan2(across[1], across[0]))


def _magnification(matrix: Matrix, canvas: Canvas) -> float:
    """Pixels a millimetre along the middle of the sheet."""
    return float(np.hypot(*_across(matrix, canvas)) / canvas.width)


def as_picture(received: Scan) -> Image.Image:
    """The image for saving; 1-bit for bilevel scans."""
    picture = Image.fromarray(received.pixels)
    if received.mode == "bilevel":
        return picture.convert("1", dither=Image.Dither.NONE)
    return picture
