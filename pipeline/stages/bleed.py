"""Print that shines through from the back: whitened where the page's own ink is dark and sharp."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels
from pipeline.stages.paper import MM_PER_INCH

#: What shines through is at most this dark, of the page's own ink.
_MOST_DARKNESS: Final = 0.45
#: Own ink is at least this dark (255 = black); pages that are pale altogether are left alone.
_LEAST_INK: Final = 110
#: Lighter is paper with its grain.
_PAPER: Final = 240
#: Noise is averaged away before pale marks are looked for; this wide, mm.
_GRAIN_MM: Final = 0.19
#: A first look at a picture this many times smaller spares most pages the rest.
_COARSE: Final = 3
#: Pale marks that cover less of the page are not worth touching it for.
_LEAST_SHARE: Final = 0.006
#: Averaging takes such a share of the darkness of what shines through: paper has made it soft. Faded print
#: is sharp and loses more, shadows lose less.
_LOSS: Final = (0.13, 0.27)
#: Rims of letters reach this many px beyond their ink, in a sharp picture and in an averaged one.
_RIM: Final = 2
_BROAD_RIM: Final = 6

_Bools = npt.NDArray[np.bool_]


def without_bleed(even: Pixels, ink: Pixels, dpi: float) -> Pixels:
    """Returns the page without soft pale marks; the same page where there are hardly any.

    Args:
        even: grey page with even paper.
        ink: its binarised ink, 255 on 0; pale marks may be part of it.
        dpi: of both.
    """
    inked = even[::3, ::3][ink[::3, ::3] > 0]
    if inked.size == 0:
        return even
    darkness = 255 - float(np.percentile(inked, 5))
    if darkness < _LEAST_INK:
        return even
    dark = np.asarray(cv2.inRange(even, 0, int(255 - _MOST_DARKNESS * darkness)), np.uint8)
    if not _is_enough(_pale(_shrunk(even), _shrunk(dark), _BROAD_RIM // _COARSE)):
        return even
    averaged = np.asarray(cv2.GaussianBlur(even, (0, 0), _GRAIN_MM * dpi / MM_PER_INCH), np.uint8)
    pale = _pale(averaged, dark, _BROAD_RIM)
    if not _is_enough(pale) or not _is_soft(even, averaged, pale > 0):
        return even
    own = np.asarray(cv2.max(_own(ink, dark), dark), np.uint8)
    return np.asarray(cv2.max(even, cv2.bitwise_not(_around(own, _RIM))), np.uint8)


def _shrunk(picture: Pixels) -> Pixels:
    size = picture.shape[1] // _COARSE, picture.shape[0] // _COARSE
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _pale(even: Pixels, dark: Pixels, rim: int) -> Pixels:
    """Returns a mask (255) of what is no paper and not near anything dark."""
    near = _around(np.where(dark > 0, np.uint8(255), np.uint8(0)), rim)
    return np.asarray(cv2.bitwise_and(cv2.inRange(even, 0, _PAPER), cv2.bitwise_not(near)), np.uint8)


def _is_enough(pale: Pixels) -> bool:
    return cv2.countNonZero(pale) >= _LEAST_SHARE * pale.size


def _is_soft(even: Pixels, averaged: Pixels, pale: _Bools) -> bool:
    """Whether the darkest of the pale marks lose little by averaging."""
    marks, soft = even[pale], averaged[pale]
    core = soft <= np.percentile(soft, 30)
    before, after = 255 - marks[core].astype(np.float32), 255 - soft[core].astype(np.float32)
    peak = float(np.percentile(before, 70))
    return bool(_LOSS[0] <= 1 - float(after.mean()) / peak <= _LOSS[1])


def _own(ink: Pixels, dark: Pixels) -> Pixels:
    """Returns the pieces of ink that are dark somewhere: thin strokes stay with the thick ones."""
    _, labels = cv2.connectedComponents(ink, connectivity=8)
    is_own = np.zeros(int(labels.max()) + 1, np.uint8)
    is_own[np.unique(labels[dark > 0])] = 255
    is_own[0] = 0
    return np.asarray(is_own[labels], np.uint8)


def _around(mask: Pixels, reach: int) -> Pixels:
    return np.asarray(cv2.dilate(mask, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)), np.uint8)
