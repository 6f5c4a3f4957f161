"""The page of the documentation whose tables a run replaces."""

from __future__ import annotations

from pathlib import Path
from typing import Final

BEGIN: Final = "<!-- measured: begin -->"
END: Final = "<!-- measured: end -->"


def replace_tables(path: Path, tables: str) -> None:
    """Puts the tables between the marks and leaves everything else alone.

    Raises:
        ValueError: the page has no marks.
    """
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path.name} has no marks")
    path.write_text(f"{before}{BEGIN}\n\n{tables.strip()}\n\n{END}{after}", encoding="utf-8")
