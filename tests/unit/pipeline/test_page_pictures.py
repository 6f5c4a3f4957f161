"""The picture of a page in the archive: which encoder, how small, and that nothing on the paper is lost."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import page as page_validation
import pikepdf
import pikepdf.pdfa
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from dossiers.reading import Box, Classification, Outcome, PageReading
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.ocr.found_words import block_of, line_of
from pipeline.page_result import PageResult
from pipeline.pdf.archive_picture import ArchivePicture
from pipeline.pdf.document import DocumentPage, render_pdf
from pipeline.pdf.infill import filled
from pipeline.pdf.likeness import is_alike, likeness
from pipeline.stages.warp import Frame, placement_of
from pipeline.text import PageText, Word

Draw = Callable[..., PageImage]
Write = Callable[..., bytes]
_DPI = 300
#: Places on the drawn page, px at 300 dpi: left, top, right, bottom.
_PENCIL = (300, 2650, 900, 2653)
_SIGNATURE = (1500, 2600, 2000, 2800)
_PALE_STAMP = (300, 2800, 800, 2900)
_SEAL = (1250, 2250, 1650, 2650)
_SEAL_RED, _SIGNATURE_BLUE, _PALE, _PENCIL_GREY = (
    (214, 50, 60),
    (40, 50, 150),
    (190, 196, 225),
    (196, 196, 196),
)


def _stamped(page: PageImage, font_path: str) -> PageImage:
    """Adds what must never be lost: seal over print, blue signature, pale stamp, pencil, noise."""
    picture = Image.fromarray(page.pixels)
    pen = ImageDraw.Draw(picture)
    pen.ellipse(_SEAL, outline=_SEAL_RED, width=12)
    pen.text((1290, 2420), "PHÓ CHỦ TỊCH", font=ImageFont.truetype(font_path, 60), fill=(25, 25, 25))
    left, top, right, bottom = _SIGNATURE
    pen.line(
        [(left, bottom), (left + 150, top), (left + 250, bottom), (right, top)], fill=_SIGNATURE_BLUE, width=7
    )
    pen.rectangle(_PALE_STAMP, outline=_PALE, width=8)
    pen.line(_PENCIL, fill=_PENCIL_GREY, width=4)
    noise = np.random.default_rng(3).normal(0, 3, (*picture.size[::-1], 1))
    return replace(page, pixels=np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


@pytest.fixture(scope="session")
def stamped(letter_page: Draw, font_path: str) -> PageImage:
    return _stamped(letter_page(_DPI, rows=18, colour=True), font_path)


def _result(image: PageImage) -> PageResult:
    reading = PageReading(
        outcome=Outcome.READ,
        classification=Classification(type_id="ct01", confidence=1.0, evidence="", is_first_page=True),
        fields=(), text="", page_number=None, rotated_degrees=0, skew_degrees=0.0, confidence=1.0,
        has_seal=False, issues=(), engine="hand", pipeline_version="0", seconds=0.0,
    )  # fmt: skip
    word = Word(text="chữ", box=Box(left=50, top=50, right=90, bottom=70), confidence=1.0)
    text = PageText(
        width=image.width, height=image.height, dpi=image.dpi, blocks=(block_of([line_of([word])]),)
    )
    placement = placement_of(Frame.of(image), image, 0, 0.0)
    return PageResult(reading=reading, text=text, placement=placement)


def _pdf(content: bytes, image: PageImage, wanted: ArchivePicture = ArchivePicture.LAYERS) -> bytes:
    page = DocumentPage(content=content, index=0, result=_result(image))
    return render_pdf([page], "t", datetime(2000, 1, 1, tzinfo=UTC), Limits(), wanted)


def _names(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return sorted(opened.pages[0].resources["/XObject"].keys())


def _seen(pdf: bytes, dpi: float) -> np.ndarray:
    with pypdfium2.PdfDocument(pdf) as document:
        return np.asarray(document[0].render(scale=dpi / 72).to_pil().convert("RGB"))


def _seen_by_poppler(pdf: bytes, dpi: float, folder: Path) -> np.ndarray:
    path = folder / "seen.pdf"
    path.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", path, folder / "seen"], check=True)
    return np.asarray(Image.open(next(folder.glob("seen*.png"))).convert("RGB"))


def _same_size(one: np.ndarray, two: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    high, wide = min(one.shape[0], two.shape[0]), min(one.shape[1], two.shape[1])
    return one[:high, :wide], two[:high, :wide]


def _ink(pixels: np.ndarray, area: tuple[int, int, int, int]) -> np.ndarray:
    """How much red, green and blue an area takes away from its paper, all its pixels together."""
    left, top, right, bottom = area
    part = pixels[top - 9 : bottom + 10, left - 9 : right + 10].astype(float)
    return (np.median(part, axis=(0, 1)) - part).mean(axis=(0, 1))


@pytest.fixture(scope="session")
def received(stamped: PageImage) -> bytes:
    target = io.BytesIO()
    Image.fromarray(stamped.pixels).save(target, "JPEG", quality=88, dpi=(_DPI, _DPI))
    return target.getvalue()


@pytest.fixture(scope="session")
def layered(stamped: PageImage, received: bytes) -> bytes:
    return _pdf(received, stamped)


def test_a_page_of_print_becomes_layers_a_third_as_large_and_valid(
    stamped: PageImage, received: bytes, layered: bytes, tmp_path: Path
) -> None:
    plain = _pdf(received, stamped, ArchivePicture.ORIGINAL)
    assert _names(layered) == ["/Layers0", "/Layers1"]
    assert _names(plain) == ["/KeptJpeg0"]
    assert len(layered) < len(plain) / 3
    assert _pdf(received, stamped) == layered
    path = tmp_path / "layers.pdf"
    path.write_bytes(layered)
    verdict = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_A_2B)
    assert verdict.is_compliant, str(verdict)
    assert not pikepdf.pdfa.validate_written(path, "2b").findings


@pytest.mark.parametrize("reader", ["pdfium", "poppler"])
def test_layers_look_like_the_page_in_two_readers(
    stamped: PageImage, layered: bytes, tmp_path: Path, reader: str
) -> None:
    if reader == "poppler" and not shutil.which("pdftoppm"):
        pytest.skip("no pdftoppm")
    seen = _seen(layered, _DPI) if reader == "pdfium" else _seen_by_poppler(layered, _DPI, tmp_path)
    shown, wanted = _same_size(seen, stamped.pixels)
    grey = [cv2.cvtColor(np.ascontiguousarray(each), cv2.COLOR_RGB2GRAY) for each in (wanted, shown)]
    whole, worst = likeness(grey[0], grey[1], _DPI)
    assert whole > 0.97
    assert worst > 0.85


@pytest.mark.parametrize(
    "area", [_PENCIL, _SIGNATURE, _PALE_STAMP, _SEAL], ids=["pencil", "signature", "pale stamp", "seal"]
)
def test_nothing_faint_or_coloured_vanishes(
    stamped: PageImage, layered: bytes, area: tuple[int, int, int, int]
) -> None:
    shown = _ink(_seen(layered, _DPI), area)
    assert shown == pytest.approx(_ink(stamped.pixels, area), rel=0.2, abs=0.5)


def test_letters_under_a_seal_are_not_cut(stamped: PageImage, layered: bytes) -> None:
    left, top, right, bottom = _SEAL
    seen = _seen(layered, _DPI)
    before, after = _same_size(stamped.pixels[top:bottom, left:right], seen[top:bottom, left:right])
    dark = cv2.erode((before.max(axis=2) < 60).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    assert dark.sum() > 1000
    assert np.percentile(after[dark].max(axis=1), 99.5) < 120


def test_coarse_pages_keep_the_grey_of_their_letters(letter_page: Draw, as_file: Write) -> None:
    image = letter_page(200, rows=18, colour=True)
    assert _names(_pdf(as_file(image, "JPEG", quality=50, optimize=True), image)) == ["/KeptJpeg0"]
    assert _names(_pdf(as_file(image, "JPEG", quality=95), image)) == ["/Jpeg0"]


def test_compact_pages_are_smaller_and_never_layers(
    stamped: PageImage, received: bytes, tmp_path: Path
) -> None:
    pdf = _pdf(received, stamped, ArchivePicture.COMPACT)
    assert _names(pdf) == ["/Jpeg0"]
    assert len(pdf) < 0.9 * len(received)
    path = tmp_path / "compact.pdf"
    path.write_bytes(pdf)
    verdict = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_A_2B)
    assert verdict.is_compliant, str(verdict)
    assert not pikepdf.pdfa.validate_written(path, "2b").findings


def test_cards_are_kept_whatever_their_size(letter_page: Draw, as_file: Write) -> None:
    whole = letter_page(_DPI, rows=18, colour=True)
    card = replace(whole, pixels=np.ascontiguousarray(whole.pixels[250:890, 250:1260]))
    content = as_file(card, "JPEG", quality=97)
    with pikepdf.open(io.BytesIO(_pdf(content, card))) as pdf:
        assert pdf.pages[0].resources["/XObject"]["/KeptJpeg0"].read_raw_bytes() in content


@pytest.mark.parametrize(("share", "is_separated"), [(0.2, True), (0.6, False)])
def test_a_page_that_is_mostly_fine_print_is_not_separated(
    letter_page: Draw, as_file: Write, share: float, is_separated: bool
) -> None:
    image = letter_page(_DPI, rows=8, colour=True)
    down, across = np.mgrid[: image.height, : image.width]
    waves = np.sin(across / 6 + np.sin(down / 40) * 5) > 0.2
    waves &= down > (1 - share) * image.height
    tinted = np.minimum(image.pixels, np.uint8([205, 150, 160]))
    fine = np.where(waves[:, :, np.newaxis], tinted, image.pixels).astype(np.uint8)
    names = _names(_pdf(as_file(replace(image, pixels=fine), "JPEG", quality=92), image))
    assert any(name.startswith("/Layers") for name in names) is is_separated


@pytest.mark.parametrize("wanted", list(ArchivePicture))
def test_one_bit_pages_lose_nothing(letter_page: Draw, wanted: ArchivePicture) -> None:
    image = letter_page(_DPI, rows=6)
    target = io.BytesIO()
    bits = Image.fromarray(image.pixels).convert("1", dither=Image.Dither.NONE)
    bits.save(target, "TIFF", compression="group4", dpi=(_DPI, _DPI))
    pdf = _pdf(target.getvalue(), image, wanted)
    assert _names(pdf) == ["/CcittG40"]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        shown = pikepdf.PdfImage(opened.pages[0].resources["/XObject"]["/CcittG40"]).as_pil_image()
    assert np.array_equal(np.asarray(shown.convert("1")), np.asarray(bits))


def test_a_missing_word_is_seen(letter_page: Draw) -> None:
    page = letter_page(_DPI, rows=18).pixels
    erased = page.copy()
    erased[385:445, 300:520] = 255
    assert likeness(page, page, _DPI) == pytest.approx((1.0, 1.0))
    assert not is_alike(page, erased, _DPI)


def test_what_is_unknown_is_filled_from_around_it() -> None:
    slope = np.tile(np.linspace(80, 220, 400).astype(np.uint8), (300, 1))
    known = np.full(slope.shape, 255, np.uint8)
    known[100:140, 150:210] = 0
    hidden = np.where(known > 0, slope, np.uint8(0))
    result = filled(hidden, known)
    assert np.array_equal(result[known > 0], slope[known > 0])
    assert np.abs(result.astype(int) - slope)[known == 0].max() < 20
    assert filled(hidden, np.zeros_like(known)).min() == 255
