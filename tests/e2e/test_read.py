"""``sohoa read``: what any OCR user expects of one file."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import page
import pytest
from PIL import Image

from tests.e2e.conftest import run_sohoa


@pytest.fixture(scope="module")
def two_pages(tmp_path_factory: pytest.TempPathFactory, page_heads: list[Image.Image]) -> Path:
    """Two sample pages as one TIFF."""
    path = tmp_path_factory.mktemp("read") / "two.tif"
    page_heads[0].save(path, save_all=True, append_images=page_heads[1:2], dpi=(200, 200))
    return path


def test_text_has_a_form_feed_between_pages_and_is_nfc(two_pages):
    ended = run_sohoa("read", two_pages, check=True)
    assert ended.stdout.count("\f") == 1
    assert unicodedata.is_normalized("NFC", ended.stdout)
    assert all(part.strip() for part in ended.stdout.split("\f"))


def test_json_is_one_object_a_page(two_pages):
    lines = run_sohoa("read", two_pages, "--format", "json", check=True).stdout.splitlines()
    pages = [json.loads(line) for line in lines]
    assert len(pages) == 2
    assert all(each["reading"]["text"] for each in pages)


def test_the_pdf_goes_to_the_file_named_and_is_pdf_a(two_pages, tmp_path):
    target = tmp_path / "out.pdf"
    ended = run_sohoa("read", two_pages, "--format", "pdf", "-o", target, check=True)
    assert ended.stdout == ""
    assert page.validate_pdf(str(target), profile=page.ValidationProfile.PDF_A_2B).is_compliant
    assert list(tmp_path.iterdir()) == [target]


def test_the_subprocess_engine_reads_it_too(two_pages):
    ended = run_sohoa("read", two_pages, "--engine", "tesseract-subprocess", check=True)
    assert ended.stdout.count("\f") == 1


def test_a_closed_pipe_is_no_error(two_pages):
    command = f"{sys.executable} -m sohoa.cli read {two_pages} | head -c 1"
    ended = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_an_engine_that_is_not_there_is_a_matter_of_configuration(two_pages):
    ended = run_sohoa("read", two_pages, "--engine", "nobody")
    assert ended.returncode == 3
    assert "PLUGIN_UNAVAILABLE" in ended.stderr
    assert "tesseract" in ended.stderr, "the hint names those that are there"
