"""Moving the sides of a sheet found in a photo outwards, to where the paper truly ends.

A shadow along one side of the paper is darker than the rest of it, and brightness alone would cut it off
with whatever stands there. The paper's edge is the steepest step, not the middle of the brightness.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels

#: A side is looked for so far out, share of the picture's longer side.
_REACH: Final = 0.09
#: Brightness is compared this far to both sides of a place, px.
_APART: Final = 2.0
#: Steps beyond this count no more: the whole side decides, not a bright part of it. Of 255.
_HIGHEST_STEP: Final = 60.0
#: The step elsewhere must be this much higher than where the side was found.
_CLEARLY: Final = 1.3
#: Places as good as the best: the edge runs through their middle.
_NEARLY: Final = 0.97
#: Places along a side at which the step is measured, its ends left out.
_PLACES: Final = np.linspace(0.04, 0.96, 80)

Corners = npt.NDArray[np.float64]
_Line = npt.NDArray[np.float64]


def with_shaded_rims(bright: Pixels, corners: Corners) -> Corners:
    """Returns the corners where the paper's steepest edges meet; the same ones if those are steepest already.

    Args:
        bright: the coarse picture, paper brighter than its surroundings.
        corners: (4, 2) px, clockwise from the top left one.
    """
    sides = [_steepest(bright, corners, number) for number in range(4)]
    if all(side is None for side in sides):
        return corners
    ends = [
        corners[[number, (number + 1) % 4]] if side is None else side for number, side in enumerate(sides)
    ]
    met = [_crossing(ends[number - 1], ends[number]) for number in range(4)]
    return np.array(met)


def _steepest(bright: Pixels, corners: Corners, number: int) -> _Line | None:
    """Returns both ends of a side where its step is clearly higher further out, else ``None``."""
    start, end = corners[number], corners[(number + 1) % 4]
    along = (end - start) / max(1.0, float(np.hypot(*(end - start))))
    outwards = np.array([along[1], -along[0]])
    reach = round(_REACH * max(bright.shape))
    steps = np.arange(reach + 1, dtype=np.float64)
    first, last = (grid.ravel() for grid in np.meshgrid(steps, steps, indexing="ij"))
    offsets = first[:, None] * (1 - _PLACES) + last[:, None] * _PLACES
    places = start + _PLACES[:, None] * (end - start)
    height = _steps(bright, places, offsets, outwards)
    if height.max() < _CLEARLY * height[0]:
        return None
    best = height >= _NEARLY * height.max()
    first_out, last_out = float(first[best].mean()), float(last[best].mean())
    if max(first_out, last_out) <= _APART:
        return None
    return np.array([start + first_out * outwards, end + last_out * outwards])


def _steps(
    bright: Pixels, places: Corners, offsets: npt.NDArray[np.float64], outwards: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Mean step from inside to outside along each of many lines; 0 for lines that leave the picture."""

    def at(shift: float) -> npt.NDArray[np.float32]:
        x = places[:, 0] + (offsets + shift) * outwards[0]
        y = places[:, 1] + (offsets + shift) * outwards[1]
        seen = cv2.remap(
            bright.astype(np.float32), x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT, borderValue=(255.0,),
        )  # fmt: skip
        return np.asarray(seen, np.float32)

    step = np.minimum(at(-_APART) - at(_APART), _HIGHEST_STEP)
    return np.asarray(np.maximum(0.0, step.mean(axis=1)), np.float64)


def _crossing(one: _Line, two: _Line) -> npt.NDArray[np.float64]:
    """Returns where two lines meet; the start of the second where they do not."""
    along, across = one[1] - one[0], two[1] - two[0]
    turn = float(along[0] * across[1] - along[1] * across[0])
    if abs(turn) < 1e-9:
        return np.asarray(two[0], np.float64)
    apart = two[0] - one[0]
    share = float(apart[0] * across[1] - apart[1] * across[0]) / turn
    return np.asarray(one[0] + share * along, np.float64)
