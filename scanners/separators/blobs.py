"""The dark pieces of a page, found once and coarsely: squares, bars and letters are told apart by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import PageImage, Pixels

#: Pieces are found at about this resolution: a narrow bar of Patch T is 8 px thick.
_DPI: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blobs:
    """Connected dark pieces.

    Attributes:
        px_per_mm: px of the coarse picture in a millimetre.
        times: how many times smaller than the page the coarse picture is.
        labels: which piece each px belongs to, 0 = paper, ``index + 1`` = piece.
        lefts: left edge of each piece, px.
        tops: top edge, px.
        widths: px.
        heights: px.
        areas: dark px.
        centres: (n, 2) px.
    """

    px_per_mm: float
    times: int
    labels: npt.NDArray[np.int32]
    lefts: npt.NDArray[np.int32]
    tops: npt.NDArray[np.int32]
    widths: npt.NDArray[np.int32]
    heights: npt.NDArray[np.int32]
    areas: npt.NDArray[np.int32]
    centres: npt.NDArray[np.float64]

    def rectangle(self, index: int) -> tuple[tuple[float, float], tuple[float, float], float]:
        """The smallest turned rectangle around a piece: centre, size (px), angle (degrees)."""
        left, top = int(self.lefts[index]), int(self.tops[index])
        part = self.labels[top : top + self.heights[index], left : left + self.widths[index]] == index + 1
        contours, _ = cv2.findContours(
            np.asarray(part, dtype=np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
        )
        (x, y), (width, height), angle = cv2.minAreaRect(np.concatenate(contours))
        return (x + left, y + top), (width + 1, height + 1), angle

    def filling(self, index: int) -> float:
        """Share of its smallest turned rectangle that a piece fills, 0 to 1."""
        _, (width, height), _ = self.rectangle(index)
        return float(self.areas[index]) / (width * height)


def find_blobs(image: PageImage) -> Blobs:
    """Finds the dark pieces of a page; one dark paper is brought to white by its own brightness."""
    is_grey = image.pixels.ndim == 2
    grey = image.pixels if is_grey else cv2.cvtColor(image.pixels, cv2.COLOR_RGB2GRAY)
    times = max(1, round(image.dpi / _DPI))
    height, width = (side // times for side in grey.shape[:2])
    small = cv2.resize(grey[: height * times, : width * times], (width, height), interpolation=cv2.INTER_AREA)
    _, dark = cv2.threshold(small, _darkest_paper(np.asarray(small, np.uint8)), 255, cv2.THRESH_BINARY_INV)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(dark, connectivity=4)
    pieces = np.asarray(stats[1:count], np.int32)
    return Blobs(
        px_per_mm=image.dpi / times / 25.4,
        times=times,
        labels=np.asarray(labels, np.int32),
        lefts=pieces[:, cv2.CC_STAT_LEFT],
        tops=pieces[:, cv2.CC_STAT_TOP],
        widths=pieces[:, cv2.CC_STAT_WIDTH],
        heights=pieces[:, cv2.CC_STAT_HEIGHT],
        areas=pieces[:, cv2.CC_STAT_AREA],
        centres=np.asarray(centres[1:count], np.float64),
    )


def _darkest_paper(small: Pixels) -> float:
    """Brightness, 0 to 255, below which something is ink: half way between the ink and the paper."""
    paper = float(np.percentile(small, 75))
    ink = float(np.percentile(small, 0.5))
    return (paper + ink) / 2 if paper - ink > 40 else 0.0
