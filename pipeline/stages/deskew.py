"""The small angle of a page, from the rows that its letters stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.stages.glyphs import Glyphs

#: Angles looked at, degrees either way.
_WIDEST: Final = 15.0
#: Smaller angles are left alone: turning pixels costs more sharpness than it gains.
SMALLEST_TURN_DEGREES: Final = 0.12
#: Fewer letters than this show no rows.
_FEWEST: Final = 12
#: How much sharper the rows at the best angle are than at an average angle; below, the page shows no rows.
_LEAST_CONTRAST: Final = 1.35
#: This many ink pixels tell the angle as well as all of them.
_SAMPLE: Final = 60_000
_SAMPLE_SEED: Final = 20250701

#: Px of the working picture over which an edge of a row is measured.
_EDGE: Final = 3

_Points = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How the letters of a page stand in rows.

    Attributes:
        angle_degrees: how far the rows are turned clockwise from level, -15 to 15; 0 where none are seen.
        contrast: sharpness of the rows against an average angle; 1 = none.
        strength: sharpness itself, to compare level with upright rows.
        asymmetry: -1 to 1; positive where the lower edge of the rows is the sharper one, as in upright Latin
            print: letters end at the base line together, but begin at several heights.
    """

    angle_degrees: float
    contrast: float
    strength: float
    asymmetry: float

    @property
    def is_clear(self) -> bool:
        """Whether there are rows at all."""
        return self.contrast >= _LEAST_CONTRAST


def find_rows(glyphs: Glyphs, *, is_sideways: bool) -> Rows:
    """Measures rows along the page, or across it where ``is_sideways``.

    The angle is within 0.1 degrees for a page of print.
    """
    if glyphs.count < _FEWEST:
        return Rows(angle_degrees=0.0, contrast=1.0, strength=0.0, asymmetry=0.0)
    along, across = _points(glyphs)
    if is_sideways:
        along, across = across, -along
    coarse = np.arange(-_WIDEST, _WIDEST + 0.01, 0.5)
    scores = np.array([_sharpness(along, across, angle) for angle in coarse])
    best = float(coarse[int(scores.argmax())])
    for step, reach in ((0.1, 0.5), (0.025, 0.1)):
        fine = np.arange(best - reach, best + reach + step / 2, step)
        best = float(fine[int(np.argmax([_sharpness(along, across, angle) for angle in fine]))])
    strength = _sharpness(along, across, best)
    return Rows(
        angle_degrees=max(-_WIDEST, min(_WIDEST, best)),
        contrast=strength / max(1e-9, float(np.median(scores))),
        strength=strength,
        asymmetry=_asymmetry(along, across, best),
    )


def _points(glyphs: Glyphs) -> tuple[_Points, _Points]:
    down, along = np.nonzero(glyphs.ink)
    if down.size > _SAMPLE:
        chosen = np.random.default_rng(_SAMPLE_SEED).choice(down.size, _SAMPLE, replace=False)
        down, along = down[chosen], along[chosen]
    return along.astype(np.float32), down.astype(np.float32)


def _sharpness(along: _Points, across: _Points, degrees: float) -> float:
    """Returns how sharply ink and gaps alternate when the page is turned back by ``degrees``."""
    return float(np.sum(np.diff(_profile(along, across, degrees)) ** 2)) / float(along.size)


def _asymmetry(along: _Points, across: _Points, degrees: float) -> float:
    profile = _profile(along, across, degrees)
    steps = profile[_EDGE:] - profile[:-_EDGE]
    rising, falling = float(np.sum(steps[steps > 0] ** 3)), float(np.sum((-steps[steps < 0]) ** 3))
    return (falling - rising) / max(1e-9, falling + rising)


def _profile(along: _Points, across: _Points, degrees: float) -> npt.NDArray[np.float64]:
    radians = np.deg2rad(degrees)
    rows = across * np.float32(np.cos(radians)) - along * np.float32(np.sin(radians))
    return np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
