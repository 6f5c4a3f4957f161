"""What reading a page gave: a value that crosses processes and is kept; it loads no image library."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.reading import PageReading
from pipeline.geometry import Placement
from pipeline.text import PageText


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """Everything known about one page.

    Attributes:
        reading: what filing needs.
        text: words with boxes on the upright page.
        placement: how the upright page lies in the original image.
        flags: facts for the record, not for the clerk: ``PDF_TEXT``, ``DPI_ESTIMATED``, ``CROPPED``, and what
            was done to the copy that was recognised, see ``pipeline.stages.clean.Cleaned``.
    """

    reading: PageReading
    text: PageText
    placement: Placement
    flags: tuple[str, ...] = ()
