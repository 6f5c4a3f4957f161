"""A picture of a page, where its printed lines run, and the same picture laid down in other ways."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import PageImage
from pipeline.stages.warp import paper_colour

Matrix = npt.NDArray[np.float64]
Points = npt.NDArray[np.float64]

#: White that stays around a line where everything else is covered, mm.
_AROUND_MM: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Probe:
    """One picture.

    Attributes:
        name: how people find it.
        kind: the row of the tables that it counts in.
        image: the page as decoded.
        quads: (n, 4, 2) corners of printed lines, px; clockwise from the top left one of the text.
        is_angle_known: whether the quads tell the angle, or only which way is up.
        corners: (4, 2) corners of the sheet, px; ``None`` where it fills the picture or they are unknown.
    """

    name: str
    kind: str
    image: PageImage
    quads: Points
    is_angle_known: bool = True
    corners: Points | None = None


def turned(probe: Probe, quarters: int) -> Probe:
    """Returns the page lying so many quarter turns clockwise."""
    width, height = probe.image.width, probe.image.height
    matrix = {
        0: np.eye(3),
        1: np.array([[0.0, -1, height - 1], [1, 0, 0], [0, 0, 1]]),
        2: np.array([[-1.0, 0, width - 1], [0, -1, height - 1], [0, 0, 1]]),
        3: np.array([[0.0, 1, 0], [-1, 0, width - 1], [0, 0, 1]]),
    }[quarters]
    pixels = np.ascontiguousarray(np.rot90(probe.image.pixels, -quarters))
    return _moved(probe, replace(probe.image, pixels=pixels), matrix)


def skewed(probe: Probe, degrees: float) -> Probe:
    """Returns the page lying turned clockwise by an angle, on a canvas that holds all of it."""
    image = probe.image
    radians = math.radians(degrees)
    cos, sin = math.cos(radians), math.sin(radians)
    width = round(image.width * cos + image.height * abs(sin))
    height = round(image.height * cos + image.width * abs(sin))
    there = np.array([[1.0, 0, (width - 1) / 2], [0, 1, (height - 1) / 2], [0, 0, 1]])
    back = np.array([[1.0, 0, -(image.width - 1) / 2], [0, 1, -(image.height - 1) / 2], [0, 0, 1]])
    matrix = there @ np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]]) @ back
    pixels = np.asarray(
        cv2.warpPerspective(
            image.pixels, matrix, (width, height), flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_CONSTANT, borderValue=paper_colour(image.pixels),
        ),
        np.uint8,
    )  # fmt: skip
    if image.is_bilevel:
        pixels = np.where(pixels > 127, np.uint8(255), np.uint8(0))
    return _moved(probe, replace(image, pixels=pixels), matrix)


def with_few_lines(probe: Probe, count: int, seed: str) -> Probe | None:
    """Covers all but so many lines that follow each other with paper; ``None`` where the page has no more."""
    if len(probe.quads) <= count:
        return None
    first = random.Random(f"{seed}/{probe.name}").randrange(len(probe.quads) - count + 1)
    kept = probe.quads[first : first + count]
    mask = np.zeros(probe.image.pixels.shape[:2], np.uint8)
    for quad in kept:
        cv2.fillConvexPoly(mask, np.round(quad).astype(np.int32), 255)
    reach = max(1, round(_AROUND_MM / 25.4 * probe.image.dpi))
    mask = np.asarray(cv2.dilate(mask, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)), np.uint8)
    pixels = probe.image.pixels.copy()
    paper = paper_colour(pixels)
    pixels[mask == 0] = paper if pixels.ndim == 3 else paper[0]
    return replace(
        probe,
        kind=f"sparse, {count} lines",
        quads=kept,
        image=replace(probe.image, pixels=pixels),
        corners=None,
    )


def moved_points(points: Points, matrix: Matrix) -> Points:
    """Carries points of any leading shape through a projective matrix."""
    flat = np.ascontiguousarray(points.reshape(1, -1, 2))
    return np.asarray(cv2.perspectiveTransform(flat, matrix).reshape(points.shape), np.float64)


def _moved(probe: Probe, image: PageImage, matrix: Matrix) -> Probe:
    corners = None if probe.corners is None else moved_points(probe.corners, matrix)
    return replace(probe, image=image, quads=moved_points(probe.quads, matrix), corners=corners)
