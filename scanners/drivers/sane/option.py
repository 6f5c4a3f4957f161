"""One option of a SANE device, as any front end sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an option takes."""

    SWITCH = "switch"
    NUMBER = "number"
    TEXT = "text"
    BUTTON = "button"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaneOption:
    """An option with its limits.

    Attributes:
        name: its name, without dashes; ``l t x y`` are left, top, width and height of the area.
        kind: what it takes.
        words: the only texts that it takes; empty where any is, or where it takes numbers.
        numbers: the only numbers that it takes; empty for a range.
        least: lower end of a range; ``None`` without one.
        most: upper end of a range.
        step: step of a range, 0 for none.
        unit: ``dpi``, ``mm``, ``pel``, ``%``, ``us``, ``bit`` or empty.
        value: present value as text; ``None`` where it has none or it is inactive.
        is_active: it has a meaning with the present values of the others.
        is_settable: a program may set it; sensors and buttons at the device are not.
    """

    name: str
    kind: Kind
    words: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    least: float | None = None
    most: float | None = None
    step: float = 0.0
    unit: str = ""
    value: str | None = None
    is_active: bool = True
    is_settable: bool = True

    @property
    def is_usable(self) -> bool:
        """Whether a program may set it now."""
        return self.is_active and self.is_settable and self.kind is not Kind.BUTTON

    @property
    def greatest(self) -> float | None:
        """The largest number that it takes; ``None`` where it does not say."""
        return max(self.numbers, default=self.most)

    def takes_number(self, number: float) -> bool:
        """Whether it takes a number, as far as it says."""
        if self.numbers:
            return number in self.numbers
        if self.least is None or self.most is None:
            return self.kind is Kind.NUMBER
        return self.least <= number <= self.most
