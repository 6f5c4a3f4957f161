"""The pages of the documentation whose tables a run replaces."""

from __future__ import annotations

from pathlib import Path


def replace_tables(path: Path, tables: str, name: str = "measured") -> None:
    """Puts the tables between the marks of this name and leaves everything else alone.

    Raises:
        ValueError: the page has no such marks.
    """
    first, last = marks(name)
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"{path.name} has no marks {first} and {last}")
    path.write_text(f"{before}{first}\n\n{tables.strip()}\n\n{last}{after}", encoding="utf-8")


def marks(name: str) -> tuple[str, str]:
    """Returns the lines that stand before and after the tables of this name."""
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
