"""Long lists of ids, in pieces that one statement takes: both databases limit its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

_MOST: Final = 5_000


def batched(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The pieces, in order."""
    return (ids[start : start + _MOST] for start in range(0, len(ids), _MOST))
