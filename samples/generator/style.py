"""How a piece of text looks: size, weight, slant, colour and which font family it uses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

Colour = tuple[int, int, int]

INK: Final[Colour] = (22, 22, 26)
BLUE: Final[Colour] = (28, 44, 140)
RED: Final[Colour] = (196, 24, 34)
DARK_RED: Final[Colour] = (140, 20, 30)
GREY: Final[Colour] = (110, 110, 110)
WHITE: Final[Colour] = (255, 255, 255)
GOLD: Final[Colour] = (214, 170, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Look of a run of text.

    Attributes:
        size: nominal size in points; the font family's own scale is applied on top.
        family: ``serif``, ``sans`` or ``mono``.
        colour: RGB.
        hand: seed of the hand that writes it with a pen; empty for print.
    """

    size: float = 13.0
    bold: bool = False
    italic: bool = False
    family: str = "serif"
    colour: Colour = INK
    hand: str = ""

    @property
    def is_by_hand(self) -> bool:
        """Whether a pen writes it."""
        return bool(self.hand)

    def but(
        self,
        *,
        size: float | None = None,
        bold: bool | None = None,
        italic: bool | None = None,
        family: str | None = None,
        colour: Colour | None = None,
    ) -> Style:
        """The same look with some parts changed."""
        return replace(
            self,
            size=self.size if size is None else size,
            bold=self.bold if bold is None else bold,
            italic=self.italic if italic is None else italic,
            family=self.family if family is None else family,
            colour=self.colour if colour is None else colour,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text in one look; a field value if ``field`` is given.

    Attributes:
        value: normalised value of the field; the text itself where ``None``.
    """

    text: str
    style: Style
    field: str = ""
    value: str | None = None
