"""Paper sizes, and what they say about a resolution that is missing or absurd."""

from __future__ import annotations

from typing import Final

MM_PER_INCH: Final = 25.4
#: Cards, with some of the table they lie on; passports and A6 are longer.
LONGEST_CARD_MM: Final = 110.0
LOWEST_DPI: Final = 72.0
HIGHEST_DPI: Final = 1200.0

#: Longer sides of papers at a counter, mm: cards, passports, A6 to A0, legal.
_LONGEST_MM: Final = 1300.0
_SHORTEST_MM: Final = 40.0
_A4_MM: Final = (210.0, 297.0)
_CARD_MM: Final = (54.0, 85.6)
#: A camera or a program writes these without having measured anything.
_DEFAULTS: Final = (72.0, 96.0)
_USUAL: Final = (100.0, 150.0, 200.0, 240.0, 300.0, 400.0, 600.0)


def plausible_dpi(width: int, height: int, stated: float | None) -> tuple[float, bool]:
    """Returns the resolution to work with, and whether it had to be estimated.

    A stated value counts if the paper it implies could lie on a scanner; otherwise the page is taken for
    A4, or for a card where its sides have a card's proportion.

    Args:
        width: px.
        height: px.
        stated: what the file says, ``None`` if nothing.
    """
    if stated is not None and LOWEST_DPI <= stated <= HIGHEST_DPI and not _is_absurd(width, height, stated):
        return stated, False
    return _estimate(width, height), True


def _is_absurd(width: int, height: int, dpi: float) -> bool:
    longer_mm = max(width, height) / dpi * MM_PER_INCH
    if dpi in _DEFAULTS and longer_mm > 1.3 * _A4_MM[1]:
        return True
    return not _SHORTEST_MM <= longer_mm <= _LONGEST_MM


def _estimate(width: int, height: int) -> float:
    shorter, longer = sorted((width, height))
    is_card = abs(longer / shorter - _CARD_MM[1] / _CARD_MM[0]) < 0.06 and longer < 2200
    paper = _CARD_MM if is_card else _A4_MM
    dpi = max(shorter / paper[0], longer / paper[1]) * MM_PER_INCH
    nearest = min(_USUAL, key=lambda usual: abs(usual - dpi))
    if abs(nearest - dpi) <= 0.04 * nearest:
        return nearest
    return min(HIGHEST_DPI, max(LOWEST_DPI, dpi))
