"""One side of a card on the glass; plain values, safe to hand between processes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dossiers.page import Region

#: Width and height of a card, millimetres (ISO/IEC 7810, ID-1).
CARD_MM: Final = (85.6, 53.98)


class Facing(StrEnum):
    """Which side of the card it is."""

    FRONT = "front"
    BACK = "back"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSide:
    """One side.

    Attributes:
        corners: where its corners are, px of the scan, top left first as the card is read. A card whose top
            cannot be told stands as it would with its longer sides level; reading turns it.
        facing: which side it shows.
        is_upright: whether the top is known.
        confidence: of ``facing``, 0 to 1.
    """

    corners: Region
    facing: Facing
    is_upright: bool
    confidence: float
