"""How light the paper is and how dark what is printed on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.image import Pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """Light on a page.

    Attributes:
        paper: usual luminance of the paper, 0 to 255.
        ink: darkness of the darkest print against its paper, 0 to 255.
    """

    paper: float
    ink: float


def light_of(grey: Pixels, darkness: Pixels) -> Light:
    """Measures both."""
    paper = float(np.percentile(grey[::3, ::3], 75))
    # One point in two thousand is ink even on a sheet with a few words.
    ink = float(np.percentile(darkness[::2, ::2], 99.95))
    return Light(paper=paper, ink=ink)
