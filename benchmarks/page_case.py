"""Pages with truth, each as one file that every system is given alike."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import pikepdf
import pypdfium2
from PIL import Image

if TYPE_CHECKING:
    from samples.generator.truth import DossierTruth, PageTruth

#: Width and height of A4 in inches, and how far a scan may be off.
_A4: Final = (8.27, 11.69)
_TOLERANCE: Final = 0.06
#: Cameras write 72 and screens 96, whatever the paper; OCRmyPDF refuses both unless it is told better.
_NO_SCAN_DPI: Final = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCase:
    """One page and what is printed on it.

    Attributes:
        dossier: name of its dossier.
        content: bytes of a file that holds this page alone.
        suffix: its file name ending, with the dot.
        truth: what the generator knows about the page.
        has_text: whether the file itself carries text (a PDF that was not merely scanned).
        has_dpi: whether the file says a resolution that a scan may have.
    """

    dossier: str
    content: bytes
    suffix: str
    truth: PageTruth
    has_text: bool
    has_dpi: bool

    @property
    def name(self) -> str:
        """How people find the page."""
        return f"{self.dossier} p{self.truth['n']}"

    @property
    def key(self) -> str:
        """Hash of the bytes; results are kept under it."""
        return hashlib.sha256(self.content).hexdigest()[:24]

    @property
    def printed(self) -> tuple[str, ...]:
        """The printed lines in reading order; handwriting is not asked for."""
        return tuple(line["text"] for line in self.truth["lines"] if not line["handwritten"])

    @property
    def is_a4_at_300_dpi(self) -> bool:
        """Whether it is the page that memory is measured on."""
        sides = sorted((self.truth["width"], self.truth["height"]))
        return self.truth["dpi"] == 300 and all(
            abs(side / 300 - inches) < _TOLERANCE * inches for side, inches in zip(sides, _A4, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCase:
    """A dossier: its truth and its pages in order."""

    truth: DossierTruth
    pages: tuple[PageCase, ...]


def load_dossiers(folder: Path, most_pages: int | None = None) -> tuple[DossierCase, ...]:
    """Reads every ``*/truth.json`` under the folder in order of name.

    Args:
        folder: holds one folder for each dossier.
        most_pages: stop after so many pages, even within a dossier; truth beyond them is dropped.
    """
    found: list[DossierCase] = []
    left = most_pages if most_pages is not None else 1 << 30
    for path in sorted(folder.glob("*/truth.json")):
        if left <= 0:
            break
        truth = cast("DossierTruth", json.loads(path.read_text(encoding="utf-8")))
        case = _case(truth, truth["pages"][:left], path.parent)
        left -= len(case.pages)
        found.append(case)
    return tuple(found)


def _case(truth: DossierTruth, pages: Sequence[PageTruth], folder: Path) -> DossierCase:
    kept = {page["n"] for page in pages}
    inside = [document for document in truth["documents"] if set(document["pages"]) <= kept]
    whole: DossierTruth = {**truth, "documents": inside, "pages": list(pages)}
    return DossierCase(truth=whole, pages=tuple(_pages(whole, folder)))


def _pages(truth: DossierTruth, folder: Path) -> Iterator[PageCase]:
    for page in truth["pages"]:
        path = folder / page["file"]
        content, suffix = _single(path, page["index"])
        yield PageCase(
            dossier=truth["dossier"],
            content=content,
            suffix=suffix,
            truth=page,
            has_text=suffix == ".pdf" and _carries_text(content),
            has_dpi=suffix == ".pdf" or _says_dpi(content),
        )


def _single(path: Path, index: int) -> tuple[bytes, str]:
    """The page alone: the file itself where it has one page, else without loss taken out of it."""
    content, suffix = path.read_bytes(), path.suffix.lower()
    if suffix == ".pdf":
        with pikepdf.open(io.BytesIO(content)) as source:
            return (content if len(source.pages) == 1 else _one_page_pdf(source, index)), suffix
    with Image.open(io.BytesIO(content)) as picture:
        if getattr(picture, "n_frames", 1) == 1:
            return content, suffix
        picture.seek(index)
        alone = io.BytesIO()
        picture.save(alone, "PNG", dpi=picture.info.get("dpi"))
    return alone.getvalue(), ".png"


def _one_page_pdf(source: pikepdf.Pdf, index: int) -> bytes:
    alone, target = io.BytesIO(), pikepdf.new()
    target.pages.append(source.pages[index])
    target.save(alone, deterministic_id=True)
    return alone.getvalue()


def _carries_text(content: bytes) -> bool:
    document = pypdfium2.PdfDocument(content)
    try:
        return bool(document[0].get_textpage().count_chars())
    finally:
        document.close()


def _says_dpi(content: bytes) -> bool:
    with Image.open(io.BytesIO(content)) as picture:
        return bool(picture.info.get("dpi", (0, 0))[0] > _NO_SCAN_DPI)
