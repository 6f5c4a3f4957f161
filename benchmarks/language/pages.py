"""Pages with truth from two kinds of folders: a ``manifest.csv`` with text files, or generated dossiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.listed_pages import load_listed
from benchmarks.page_case import load_dossiers

#: Fields that hold names of people and places.
_NAMES: Final = re.compile(r"name|residence|place|address|origin|signer")


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthPage:
    """One page and what is printed on it.

    Attributes:
        group: what figures are summed over: the folder.
        name: how people find the page.
        content: bytes of the image.
        printed: printed lines.
        names: words that stand in names of people and places, as printed.
    """

    group: str
    name: str
    content: bytes
    printed: tuple[str, ...]
    names: frozenset[str]


def load_pages(folder: Path) -> Iterator[TruthPage]:
    """Yields the pages of a folder in order of name; pages that bring their own text are left out."""
    if (folder / "manifest.csv").exists():
        yield from _listed(folder)
    else:
        yield from _generated(folder)


def _listed(folder: Path) -> Iterator[TruthPage]:
    for page in load_listed(folder):
        yield TruthPage(
            group=page.group,
            name=page.case.dossier,
            content=page.case.content,
            printed=page.case.printed,
            names=frozenset(),
        )


def _generated(folder: Path) -> Iterator[TruthPage]:
    for dossier in load_dossiers(folder):
        for page in dossier.pages:
            if page.has_text or page.truth["blank"]:
                continue
            values = [field["raw"] for field in page.truth["fields"] if _NAMES.search(field["name"])]
            yield TruthPage(
                group=folder.name,
                name=page.name,
                content=page.content,
                printed=page.printed,
                names=frozenset(word.strip(".,;:()") for value in values for word in value.split()),
            )
