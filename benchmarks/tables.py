"""Numbers as people read them, and Markdown tables of them."""

from __future__ import annotations

import math
from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Returns a Markdown table; the first column is text, the others are figures."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def percent(part: float, whole: float) -> str:
    """Returns a share with two decimals; a dash where there is nothing to share."""
    return f"{100 * part / whole:.2f} %" if whole else "–"


def share(part: int, whole: int) -> str:
    """Returns a share with its counts."""
    return f"{percent(part, whole)} ({part}/{whole})"


def seconds(value: float) -> str:
    """Returns seconds with two decimals."""
    return f"{value:.2f} s"


def mebibytes(value: float) -> str:
    """Returns bytes as MB of 2**20."""
    return f"{value / 2**20:.0f} MB"


def quantile(values: Sequence[float], part: float) -> float:
    """Returns the smallest value that at least this part of the values does not exceed; NaN for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] if ordered else math.nan
