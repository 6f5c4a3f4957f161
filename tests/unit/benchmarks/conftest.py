from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from benchmarks.page_case import PageCase

#: Writes a dossier folder with these truths of pages and documents and returns the folder above it.
DossierWriter = Callable[..., Path]


def _truth_of_page(number: int, file: str, index: int = 0, **changed: Any) -> dict[str, Any]:
    return {
        "n": number, "file": file, "index": index, "document": 1, "type_id": "quyet_dinh",
        "is_first_page": number == 1, "blank": False, "rotation": 0, "skew_degrees": 0.0, "dpi": 300,
        "mode": "gray", "degradations": [], "width": 2480, "height": 3508, "text": "", "seal_text": [],
        "lines": [], "fields": [], "codes": [], **changed,
    }  # fmt: skip


@pytest.fixture
def truth_of_page() -> Callable[..., dict[str, Any]]:
    return _truth_of_page


@pytest.fixture
def page_case(truth_of_page: Callable[..., dict[str, Any]]) -> Callable[..., PageCase]:
    def make(**truth: Any) -> PageCase:
        page = truth_of_page(1, "a.png", **truth)
        return PageCase(
            dossier="d",
            content=b"page",
            suffix=".png",
            truth=page,
            has_text=False,
            has_dpi=True,  # type: ignore[arg-type]
        )

    return make


@pytest.fixture
def write_dossier(tmp_path: Path) -> DossierWriter:
    def write(name: str, pages: list[dict[str, Any]], documents: list[dict[str, Any]]) -> Path:
        folder = tmp_path / "dossiers" / name
        folder.mkdir(parents=True)
        truth = {"dossier": name, "documents": documents, "pages": pages}
        (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
        for file in {page["file"] for page in pages}:
            count = sum(page["file"] == file for page in pages)
            pictures = [Image.new("L", (20, 30 + number)) for number in range(count)]
            kind = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "pdf": "PDF"}[file.rpartition(".")[2]]
            more = {"save_all": True, "append_images": pictures[1:]} if count > 1 else {}
            held = io.BytesIO()
            pictures[0].save(held, kind, dpi=(300, 300), **more)
            (folder / file).write_bytes(held.getvalue())
        return folder.parent

    return write
