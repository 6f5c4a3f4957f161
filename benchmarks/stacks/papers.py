"""Papers with truth: what stacks are built from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from benchmarks.stacks.readings import KeptReadings
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.reading import PageReading

if TYPE_CHECKING:
    from samples.generator.truth import DossierTruth


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PaperPage:
    """One received page: what was read, what it is."""

    reading: PageReading
    type_id: str
    is_blank: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paper:
    """One document of a dossier, pages in order, blank backs among them.

    Attributes:
        name: how people find it: dossier and number.
        dossier: name of its dossier, with that of its folder.
    """

    name: str
    dossier: str
    type_id: str
    pages: tuple[PaperPage, ...]

    @property
    def is_card(self) -> bool:
        """Whether it has two sides that a feeder may deliver apart."""
        return len(self.pages) == 2 and bool(DOCUMENT_TYPES[self.pages[1].type_id].joins)

    @property
    def later_pages(self) -> tuple[PaperPage, ...]:
        """Its printed pages behind the first."""
        return tuple(page for page in self.pages[1:] if not page.is_blank)


def load_papers(folders: Sequence[Path], kept: KeptReadings) -> list[Paper]:
    """Reads all papers of the dossiers in the folders.

    Raises:
        InputError, EngineError: a page cannot be read.
    """
    return [
        paper
        for folder in folders
        for path in sorted(folder.glob("*/truth.json"))
        for paper in _papers(path, kept)
    ]


def _papers(path: Path, kept: KeptReadings) -> list[Paper]:
    truth = cast("DossierTruth", json.loads(path.read_text("utf-8")))
    contents = {page["file"]: (path.parent / page["file"]).read_bytes() for page in truth["pages"]}
    pages = {
        page["n"]: PaperPage(
            reading=kept.read(contents[page["file"]], page["index"]),
            type_id=page["type_id"],
            is_blank=page["blank"],
        )
        for page in truth["pages"]
    }
    return [
        Paper(
            name=f"{path.parent.name}/{document['id']}",
            dossier=f"{path.parent.parent.name}/{path.parent.name}",
            type_id=document["type_id"],
            pages=tuple(pages[n] for n in document["pages"]),
        )
        for document in truth["documents"]
    ]
