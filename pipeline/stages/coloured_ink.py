"""Black print and coloured ink on top of each other, told apart by what each ink lets through.

Ink multiplies light: densities (logarithms) add. A red ink is dense in green and blue and nearly clear in
red, black ink is dense in all three. So the density in a pixel's clearest channel, less the little that the
coloured ink itself has there, is the density of the black print, whatever the ink's hue.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.image import Pixels

#: A pixel is coloured where its channels differ by at least this, of 255.
_LEAST_CHROMA: Final = 14
#: The clearest channel of an ink holds at most this share of its density; more is grey.
_MOST_RATIO: Final = 0.6
#: Colour is stored at half the resolution of light, so the rims of an ink look darker than their colour
#: tells: this much density is forgiven next to the strongest colour.
_RIM: Final = 0.35
#: Print under ink comes out paler than elsewhere (scanners blur colour); its density is raised by this.
_GAIN: Final = 1.5

#: A second ink (a pen under a seal) has at least this share of the coloured pixels.
_LEAST_SHARE: Final = 0.08
#: Fewer coloured pixels say nothing about an ink.
_FEWEST_PIXELS: Final = 30

_Bools = npt.NDArray[np.bool_]
_Floats = npt.NDArray[np.float32]
#: Density of each lightness, 0 for white.
_DENSITY: Final[_Floats] = np.asarray(-np.log(np.maximum(np.arange(256), 4) / 255.0), np.float32)


def print_alone(pixels: Pixels) -> Pixels:
    """Returns the black print of a part of a page in grey; coloured ink becomes paper.

    Args:
        pixels: height x width x 3, RGB; a seal or stamp with its surroundings.
    """
    light = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    chroma = chroma_of(pixels)
    near = np.asarray(cv2.dilate(chroma, np.ones((3, 3), np.uint8)))
    is_near = near >= _LEAST_CHROMA
    if not is_near.any():
        return light
    density = _density(pixels, is_near)
    strong = chroma[is_near] >= 0.5 * np.percentile(chroma[is_near], 95)
    found = _without_ink(density, strong)
    forgiven = near[is_near] * np.float32(_RIM / max(1.0, float(np.percentile(chroma[is_near], 99))))
    found = np.asarray(np.maximum(found - forgiven, 0) * _GAIN, np.float32)
    shown = light.copy()
    shown[is_near] = np.exp(-found) * float(np.percentile(light[::4, ::4], 90))
    return shown


def _density(pixels: Pixels, is_near: _Bools) -> _Floats:
    """Returns (n, 3) densities of the chosen pixels, 0 for the part's own paper."""
    paper = np.percentile(pixels[::4, ::4].reshape(-1, 3), 90, axis=0)
    chosen = pixels[is_near]
    columns = [
        np.maximum(_DENSITY - _DENSITY[int(white)], 0)[chosen[:, each]] for each, white in enumerate(paper)
    ]
    return np.asarray(np.stack(columns, axis=1), np.float32)


def _without_ink(density: _Floats, strong: _Bools) -> _Floats:
    """Takes each ink's own density off; an ink is known by the channel that it lets through."""
    dense = density.max(axis=1)
    clearest = density.argmin(axis=1)
    counts = np.bincount(clearest[strong], minlength=3)
    clearest[counts[clearest] < _LEAST_SHARE * counts.sum()] = counts.argmax()
    left = np.empty_like(dense)
    for channel in np.unique(clearest):
        own = clearest == channel
        clear = density[own, channel]
        ratio, thickest = _ink(clear, dense[own], strong[own])
        left[own] = (clear - ratio * np.minimum(dense[own], thickest)) / (1 - ratio)
    return np.asarray(left, np.float32)


def _ink(clear: _Floats, dense: _Floats, strong: _Bools) -> tuple[float, float]:
    """Returns the share of an ink's density that its clearest channel has, and the density of its thickest.

    Pixels with print under the ink have higher shares: the lower half of the shares is the ink alone.
    """
    if strong.sum() < _FEWEST_PIXELS:
        return 0.0, 0.0
    shares = clear[strong] / np.maximum(dense[strong], 0.1)
    pure = shares <= np.median(shares)
    return float(min(_MOST_RATIO, np.median(shares[pure]))), float(np.percentile(dense[strong][pure], 95))


def ink_alone(pixels: Pixels) -> Pixels:
    """Returns the coloured ink of a part of a page in grey, as if nothing were printed under it."""
    chroma = chroma_of(pixels)
    strongest = max(40.0, float(np.percentile(chroma, 99)))
    return np.asarray(255 - cv2.convertScaleAbs(chroma, alpha=220.0 / strongest), np.uint8)


def chroma_of(pixels: Pixels) -> Pixels:
    """Returns how far apart the channels of each pixel are; 0 for grey."""
    red, green, blue = cv2.split(pixels)
    lightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return np.asarray(cv2.subtract(lightest, darkest), np.uint8)
