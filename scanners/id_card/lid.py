"""What lies on the glass, told from the lid above it: white, grey or black, clean or not."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import PageImage, Pixels

#: Cards are looked for at about this resolution.
LOOK_DPI: Final = 100
#: The lid is seen along the edges of the glass, so wide, as a share of the shorter side.
_RIM: Final = 0.03
#: Least difference from the lid, of 255 in lightness and colour, beyond its own noise.
_LEAST: Final = 3.0
#: What lies on the rim and is further from its middle brightness than light can fall off is no lid.
_FALL: Final = 25.0
#: Difference of neighbours that no lid shows.
_EDGE: Final = 24.0
#: Print on a card lies closer than this; dust and hairs are thinner than that. Millimetres.
_CLOSE_MM, _DUST_MM = 2.6, 7.0

Floats = npt.NDArray[np.float32]


def shrunk(image: PageImage) -> tuple[Pixels, float]:
    """Returns the scan in colour at about ``LOOK_DPI``, and how many times smaller it is."""
    times = max(1.0, image.dpi / LOOK_DPI)
    size = (max(1, round(image.width / times)), max(1, round(image.height / times)))
    small = np.asarray(cv2.resize(image.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    colour = small if small.ndim == 3 else np.asarray(cv2.cvtColor(small, cv2.COLOR_GRAY2RGB), np.uint8)
    return colour, image.width / size[0]


def things_on(colour: Pixels, px_per_mm: float) -> Pixels:
    """Marks what lies on the glass: 255 inside each thing, its print and pale parts filled, else 0."""
    soft = np.asarray(cv2.GaussianBlur(colour, (0, 0), 0.8), np.uint8)
    lab = np.asarray(cv2.cvtColor(soft, cv2.COLOR_RGB2LAB), np.float32)
    lid, noise = _lid_of(lab)
    away = np.abs(lab - lid).max(axis=2)
    edges = cv2.morphologyEx(
        cv2.cvtColor(soft, cv2.COLOR_RGB2GRAY), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)
    )
    seen = ((away > _LEAST + 3 * noise) | (edges > _EDGE + 3 * noise)).astype(np.uint8) * 255
    return _filled(np.asarray(seen, np.uint8), px_per_mm)


def _lid_of(lab: Floats) -> tuple[Floats, float]:
    """The lid as a plane of light through its rim, behind everything, and how rough it is (median)."""
    height, width = lab.shape[:2]
    wide = max(2, round(_RIM * min(height, width)))
    is_rim = np.ones((height, width), bool)
    is_rim[wide:-wide, wide:-wide] = False
    ys, xs = np.nonzero(is_rim)
    rim = lab[ys, xs]
    is_lid = np.abs(rim - np.median(rim, axis=0)).max(axis=1) < _FALL
    terms = np.column_stack([np.ones(len(xs)), xs / width, ys / height])
    plane, *_ = np.linalg.lstsq(terms[is_lid], rim[is_lid], rcond=None)
    across, down = np.meshgrid(np.arange(width) / width, np.arange(height) / height)
    lid = plane[0] + across[..., None] * plane[1] + down[..., None] * plane[2]
    rough = float(np.median(np.abs(rim[is_lid] - terms[is_lid] @ plane).max(axis=1)))
    return np.asarray(lid, np.float32), rough


def _filled(seen: Pixels, px_per_mm: float) -> Pixels:
    close, dust = (max(3, round(each * px_per_mm)) | 1 for each in (_CLOSE_MM, _DUST_MM))
    wide = cv2.copyMakeBorder(seen, dust, dust, dust, dust, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((close, close), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    whole = np.zeros_like(closed)
    cv2.drawContours(whole, outlines, -1, 255, cv2.FILLED)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (dust, dust))
    opened = cv2.morphologyEx(whole, cv2.MORPH_OPEN, disc)
    return np.asarray(opened[dust:-dust, dust:-dust], np.uint8)
