"""One part that an installation stands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: ``version`` is ``None`` where it is missing."""

    name: str
    version: str | None
    is_required: bool
    install: str
