"""The connected pieces of ink on a binarised page: found once, looked at by several stages."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pieces:
    """Pieces by number; 0 is the paper.

    Attributes:
        labels: the number of the piece at each pixel.
        stats: (n, 5) left, top, width, height, area in px.
        centres: (n, 2) x and y of the middles in px.
    """

    labels: npt.NDArray[np.int32]
    stats: npt.NDArray[np.int32]
    centres: npt.NDArray[np.float64]


def find_pieces(ink: Pixels) -> Pieces:
    """Finds the pieces of a binarised page (ink 255); pixels that touch at a corner belong together."""
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return Pieces(
        labels=np.asarray(labels, np.int32),
        stats=np.asarray(stats, np.int32),
        centres=np.asarray(centres, np.float64),
    )
