"""The JPEG that a page came as, where PDF readers can show it as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.formats import sniff
from pipeline.formats.pillow import opened
from pipeline.geometry import Placement
from pipeline.limits import Limits
from pipeline.pdf.embedded import whole_page_jpeg
from pipeline.stages.warp import Frame, Matrix

_EXIF_ORIENTATION: Final = 0x0112
#: Quarter turns that EXIF orientations stand for; mirrored ones are encoded anew.
_EXIF_TURNS: Final = {1: 0, 6: 90, 3: 180, 8: 270}
#: Px by which rounding may part a rendered page from the scan in it.
_MOST_ROUNDING: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeptJpeg:
    """A JPEG stream, byte for byte as received.

    Attributes:
        data: the stream.
        width: px.
        height: px.
        to_original: 3 x 3 affine, px of the stream to px of the decoded page.
    """

    data: bytes
    width: int
    height: int
    to_original: Matrix


def find_kept_jpeg(content: bytes, index: int, placement: Placement, limits: Limits) -> KeptJpeg | None:
    """Returns the one JPEG that a page consists of; ``None`` where there is none such.

    Raises:
        InputError: the file cannot be opened.
    """
    kind = sniff.media_type(content)
    data = whole_page_jpeg(content, index) if kind == sniff.PDF else content
    if data is None or kind not in (sniff.PDF, sniff.JPEG):
        return None
    with opened(data, "JPEG", limits) as image:
        turn = _EXIF_TURNS.get(int(image.getexif().get(_EXIF_ORIENTATION, 1)))
        width, height, mode = image.width, image.height, image.mode
    if kind == sniff.PDF:
        turn = 0
    if turn is None or mode not in ("L", "RGB"):
        return None
    turned = Frame(to_original=np.eye(3), width=width, height=height).turned(turn)
    fitting = _fitting(turned, placement)
    if fitting is None:
        return None
    return KeptJpeg(
        data=data, width=width, height=height, to_original=fitting @ np.linalg.inv(turned.to_original)
    )


def _fitting(turned: Frame, placement: Placement) -> Matrix | None:
    """Carries the turned picture to the decoded page; rendering may add a pixel to a scan."""
    original = placement.original_width, placement.original_height
    if max(abs(turned.width - original[0]), abs(turned.height - original[1])) > _MOST_ROUNDING:
        return None
    across, down = original[0] / turned.width, original[1] / turned.height
    return np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5], [0, 0, 1.0]])
