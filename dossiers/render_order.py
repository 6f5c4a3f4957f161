"""What the PDF of a document is to be made from, asked for in one look."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOrder:
    """A document as whoever makes its PDF needs it.

    Attributes:
        dossier_code: of its dossier.
        ordinal: 1-based place in the dossier.
        sheets: its pages that were read, in reading order, each with the key of its newest full result.
    """

    dossier_code: str
    ordinal: int
    sheets: tuple[tuple[Page, str], ...]
