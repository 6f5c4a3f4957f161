"""Spans of days with open ends, as the catalogue, the directory and the rules have them."""

from __future__ import annotations

from datetime import date


def holds_day(first: date | None, last: date | None, day: date) -> bool:
    """Whether a day lies in a span; both ends belong to it, ``None`` is no end."""
    return (first is None or first <= day) and (last is None or day <= last)


def spans_meet(
    first: date | None, last: date | None, other_first: date | None, other_last: date | None
) -> bool:
    """Whether two spans share a day; a span that ends before it begins has none."""
    begin = max(first or date.min, other_first or date.min)
    return begin <= min(last or date.max, other_last or date.max)
