"""How values look on paper: days as 22/11/2026."""

from __future__ import annotations

from datetime import date


def shown(name: str, value: str | None) -> str:
    """A value as people write it; it can be typed back as it is shown.

    Args:
        name: key of the field.
        value: normalised; nothing for ``None``.
    """
    if value and name.endswith("_date"):
        try:
            return f"{date.fromisoformat(value):%d/%m/%Y}"
        except ValueError:
            return value
    return value or ""
