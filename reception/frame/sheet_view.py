"""A page's picture with marks, as one SVG: a window onto the upright page, in its own pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dossiers.page_layout import PageLayout
from dossiers.reading import Box

#: A window is at least so wide, as a share of the page.
_LEAST_WIDE: Final = 0.5
#: Height of a window by its width.
_SHAPE: Final = 0.6
#: Air around a box, as a share of its height.
_AIR: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """One page as a screen shows it.

    Attributes:
        page_id: the page.
        number: its number in the dossier.
        width: px of the upright page, the measure of boxes.
        height: likewise.
        window: ``left top width height`` of what is shown.
        marks: boxes to be marked as ``(left, top, width, height)``.
    """

    page_id: str
    number: int
    width: int
    height: int
    window: str
    marks: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def whole(self) -> str:
        """The window that shows all of the page."""
        return f"0 0 {self.width} {self.height}"


def sheet_of(page_id: str, number: int, layout: PageLayout, marks: Sequence[Box] = ()) -> SheetView:
    """The whole page with marks."""
    return SheetView(
        page_id=page_id,
        number=number,
        width=layout.width,
        height=layout.height,
        window=f"0 0 {layout.width} {layout.height}",
        marks=tuple(mark_of(each) for each in marks),
    )


def mark_of(box: Box) -> tuple[int, int, int, int]:
    """A box with a little air around it, as left, top, width and height."""
    air = max(4, round((box.bottom - box.top) * _AIR))
    return (
        box.left - air,
        box.top - air,
        box.right - box.left + 2 * air,
        box.bottom - box.top + 2 * air,
    )


def window_on(box: Box, layout: PageLayout, shape: float = _SHAPE, least: float = _LEAST_WIDE) -> str:
    """The window that shows a box large, inside the page.

    Args:
        box: what to look at.
        layout: the measures of its page.
        shape: height of the window by its width.
        least: least width, as a share of the page.
    """
    width = min(layout.width, max(round((box.right - box.left) * 1.4), round(layout.width * least)))
    height = min(layout.height, max(round(width * shape), round((box.bottom - box.top) * 1.4)))
    left = (box.left + box.right - width) // 2
    top = (box.top + box.bottom - height) // 2
    left = max(0, min(left, layout.width - width))
    top = max(0, min(top, layout.height - height))
    return f"{left} {top} {width} {height}"
