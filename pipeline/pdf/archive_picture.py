"""Which pictures an archived document shows."""

from __future__ import annotations

from enum import StrEnum


class ArchivePicture(StrEnum):
    """What the pictures of a document should be: as received, smaller at the same look, or smallest."""

    ORIGINAL = "original"
    COMPACT = "compact"
    LAYERS = "layers"
