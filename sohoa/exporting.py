"""Writes a dossier as ordinary files: searchable PDFs, text, ALTO, originals, handwriting and a description.

Rule: a folder appears under its name only when it is complete; exporting again replaces it. Names of
files are made by us, never taken from those that were received.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from dossiers.document import Document
from dossiers.document_types import BLANK
from dossiers.errors import ResourceError
from pipeline.alto import to_alto
from pipeline.codec import decode_result
from pipeline.crops import handwritten_zones
from pipeline.reader import PdfPage
from sohoa.bootstrap import Application
from sohoa.report import DossierReport
from sohoa.report_json import report_as_json

#: How folders of exports that are not complete begin.
_SCRATCH: Final = ".export-"
_SWEEP_AFTER_SECONDS: Final = 86_400
#: File name endings of the originals by media type.
_ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/tiff": "tif",
    "image/jpeg": "jpg",
    "image/png": "png",
}


def export_dossier(application: Application, report: DossierReport, folder: Path) -> Path:
    """Writes the dossier into a folder named after its code and returns that folder.

    Raises:
        ResourceError: the disk is full or may not be written.
        IntegrityError: a stored object is damaged.
    """
    target = folder / report.dossier.code
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=_SCRATCH) as scratch:
            made = Path(scratch) / report.dossier.code
            made.mkdir()
            _write_all(application, report, made)
            if target.exists():
                target.rename(Path(scratch) / "replaced")
            made.rename(target)
    except OSError as error:
        raise ResourceError(
            "EXPORT_FAILED",
            vi="Không ghi được ra thư mục xuất; hãy kiểm tra dung lượng và quyền ghi.",
            en="the export folder cannot be written; check its space and permissions",
        ) from error
    return target


def _sweep(folder: Path) -> None:
    """Removes what exports left that were killed; one that takes a day is not at work any more."""
    before = time.time() - _SWEEP_AFTER_SECONDS
    for left in folder.glob(f"{_SCRATCH}*"):
        with suppress(OSError):  # another export was quicker
            if left.lstat().st_mtime < before:
                shutil.rmtree(left)


def _write_all(application: Application, report: DossierReport, folder: Path) -> None:
    told = json.dumps(report_as_json(report), ensure_ascii=False, indent=2)
    (folder / "dossier.json").write_text(told + "\n", encoding="utf-8")
    for document in report.documents:
        if document.type_id != BLANK:
            _write_document(application, report, document, folder)
    _write_alto(application, report, folder / "alto")
    _write_crops(application, report, folder / "handwriting")
    originals = folder / "originals"
    originals.mkdir()
    for number, file in enumerate(report.files, start=1):
        name = f"{number:03d}.{_ENDINGS[file.media_type]}"
        (originals / name).write_bytes(application.originals.get(file.original_key))


def _write_document(
    application: Application, report: DossierReport, document: Document, folder: Path
) -> None:
    stem = f"{document.ordinal:02d}-{document.type_id.replace('_', '-')}"
    if document.pdf_key is not None:
        (folder / f"{stem}.pdf").write_bytes(application.derivatives.get(document.pdf_key))
    texts = {line.page.page_id: line.reading.text for line in report.pages if line.reading}
    pages = [texts.get(page_id, "") for page_id in document.page_ids]
    (folder / f"{stem}.txt").write_text("\f".join(pages) + "\n", encoding="utf-8")


def _write_alto(application: Application, report: DossierReport, folder: Path) -> None:
    folder.mkdir()
    for line in report.pages:
        if line.artefact_key is not None:
            result = decode_result(application.derivatives.get(line.artefact_key))
            number = line.page.number
            told = to_alto(result.text, f"page {number}", result.reading.engine, number)
            (folder / f"p{number:04d}.xml").write_bytes(told)


def _write_crops(application: Application, report: DossierReport, folder: Path) -> None:
    """Writes the zones written by hand as ``p0001-01.png``; no folder where there are none."""
    for line in report.pages:
        if line.reading is None or line.artefact_key is None or not handwritten_zones(line.reading):
            continue
        page = PdfPage(
            content=application.originals.get(line.page.original_key),
            index=line.page.index,
            artefact=application.derivatives.get(line.artefact_key),
        )
        with application.readers.borrow() as reader:
            crops = reader.crops(page)
        folder.mkdir(exist_ok=True)
        for number, crop in enumerate(crops, start=1):
            (folder / f"p{line.page.number:04d}-{number:02d}.png").write_bytes(crop)
