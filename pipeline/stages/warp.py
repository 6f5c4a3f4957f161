"""One resampling from the original image to the upright page, however many steps led to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.geometry import Placement
from pipeline.image import PageImage, Pixels

Matrix = npt.NDArray[np.float64]

_TURNS: Final = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """A picture on the way to the upright page.

    Attributes:
        to_original: 3 x 3, px of this frame to px of the original.
        width: px.
        height: px.
    """

    to_original: Matrix
    width: int
    height: int

    @staticmethod
    def of(image: PageImage) -> Frame:
        """Returns the frame of the original itself."""
        return Frame(to_original=np.eye(3), width=image.width, height=image.height)

    def turned(self, degrees: int) -> Frame:
        """Returns the frame after a clockwise turn by 0, 90, 180 or 270 degrees."""
        w, h = self.width, self.height
        back = {
            0: np.eye(3),
            90: np.array([[0.0, 1, 0], [-1, 0, h - 1], [0, 0, 1]]),
            180: np.array([[-1.0, 0, w - 1], [0, -1, h - 1], [0, 0, 1]]),
            270: np.array([[0.0, -1, w - 1], [1, 0, 0], [0, 0, 1]]),
        }[degrees]
        size = (h, w) if degrees in (90, 270) else (w, h)
        return Frame(to_original=self.to_original @ back, width=size[0], height=size[1])

    def levelled(self, degrees: float, width: int, height: int) -> Frame:
        """Returns the frame after taking out a clockwise skew, about the centre, on a canvas of that size."""
        radians = np.deg2rad(degrees)
        cos, sin = float(np.cos(radians)), float(np.sin(radians))
        there = np.array([[1.0, 0, (self.width - 1) / 2], [0, 1, (self.height - 1) / 2], [0, 0, 1]])
        here = np.array([[1.0, 0, -(width - 1) / 2], [0, 1, -(height - 1) / 2], [0, 0, 1]])
        turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
        return Frame(to_original=self.to_original @ there @ turn @ here, width=width, height=height)

    def scaled(self, factor: float) -> Frame:
        """Returns the same frame with ``factor`` times as many pixels across."""
        width, height = max(1, round(self.width * factor)), max(1, round(self.height * factor))
        grow = np.array([[1 / factor, 0, 0.5 / factor - 0.5], [0, 1 / factor, 0.5 / factor - 0.5], [0, 0, 1]])
        return Frame(to_original=self.to_original @ grow, width=width, height=height)


def placement_of(frame: Frame, original: PageImage, rotated_degrees: int, skew_degrees: float) -> Placement:
    """Writes a frame down as the placement that is kept with the page."""
    cells = tuple(float(cell) for cell in (frame.to_original / frame.to_original[2, 2]).ravel())
    a, b, c, d, e, f, g, h, i = cells
    return Placement(
        original_width=original.width,
        original_height=original.height,
        width=frame.width,
        height=frame.height,
        dpi=original.dpi,
        rotated_degrees=rotated_degrees,
        skew_degrees=skew_degrees,
        to_original=(a, b, c, d, e, f, g, h, i),
    )


def upright(original: PageImage, placement: Placement, paper: tuple[int, ...] | None = None) -> PageImage:
    """Resamples the original once.

    Args:
        original: the decoded page that ``placement`` was made for.
        placement: how the upright page lies in it.
        paper: colour for what lies outside the original; the page's own paper if omitted.
    """
    pixels = _exactly_turned(original.pixels, placement)
    if pixels is None:
        matrix = np.array(placement.to_original, dtype=np.float64).reshape(3, 3)
        pixels = np.asarray(
            cv2.warpPerspective(
                original.pixels, matrix, (placement.width, placement.height),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_CONSTANT, borderValue=paper or paper_colour(original.pixels),
            ),
            np.uint8,
        )  # fmt: skip
    return PageImage(pixels=pixels, dpi=placement.dpi, is_bilevel=original.is_bilevel)


def is_plain_turn(placement: Placement) -> bool:
    """Returns whether the upright page is the original turned by quarter turns and nothing else."""
    if placement.skew_degrees:
        return False
    turned = Frame(
        to_original=np.eye(3), width=placement.original_width, height=placement.original_height
    ).turned(placement.rotated_degrees)
    matrix = np.array(placement.to_original).reshape(3, 3)
    return (turned.width, turned.height) == (placement.width, placement.height) and bool(
        np.allclose(turned.to_original, matrix, atol=1e-6)
    )


def paper_colour(pixels: Pixels) -> tuple[int, ...]:
    """Returns the colour of the paper: the median of a coarse sample."""
    sample = pixels[::16, ::16]
    if sample.ndim == 2:
        return (int(np.median(sample)),)
    return tuple(int(value) for value in np.median(sample.reshape(-1, 3), axis=0))


def _exactly_turned(pixels: Pixels, placement: Placement) -> Pixels | None:
    if not is_plain_turn(placement):
        return None
    if placement.rotated_degrees == 0:
        return pixels
    return np.asarray(cv2.rotate(pixels, _TURNS[placement.rotated_degrees]), dtype=np.uint8)
