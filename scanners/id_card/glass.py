"""What a picture of the glass with a card on it becomes: a page for each side, the front first.

The original stays whole; a page is a part of it by its corners. Where no card is found the picture is one
page as it is, and says so to the clerk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from dossiers.errors import EngineError, InputError
from dossiers.page import Region
from pipeline.frames import Frame
from scanners.id_card.job import sides_of, sides_request
from scanners.id_card.side import CardSide

#: Remarks that are kept with the file: nothing of a card's size is there, or which side is which is a guess.
NOT_FOUND: Final = "CARD_NOT_FOUND"
UNSURE: Final = "CARD_SIDES_UNSURE"
#: Below this confidence a clerk looks at the order of the sides.
_SURE: Final = 0.5


class Child(Protocol):
    """What answers requests; ``pipeline.sandbox.Sandbox`` is one."""

    def ask(self, request: Frame) -> Frame:
        """Sends a request and returns the answer, or raises ``InputError`` or ``EngineError``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Glass:
    """The pages of one picture.

    Attributes:
        regions: the sides of the card, front first; empty: the whole picture is the page.
        flags: ``NOT_FOUND`` or ``UNSURE``, or nothing.
    """

    regions: tuple[Region, ...] = ()
    flags: tuple[str, ...] = ()


def glass_of(sides: Sequence[CardSide]) -> Glass:
    """Makes pages of the sides that were found."""
    if not sides:
        return Glass(flags=(NOT_FOUND,))
    is_sure = all(side.confidence >= _SURE for side in sides)
    return Glass(regions=tuple(side.corners for side in sides), flags=() if is_sure else (UNSURE,))


class CardGlass:
    """Looks at pictures of the glass in a sandboxed child."""

    def __init__(self, child: Child) -> None:
        self._child = child

    def look(self, content: bytes) -> Glass:
        """Finds the sides of the card; what cannot be looked at is ``NOT_FOUND``, never an error."""
        try:
            return glass_of(sides_of(self._child.ask(sides_request(content))))
        except (InputError, EngineError):
            return Glass(flags=(NOT_FOUND,))
