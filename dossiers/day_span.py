"""Spans of days with open ends, as the catalogue, the directory and the rules have them."""

from __future__ import annotations

from datetime import date


def holds_day(first: date | None, last: date | None, day: date) -> bool:
    """Whether a day lies in a span; both ends belong to it, ``None`` is no end."""
    return (first is None or first <= day) and (last is None or day <= last)
