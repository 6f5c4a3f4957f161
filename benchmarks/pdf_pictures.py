"""How large the pictures of an archived PDF are, and how like the page they look, beside OCRmyPDF's.

``python -m benchmarks.pdf_pictures DIR --keep FOLDER`` takes dossiers with ``truth.json`` or plain pictures,
renders each page three ways (as received, compact, layers), and prints one table by kind of page. PDFs of
OCRmyPDF are kept in FOLDER.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Final, cast

import pikepdf
from PIL import Image

from benchmarks.ocrmypdf_system import OcrmypdfSystem
from benchmarks.page_case import PageCase, load_dossiers
from benchmarks.reading.pdf_quality import quality
from dossiers.errors import SohoaError
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.page_result import PageResult
from pipeline.pdf.archive_picture import ArchivePicture
from pipeline.pdf.document import DocumentPage, render_pdf
from pipeline.stages.decode import decode_page
from pipeline.stages.paper import LONGEST_CARD_MM, MM_PER_INCH
from sohoa.bootstrap import make_reader
from sohoa.settings import load_settings

if TYPE_CHECKING:
    from samples.generator.truth import PageTruth

_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
_SUFFIXES: Final = (".jpg", ".png", ".tif")
_OCRMYPDF: Final = "OCRmyPDF"
_FINE_DPI: Final = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One PDF of one page.

    Attributes:
        byte_count: of the whole file.
        cpu_seconds: of encoding and writing; 0 for OCRmyPDF, which is measured elsewhere.
        encoder: names of the picture in it; empty for OCRmyPDF.
        figures: see ``quality``.
    """

    byte_count: int
    cpu_seconds: float
    encoder: str
    figures: Mapping[str, float]


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--keep", type=Path, required=True, help="folder for the PDFs of OCRmyPDF")
    arguments = parser.parse_args()
    arguments.keep.mkdir(parents=True, exist_ok=True)
    theirs = OcrmypdfSystem()
    found: dict[str, list[dict[str, Rendered]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as scratch:
        settings = load_settings(file=None, environment={}, overrides={"data_dir": Path(scratch)})
        reader = make_reader(settings)
        for page in _pages(arguments.folder):
            if page.has_text:
                continue
            try:
                result = reader.read(page.content, 0)
            except SohoaError as error:
                print(f"{page.name}: {error.code}")
                continue
            image = decode_page(page.content, 0, Limits()).image
            row = _measured(page, image, result, _kept(page, theirs, arguments.keep))
            found[_kind(image)].append(row)
            told = {name: f"{each.encoder} {_cell([each])}" for name, each in row.items()}
            print(page.name, told, flush=True)
        reader.close()
    print(_table(found))


def _pages(folders: Sequence[Path]) -> Iterator[PageCase]:
    for folder in folders:
        for dossier in load_dossiers(folder):
            yield from dossier.pages
        for path in sorted(each for each in folder.glob("*") if each.suffix in _SUFFIXES):
            yield _single(path)


def _single(path: Path) -> PageCase:
    with Image.open(path) as picture:
        dpi = round(picture.info.get("dpi", (300, 300))[0])
    truth = cast("PageTruth", {"n": 1, "dpi": dpi})
    return PageCase(
        dossier=path.stem,
        content=path.read_bytes(),
        suffix=path.suffix,
        truth=truth,
        has_text=False,
        has_dpi=True,
    )


def _measured(page: PageCase, image: PageImage, result: PageResult, theirs: bytes) -> dict[str, Rendered]:
    target = io.BytesIO()
    Image.fromarray(image.pixels).save(target, "PNG", compress_level=1)
    original = target.getvalue()
    row = {}
    for wanted in ArchivePicture:
        started = time.process_time()
        document = [DocumentPage(content=page.content, index=0, result=result)]
        pdf = render_pdf(document, page.name, _DAY, Limits(), wanted)
        seconds = time.process_time() - started
        figures = quality(pdf, original, image.dpi)
        row[wanted.value] = Rendered(
            byte_count=len(pdf), cpu_seconds=seconds, encoder=_encoder(pdf), figures=figures
        )
    if theirs:
        figures = quality(theirs, original, image.dpi)
        row[_OCRMYPDF] = Rendered(byte_count=len(theirs), cpu_seconds=0, encoder="", figures=figures)
    return row


def _kept(page: PageCase, system: OcrmypdfSystem, keep: Path) -> bytes:
    path = keep / f"{page.key}.pdf"
    if not path.exists():
        path.write_bytes(system.digitize(page).pdf)
    return path.read_bytes()


def _encoder(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = sorted(opened.pages[0].resources["/XObject"].keys())
    return names[0].strip("/0")


def _kind(image: PageImage) -> str:
    if image.is_bilevel:
        return "1-bit"
    if max(image.width, image.height) / image.dpi * MM_PER_INCH <= LONGEST_CARD_MM:
        return "card"
    colour = "colour" if image.pixels.ndim == 3 else "grey"
    return f"{colour}, {'from' if image.dpi >= _FINE_DPI else 'below'} {_FINE_DPI} dpi"


def _table(found: Mapping[str, list[dict[str, Rendered]]]) -> str:
    systems = (*(each.value for each in ArchivePicture), _OCRMYPDF)
    lines = [
        "| Pages (n; encoders of layers) | " + " | ".join(f"{name}: KB, SSIM, of print" for name in systems)
        + " | CPU s, original | compact | layers |",
        "| --- |" + " ---: |" * (len(systems) + 3),
    ]  # fmt: skip
    everything = [row for rows in found.values() for row in rows]
    for kind, rows in [*sorted(found.items()), ("all", everything)]:
        counts: dict[str, int] = defaultdict(int)
        for row in rows:
            counts[row["layers"].encoder] += 1
        encoders = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        cells = [_cell([row[name] for row in rows if name in row]) for name in systems]
        seconds = [f"{fmean(row[name].cpu_seconds for row in rows):.2f}" for name in systems[:3]]
        lines.append(f"| {kind} ({len(rows)}; {encoders}) | " + " | ".join([*cells, *seconds]) + " |")
    return "\n".join(lines)


def _cell(rendered: Sequence[Rendered]) -> str:
    if not rendered:
        return "–"
    size = fmean(each.byte_count for each in rendered) / 1000
    means = []
    for name in ("similarity", "print_similarity"):
        values = [each.figures[name] for each in rendered if name in each.figures]
        means.append(f"{fmean(values):.3f}" if values else "–")
    valid = sum(each.figures["pdfa_2b"] for each in rendered)
    invalid = "" if valid == len(rendered) else f", {len(rendered) - valid:.0f} invalid"
    return f"{size:.0f}, {', '.join(means)}{invalid}"


if __name__ == "__main__":
    main()
