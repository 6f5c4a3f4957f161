"""Development pages listed in a ``manifest.csv``: image, truth, variant, resolution, angle."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

from benchmarks.page_case import PageCase

if TYPE_CHECKING:
    from samples.generator.truth import LineTruth, PageTruth

#: Handwriting in typed truth; nobody asks for it.
_HANDWRITTEN: Final = re.compile(r"⟦[^⟧]*⟧")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """One page of the list.

    Attributes:
        group: its folder, such as ``forms`` or ``scans``.
        case: the page; places of lines only where a ``*.lines.json`` holds them, else corners at the origin.
        has_places: whether the places of the lines are known.
    """

    group: str
    case: PageCase
    has_places: bool


def load_listed(folder: Path) -> Iterator[ListedPage]:
    """Yields the pages in the order of the list."""
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield _page(folder, row["image"], row["truth"], float(row["dpi"]))


def _page(folder: Path, image: str, truth: str, dpi: float) -> ListedPage:
    content = (folder / image).read_bytes()
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
    places = (folder / truth).with_name(Path(truth).name.replace(".gt.txt", ".lines.json"))
    typed = _HANDWRITTEN.sub(" ", (folder / truth).read_text("utf-8")).splitlines()
    lines = _placed(places) if places.exists() else [_line(text, (0, 0, 0, 0)) for text in typed]
    return ListedPage(
        group=Path(image).parts[0],
        case=PageCase(
            dossier=image,
            content=content,
            suffix=Path(image).suffix,
            truth=_truth(image, lines, (width, height), dpi),
            has_text=False,
            has_dpi=False,
        ),
        has_places=places.exists(),
    )


def _placed(path: Path) -> list[LineTruth]:
    return [_line(text, box) for text, box in json.loads(path.read_text(encoding="utf-8"))]


def _line(text: str, box: tuple[float, float, float, float]) -> LineTruth:
    left, top, right, bottom = box
    quad = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return {"text": text, "quad": quad, "handwritten": False}


def _truth(image: str, lines: list[LineTruth], size: tuple[int, int], dpi: float) -> PageTruth:
    return {
        "n": 1, "file": image, "index": 0, "document": 1, "type_id": "", "is_first_page": True,
        "blank": False, "rotation": 0, "skew_degrees": 0.0, "dpi": round(dpi), "mode": "", "degradations": [],
        "width": size[0], "height": size[1], "text": "\n".join(line["text"] for line in lines),
        "seal_text": [], "lines": lines, "fields": [], "codes": [],
    }  # fmt: skip
