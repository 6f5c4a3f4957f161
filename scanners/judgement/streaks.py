"""Lines that dirt on the glass of a feeder draws down the whole page, at the same place on every sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from pipeline.image import Pixels

#: A streak is darker than the paper beside it by this, of 255.
_DARKER: Final = 7
#: It is compared with what lies so far beside it, mm.
_BESIDE_MM: Final = 0.9
#: It runs through this share of the page, and through this much of its blank ends, mm.
_SHARE: Final = 0.9
_ENDS_MM: Final = 4.0
#: Two streaks this near are the same dirt, mm.
_SAME_MM: Final = 0.6


def streaks_mm(grey: Pixels, dpi: float) -> tuple[float, ...]:
    """Returns the places of lines down the whole page, mm from the left edge."""
    reach = max(1, round(_BESIDE_MM * dpi / 25.4))
    soft = np.asarray(cv2.blur(grey, (1, 5)), np.uint8)
    beside = cv2.min(_moved(soft, reach), _moved(soft, -reach))
    darker = cv2.subtract(beside, soft) >= _DARKER
    ends = max(2, round(_ENDS_MM * dpi / 25.4))
    whole = darker.mean(axis=0) >= _SHARE
    at_ends = (darker[:ends].mean(axis=0) >= _SHARE) & (darker[-ends:].mean(axis=0) >= _SHARE)
    columns = np.flatnonzero(whole & at_ends)
    columns = columns[(columns >= reach) & (columns < grey.shape[1] - reach)]
    groups = np.split(columns, np.flatnonzero(np.diff(columns) > reach) + 1) if columns.size else []
    return tuple(round(float(group.mean()) / dpi * 25.4, 2) for group in groups)


def shared_streaks(present: Sequence[float], before: Sequence[float]) -> tuple[float, ...]:
    """Returns the streaks of a page that the page before, of the same side, had at the same place."""
    return tuple(place for place in present if any(abs(place - other) <= _SAME_MM for other in before))


def _moved(picture: Pixels, columns: int) -> Pixels:
    return np.asarray(np.roll(picture, columns, axis=1), np.uint8)
