"""The cleaned copy of a page that the engine was shown, for whoever wants to read a place of it again."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.reading import Box
from pipeline.image import PageImage


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CleanedCopy:
    """A cleaned part of the upright page.

    Attributes:
        image: grey; may be smaller or larger than the part.
        window: the part of the upright page that it shows, px of the page.
    """

    image: PageImage
    window: Box

    def place_of(self, box: Box) -> Box | None:
        """Returns where a box of the upright page lies on the copy, px; ``None`` where it is not inside."""
        window = self.window
        if (
            box.left < window.left
            or box.top < window.top
            or box.right > window.right
            or box.bottom > window.bottom
        ):
            return None
        across = self.image.width / (window.right - window.left)
        down = self.image.height / (window.bottom - window.top)
        left, top = int((box.left - window.left) * across), int((box.top - window.top) * down)
        return Box(
            left=left,
            top=top,
            right=max(left + 1, round((box.right - window.left) * across)),
            bottom=max(top + 1, round((box.bottom - window.top) * down)),
        )
