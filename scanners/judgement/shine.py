"""What shines through from the other side of the sheet, taken off the darkness of this side."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels
from scanners.judgement.darkness import MAP_DPI, map_of

#: The two sides of a sheet are registered to each other within this, mm.
_REACH_MM: Final = 3.0
#: From this likeness on this side shows the other one, 0 to 1.
_LEAST_LIKENESS: Final = 0.35
#: Nothing shines through darker than this share of the other side's ink.
_MOST_SHARE: Final = 0.62
#: What paper makes soft spreads so far, mm.
_SOFT_MM: Final = 0.5
#: The same with one bit a pixel, where a share cannot be taken off and a little turn of the sheet shows.
_BILEVEL_MM: Final = 1.3


def without_shine(darkness: Pixels, dpi: float, other: Pixels, *, is_bilevel: bool = False) -> Pixels:
    """Returns the darkness less what the other side explains; the same picture where it explains nothing.

    What was written on top of what shines through stays: only as much is taken off as shines through where
    this side has nothing of its own.

    Args:
        darkness: of this side.
        dpi: of it.
        other: the other side's map, see ``darkness.map_of``.
        is_bilevel: whether this side has one bit a pixel: what shines through is as black as ink then.
    """
    own = map_of(darkness, dpi)
    mirrored = _fitted(np.asarray(cv2.flip(other, 1), np.uint8), own.shape)
    placed = _placed(own, mirrored)
    if placed is None:
        return darkness
    share = _share(own, placed)
    size = darkness.shape[1], darkness.shape[0]
    behind = cv2.resize(placed, size, interpolation=cv2.INTER_LINEAR)
    reach = max(1, round((_BILEVEL_MM if is_bilevel else _SOFT_MM) * dpi / 25.4))
    spread = cv2.dilate(behind, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    taken = cv2.convertScaleAbs(spread, alpha=4.0 if is_bilevel else 1.25 * share)
    return np.asarray(cv2.subtract(darkness, taken), np.uint8)


def _fitted(picture: Pixels, shape: tuple[int, ...]) -> Pixels:
    """Cuts or pads at the bottom and the right to the shape."""
    fitted = np.zeros(shape, np.uint8)
    height, width = min(shape[0], picture.shape[0]), min(shape[1], picture.shape[1])
    fitted[:height, :width] = picture[:height, :width]
    return fitted


def _placed(own: Pixels, mirrored: Pixels) -> Pixels | None:
    """The other side where it lies behind this one; ``None`` where it does not show."""
    reach = round(_REACH_MM * MAP_DPI / 25.4)
    inner = own[reach:-reach, reach:-reach]
    soft = cv2.GaussianBlur(mirrored, (0, 0), 1.0)
    if inner.size == 0 or float(soft.std()) < 1.0 or float(inner.std()) < 0.3:
        return None
    likeness = cv2.matchTemplate(soft, inner, cv2.TM_CCOEFF_NORMED)
    best, (x, y) = cv2.minMaxLoc(likeness)[1], cv2.minMaxLoc(likeness)[3]
    if best < _LEAST_LIKENESS:
        return None
    shift = np.array([[1.0, 0.0, reach - x], [0.0, 1.0, reach - y]], np.float32)
    return np.asarray(cv2.warpAffine(soft, shift, (own.shape[1], own.shape[0])), np.uint8)


def _share(own: Pixels, behind: Pixels) -> float:
    """How much of the other side's darkness comes through: the usual share where it is dark."""
    dark = behind >= max(40, int(np.percentile(behind, 97)))
    if int(dark.sum()) < 20:
        return 0.0
    ratio = own[dark].astype(np.float32) / behind[dark].astype(np.float32)
    return min(_MOST_SHARE, float(np.percentile(ratio, 60)))
