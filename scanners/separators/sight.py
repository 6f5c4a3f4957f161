"""What was seen on one page that may make it a separator: plain values, safe to hand between processes."""

from __future__ import annotations

from dataclasses import dataclass

#: The value of a sheet with Patch T on it; a profile maps it like any other.
PATCH_T = "PATCH-T"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSight:
    """Signs of a separator.

    Attributes:
        frame_share: how much of the frame of our printed sheets is there, 0 to 1.
        is_bare: whether so little is on it besides codes that it can be a bought separator.
        codes: what its QR and bar codes say, from the top down; data from outside. Not looked for, and
            empty, on a page that can be no separator.
        has_patch_t: whether Patch T is on it.
    """

    frame_share: float = 0.0
    is_bare: bool = False
    codes: tuple[str, ...] = ()
    has_patch_t: bool = False
