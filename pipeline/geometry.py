"""Places on a page, and how the upright page relates to the image that was received.

Two frames: the *original* (pixels of the page image as decoded, EXIF orientation applied) and the
*upright* page (turned, deskewed, cropped: what OCR saw). Boxes of text are upright; ``Placement``
carries them back.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """How the upright page came out of the original image.

    Attributes:
        original_width: px of the decoded page image.
        original_height: px of the decoded page image.
        width: px of the upright page.
        height: px of the upright page.
        dpi: resolution of the upright page; real or estimated, 72 to 1200.
        rotated_degrees: clockwise turn that stood the page upright: 0, 90, 180 or 270.
        skew_degrees: residual angle taken out after that, positive = content was turned clockwise.
        to_original: row-major 3x3 projective matrix, upright px to original px.
    """

    original_width: int
    original_height: int
    width: int
    height: int
    dpi: float
    rotated_degrees: int
    skew_degrees: float
    to_original: tuple[float, float, float, float, float, float, float, float, float]

    def original_point(self, x: float, y: float) -> Point:
        """Carries a point of the upright page (px) to the original image (px)."""
        a, b, c, d, e, f, g, h, i = self.to_original
        w = g * x + h * y + i
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w
