"""What is thought of one sheet: no separator, one with its meaning, or one that a clerk must look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scanners.separators.meaning import Meaning


class SheetFlag(StrEnum):
    """Why a clerk must look at a sheet, or at the place where it lay."""

    UNREADABLE = "SEPARATOR_UNREADABLE"  # looks like one of our sheets, its code cannot be read
    UNKNOWN_VALUE = "SEPARATOR_UNKNOWN_VALUE"  # a separator whose value means nothing here
    CONTRADICTORY = "SEPARATOR_CONTRADICTORY"  # its codes say different things
    NOT_A_SHEET = "SEPARATOR_CODE_ON_PAPER"  # a separator code on something that does not look like a sheet
    WITHOUT_PAGES = "SEPARATOR_WITHOUT_PAGES"  # it names a dossier or a type that got no page


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetVerdict:
    """What one page is to the cutting of a batch.

    Attributes:
        meaning: what the separator says; ``None`` where the page is none, or cannot be relied on.
        flag: why a clerk must look; such a page is kept like any other. Never with a meaning.
        value: the value that decided, for the record: a code of ours or one from the profile.
    """

    meaning: Meaning | None = None
    flag: SheetFlag | None = None
    value: str = ""

    def __post_init__(self) -> None:
        if self.meaning is not None and self.flag is not None:
            raise ValueError("a flagged sheet has no effect")


#: An ordinary page.
NO_SEPARATOR = SheetVerdict()
