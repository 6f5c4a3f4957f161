"""What is said of a page at the feeder, and which of it asks for a rescan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scanners.judgement.measures import PageMeasures
from scanners.separators.verdict import NO_SEPARATOR, SheetVerdict

#: Colour copies of papers have at least this resolution (Nghị định 30/2020, Phụ lục), less rounding.
_LAWFUL_DPI: Final = 199
#: Stated resolutions are rounded.
_DPI_ROUNDING: Final = 2
#: Edges wider than this are blurred; sharp scans have up to 0.45, mm. Measured on the sample pages.
_BLURRED_MM: Final = 0.52
#: Darker paper is a lamp that fails or a lid left open; tinted certificates stay above 200.
_DARK_PAPER: Final = 150.0
#: Print that differs less from its paper is too pale, on pages with more ink than a stamp has.
_PALE_INK: Final = 75.0
_PALE_AREA_MM2: Final = 30.0
#: Rollers hold a sheet straight within this; recognition straightens less than it, degrees.
_ASKEW: Final = 6.0


class Finding(StrEnum):
    """Stable codes; the first group asks for a rescan of this one page, the second tells."""

    BLURRED = "BLURRED"
    TOO_DARK = "TOO_DARK"
    TOO_PALE = "TOO_PALE"
    CUT_EDGE = "CUT_EDGE"
    FOLDED_CORNER = "FOLDED_CORNER"
    WRONG_RESOLUTION = "WRONG_RESOLUTION"
    ASKEW = "ASKEW"
    UNREADABLE = "UNREADABLE"

    BLANK = "BLANK"
    STREAK = "STREAK"
    SAME_SHEET = "SAME_SHEET"


#: These ask for the page to be scanned again.
RESCAN: Final = frozenset(
    {
        Finding.BLURRED,
        Finding.TOO_DARK,
        Finding.TOO_PALE,
        Finding.CUT_EDGE,
        Finding.FOLDED_CORNER,
        Finding.WRONG_RESOLUTION,
        Finding.ASKEW,
        Finding.UNREADABLE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJudgement:
    """What is said of one page.

    Attributes:
        findings: in the order of ``Finding``.
        same_as: sequence of the page that it seems to show again; ``None`` for none.
        streaks_mm: places of the lines that it shares with the page before, from the left edge.
        sheet: what it is to the cutting of a batch; looked at in a batch only.
    """

    findings: tuple[Finding, ...] = ()
    same_as: int | None = None
    streaks_mm: tuple[float, ...] = ()
    sheet: SheetVerdict = NO_SEPARATOR

    @property
    def is_blank(self) -> bool:
        """Whether the page is hidden, and kept."""
        return Finding.BLANK in self.findings

    @property
    def asks_for_rescan(self) -> bool:
        """Whether this page should be put in again."""
        return not RESCAN.isdisjoint(self.findings)


def judge(
    measures: PageMeasures,
    *,
    asked_dpi: int,
    same_as: int | None = None,
    shared_streaks: Sequence[float] = (),
) -> PageJudgement:
    """Judges one page; a pure function.

    Args:
        measures: of the page.
        asked_dpi: resolution that the profile asks for; 0 where none is asked for, for files.
        same_as: the page that likeness found to be the same sheet.
        shared_streaks: streaks that the page before of the same side has at the same places.
    """
    said = {
        Finding.BLURRED: measures.edge_width_mm > _BLURRED_MM,
        Finding.TOO_DARK: measures.paper < _DARK_PAPER,
        Finding.TOO_PALE: measures.ink < _PALE_INK and measures.ink_mm2 > _PALE_AREA_MM2,
        Finding.CUT_EDGE: measures.cut_edges > 0,
        Finding.FOLDED_CORNER: measures.folded_corners > 0,
        Finding.WRONG_RESOLUTION: _is_wrong_dpi(measures.stated_dpi, asked_dpi),
        Finding.ASKEW: abs(measures.slant_degrees) > _ASKEW,
        Finding.STREAK: bool(shared_streaks),
        Finding.SAME_SHEET: same_as is not None,
    }
    if measures.is_blank:
        of_print = {Finding.BLURRED, Finding.TOO_PALE, Finding.CUT_EDGE, Finding.ASKEW}
        said = {finding: holds and finding not in of_print for finding, holds in said.items()}
        said[Finding.BLANK] = True
    found = tuple(finding for finding in Finding if said.get(finding))
    return PageJudgement(findings=found, same_as=same_as, streaks_mm=tuple(shared_streaks))


def _is_wrong_dpi(stated: int, asked: int) -> bool:
    if asked and stated:
        return abs(stated - asked) > _DPI_ROUNDING
    return 0 < stated < _LAWFUL_DPI
