"""Phone photos with known corners: a flat page laid on a table and seen at an angle."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from benchmarks.geometry.probe import Probe, moved_points
from pipeline.image import PageImage
from samples.generator import scanner_light as light

#: Longer side of the photo, px.
_LONGER_SIDE: Final = 2600
#: Table seen on each side, share of the sheet; corners wander by at most the second share of it.
_TABLE: Final = 0.1
_WANDER: Final = 0.06


def photographed(probe: Probe, seed: str) -> Probe:
    """Returns a photo of the page; its paper is what the page's picture shows, rim and all."""
    rng = random.Random(f"{seed}/{probe.name}")
    page = probe.image
    scale = _LONGER_SIDE / (max(page.width, page.height) * (1 + 2 * _TABLE))
    width, height = page.width * scale, page.height * scale
    size = (round(width * (1 + 2 * _TABLE)), round(height * (1 + 2 * _TABLE)))
    flat = np.array([[0, 0], [page.width, 0], [page.width, page.height], [0, page.height]], np.float64)
    seen = np.array(
        [
            [x * scale + width * _TABLE + rng.uniform(-1, 1) * width * _WANDER,
             y * scale + height * _TABLE + rng.uniform(-1, 1) * height * _WANDER]
            for x, y in flat
        ]
    )  # fmt: skip
    matrix = np.asarray(
        cv2.getPerspectiveTransform(flat.astype(np.float32), seen.astype(np.float32)), np.float64
    )
    colour = page.pixels if page.pixels.ndim == 3 else cv2.cvtColor(page.pixels, cv2.COLOR_GRAY2RGB)
    small = cv2.resize(colour, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    shrink = np.diag([page.width / small.shape[1], page.height / small.shape[0], 1.0])
    sheet = cv2.warpPerspective(small, matrix @ shrink, size, flags=cv2.INTER_CUBIC)
    cover = cv2.warpPerspective(np.full(small.shape[:2], 255, np.uint8), matrix @ shrink, size)
    ground = light.cast_shadow(light.table(size, rng), np.asarray(cover, np.uint8))
    share = (cover.astype(np.float32) / 255)[..., None]
    photo = light.phone_light((sheet * share + ground * (1 - share)).astype(np.uint8), rng)
    return replace(
        probe,
        kind="photo",
        image=PageImage(pixels=photo, dpi=page.dpi * scale),
        quads=moved_points(probe.quads, matrix),
        corners=seen,
    )
