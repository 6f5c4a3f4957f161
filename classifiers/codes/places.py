"""Where on a page something as dense as a QR code stands: squares of 9 to 45 mm, found by their texture.

Cheap enough for every page (a few milliseconds), and not fooled by damage: dirt over a corner, a scratch or
glare leave most of the texture.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from dossiers.reading import Box
from pipeline.image import Pixels

#: Side of the cells in which edges are counted.
_CELL_MM: Final = 0.5
#: Difference of points on both sides that makes an edge, of 255; security print stays below.
_EDGE: Final = 45
#: Smaller pictures hold no code, px.
_LEAST_PX: Final = 16
#: Share of a cell that is edges, of 255.
_DENSE: Final = 140
#: Smallest and largest side in mm, and how far a code's sides may differ (damage cuts corners off).
_SMALLEST, _LARGEST, _OBLONG = 9.0, 45.0, 1.45
#: More are not looked at: a page of codes is none of ours.
MOST_PLACES: Final = 4


def dense_squares(grey: Pixels, dpi: float) -> list[Box]:
    """Finds squares of dense texture, the densest first.

    Args:
        grey: (height, width), 255 = white.
        dpi: its resolution; 100 to 200 is best.

    Returns:
        At most ``MOST_PLACES`` boxes in px of ``grey``, with a margin of a sixth of their side.
    """
    if min(grey.shape) < _LEAST_PX:
        return []
    across = cv2.absdiff(grey[1:-1, 2:], grey[1:-1, :-2])
    down = cv2.absdiff(grey[2:, 1:-1], grey[:-2, 1:-1])
    marked = cv2.threshold(cv2.max(across, down), _EDGE, 255, cv2.THRESH_BINARY)[1]
    cell_px = max(2, round(dpi / 25.4 * _CELL_MM))
    cells = shrunk(np.asarray(marked, dtype=np.uint8), cell_px)
    dense = cv2.threshold(cells, _DENSE, 255, cv2.THRESH_BINARY)[1]
    cell_mm = 25.4 * cell_px / dpi
    reach = max(3, round(0.75 * _SMALLEST / cell_mm))
    joined = cv2.morphologyEx(dense, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    solid = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8))
    return _squares(np.asarray(solid, dtype=np.uint8), cell_mm, cell_px, grey.shape[:2])


def shrunk(image: Pixels, times: int) -> Pixels:
    """Returns the image that many times smaller; the rest of a division is cut off at right and bottom.

    Whole pixels are averaged, which is many times faster than any other ratio.
    """
    if times == 1:
        return image
    height, width = (side // times * times for side in image.shape)
    small = cv2.resize(
        image[:height, :width], (width // times, height // times), interpolation=cv2.INTER_AREA
    )
    return np.asarray(small, dtype=np.uint8)


def _squares(solid: Pixels, cell_mm: float, px: int, size: tuple[int, ...]) -> list[Box]:
    if not cv2.countNonZero(solid):
        return []
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    found = []
    for left, top, width, height, area in stats[1:count]:
        short, long = sorted((width, height))
        is_square = long <= short * _OBLONG and area >= 0.55 * width * height
        if is_square and short * cell_mm >= _SMALLEST and long * cell_mm <= _LARGEST:
            margin = long / 6
            found.append((-int(area), _scaled(left, top, width, height, margin, px, size)))
    return [box for _, box in sorted(found, key=lambda each: (each[0], each[1].top, each[1].left))][
        :MOST_PLACES
    ]


def _scaled(
    left: int, top: int, width: int, height: int, margin: float, px: int, size: tuple[int, ...]
) -> Box:
    return Box(
        left=max(0, int((left - margin) * px)),
        top=max(0, int((top - margin) * px)),
        right=min(size[1], int((left + width + margin) * px) + 1),
        bottom=min(size[0], int((top + height + margin) * px) + 1),
    )
