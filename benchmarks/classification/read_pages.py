"""Generated pages as the pipeline reads them, with truth; each is read once and kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from benchmarks.fields.readings import KeptReader
from dossiers.document_types import BLANK
from dossiers.reading import FieldValue
from pipeline.ports import ReadPage


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadTruth:
    """A page that was read, with the truth.

    Attributes:
        name: dossier and page, for people.
        dossier: names the dossier.
        type_id: the truth; ``unknown`` for a paper of no type.
        page: upright, with its text.
        values: what the code readers found.
        degradations: what the capture did to the page.
    """

    name: str
    dossier: str
    type_id: str
    page: ReadPage
    values: tuple[FieldValue, ...]
    degradations: tuple[str, ...]


def read_pages(folder: Path, limit: int = 0) -> Iterator[ReadTruth]:
    """Yields the pages of all dossiers of a folder that are not blank.

    Args:
        folder: as ``samples.generator`` writes it.
        limit: at most so many pages; 0 for all.
    """
    count = 0
    for path in sorted(folder.glob("*/truth.json")):
        truth = json.loads(path.read_text("utf-8"))
        for page in truth["pages"]:
            if page["blank"] or page["type_id"] == BLANK:
                continue
            if limit and count == limit:
                return
            kept = _reader().read((path.parent / page["file"]).read_bytes(), page["index"])
            count += 1
            yield ReadTruth(
                name=f"{folder.name}/{truth['dossier']}/{page['n']}",
                dossier=f"{folder.name}/{truth['dossier']}",
                type_id=page["type_id"],
                page=kept.page,
                values=kept.reading.fields,
                degradations=tuple(page["degradations"]),
            )


@lru_cache(maxsize=1)
def _reader() -> KeptReader:
    return KeptReader()
