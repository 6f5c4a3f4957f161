"""The archived PDFs: valid for two validators, readable by two readers, with the text that was recognised."""

from __future__ import annotations

import subprocess
from pathlib import Path

import page
import pikepdf.pdfa
import pypdfium2
import pytest

from dossiers.text_folding import to_nfc


def _pdfs(digitized) -> list[Path]:
    found = sorted(digitized.export_dir.glob("*/*.pdf"))
    assert len(found) >= 12
    return found


def _words(text: str) -> list[str]:
    return to_nfc(text).replace("\f", " ").split()


def test_both_validators_accept_every_one_as_pdf_a_2b(digitized):
    for path in _pdfs(digitized):
        report = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_A_2B)
        assert report.is_compliant, (path.name, report)
        assert not pikepdf.pdfa.validate_written(path, "2b").findings, path.name


@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
def test_text_copied_from_them_is_the_recognised_text(digitized, reader):
    for path in _pdfs(digitized):
        recognised = _words(path.with_suffix(".txt").read_text(encoding="utf-8"))
        copied = _poppler(path) if reader == "poppler" else _pdfium(path)
        assert _words(copied) == recognised, path.name


def _poppler(path: Path) -> str:
    command = ["pdftotext", "-raw", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def _pdfium(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\f".join(each.get_textpage().get_text_range() for each in document)
    finally:
        document.close()
