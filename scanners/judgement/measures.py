"""All that is measured on one page, by itself and against the other side of its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.image import Pixels
from pipeline.limits import Limits
from scanners.judgement.blank import Content, content_of
from scanners.judgement.darkness import darkness_of, map_of
from scanners.judgement.edges import cut_edges, folded_corners
from scanners.judgement.light import light_of
from scanners.judgement.sharpness import edge_width_mm
from scanners.judgement.shine import without_shine
from scanners.judgement.sight import Sight, look_at
from scanners.judgement.slant import slant_degrees
from scanners.judgement.streaks import streaks_mm

#: Paper with a darker primary colour is a cover with light print, or no paper: never called blank.
_TINTED: Final = 140.0
#: What such a page counts for: more than any blank page has.
COVER_MARKS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeasures:
    """What was measured; plain values, safe to hand between processes.

    Attributes:
        marks: see ``blank.Content``.
        ink_mm2: the same.
        edge_width_mm: see ``sharpness``; 0 where nobody can tell.
        paper: luminance of the paper, 0 to 255.
        ink: darkness of the print, 0 to 255.
        cut_edges: edges that cut through print, 0 to 4.
        folded_corners: 0 to 2.
        slant_degrees: -12 to 12.
        streaks_mm: places of lines down the whole page, from the left.
        stated_dpi: what the file says of itself; 0 for nothing.
        width_mm: of the page.
        height_mm: of the page.
    """

    marks: int
    ink_mm2: float
    edge_width_mm: float
    paper: float
    ink: float
    cut_edges: int
    folded_corners: int
    slant_degrees: float
    streaks_mm: tuple[float, ...]
    stated_dpi: int
    width_mm: float
    height_mm: float

    @property
    def is_blank(self) -> bool:
        """Whether nothing was put on the page."""
        return Content(marks=self.marks, ink_mm2=self.ink_mm2).is_blank


def measure_page(
    content: bytes, known_dpi: int, other_side: Pixels | None, limits: Limits | None = None
) -> tuple[PageMeasures, Pixels]:
    """Measures a page and returns its map as well; may be repeated. Run it inside the sandboxed child only.

    Args:
        content: PNG, JPEG or TIFF; its first page is looked at.
        known_dpi: what the device says; 0 where it does not.
        other_side: the map of the other side of the sheet, where that side came before.
        limits: published limits; the defaults if omitted.

    Raises:
        InputError: the page cannot be decoded, or is a PDF.
    """
    return measured(look_at(content, known_dpi, limits), other_side)


def measured(sight: Sight, other_side: Pixels | None) -> tuple[PageMeasures, Pixels]:
    """Measures what is seen; a pure function."""
    darkness = darkness_of(sight.darkest, is_bilevel=sight.is_bilevel)
    own_map = map_of(darkness, sight.dpi)
    found = content_of(darkness, sight.dpi)
    if other_side is not None and not found.is_blank:
        own = without_shine(darkness, sight.dpi, other_side, is_bilevel=sight.is_bilevel)
        found = content_of(own, sight.dpi)
    if float(np.percentile(sight.darkest[::3, ::3], 75)) < _TINTED:
        found = Content(marks=max(found.marks, COVER_MARKS), ink_mm2=found.ink_mm2)
    light = light_of(sight.grey, darkness)
    measures = PageMeasures(
        marks=found.marks,
        ink_mm2=found.ink_mm2,
        edge_width_mm=edge_width_mm(sight.fine, sight.fine_dpi),
        paper=light.paper,
        ink=light.ink,
        cut_edges=cut_edges(darkness, sight.dpi),
        folded_corners=folded_corners(sight.grey, sight.dpi),
        slant_degrees=slant_degrees(own_map),
        streaks_mm=streaks_mm(sight.grey, sight.dpi),
        stated_dpi=sight.stated_dpi,
        width_mm=sight.width_mm,
        height_mm=sight.height_mm,
    )
    return measures, own_map
