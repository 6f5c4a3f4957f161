"""The one image type that stages hand to each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: Height x width (grey) or height x width x 3 (RGB, never BGR), 8 bits a sample, 255 = white.
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PageImage:
    """Pixels with their resolution.

    Attributes:
        pixels: uint8, (height, width) grey or (height, width, 3) RGB.
        dpi: dots per inch; 72 to 1200.
        is_bilevel: whether the source had one bit a pixel.
    """

    pixels: Pixels
    dpi: float
    is_bilevel: bool = False

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.pixels.shape[0])
