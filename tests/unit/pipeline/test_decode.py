"""Bytes to pixels: right side up, in every kind of colour."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from dossiers.errors import InputCode, InputError
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.stages.decode import decode_page
from pipeline.stages.paper import plausible_dpi

Draw = Callable[..., PageImage]
Write = Callable[..., bytes]


def _corner_marked() -> Image.Image:
    """A white sheet whose top left corner is black."""
    pixels = np.full((60, 40), 255, np.uint8)
    pixels[:12, :12] = 0
    return Image.fromarray(pixels)


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def _decoded(content: bytes, index: int = 0) -> PageImage:
    return decode_page(content, index, Limits()).image


def _dark_corner(image: PageImage) -> tuple[str, str]:
    grey = image.pixels if image.pixels.ndim == 2 else image.pixels.mean(axis=2)
    high, wide = grey.shape[0] // 2, grey.shape[1] // 2
    means = {
        ("top", "left"): grey[:high, :wide].mean(), ("top", "right"): grey[:high, wide:].mean(),
        ("bottom", "left"): grey[high:, :wide].mean(), ("bottom", "right"): grey[high:, wide:].mean(),
    }  # fmt: skip
    return min(means, key=lambda corner: means[corner])


_ORIENTATIONS = {
    1: ("top", "left"), 2: ("top", "right"), 3: ("bottom", "right"), 4: ("bottom", "left"),
    5: ("top", "left"), 6: ("top", "right"), 7: ("bottom", "right"), 8: ("bottom", "left"),
}  # fmt: skip


@pytest.mark.parametrize(("tag", "corner"), _ORIENTATIONS.items())
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_the_orientation_tag_is_applied_exactly_once(kind: str, tag: int, corner: tuple[str, str]) -> None:
    exif = Image.Exif()
    exif[0x0112] = tag
    content = _saved(_corner_marked(), kind, exif=exif)
    image = _decoded(content)
    assert _dark_corner(image) == corner
    assert (image.width, image.height) == ((60, 40) if tag >= 5 else (40, 60))


@pytest.mark.parametrize(
    ("turn", "corner"),
    [(0, ("top", "left")), (90, ("top", "right")), (180, ("bottom", "right")), (270, ("bottom", "left"))],
)
def test_the_rotation_of_a_pdf_page_is_applied_exactly_once(turn: int, corner: tuple[str, str]) -> None:
    with pikepdf.open(io.BytesIO(_saved(_corner_marked(), "PDF", resolution=72))) as pdf:
        pdf.pages[0].rotate(turn, relative=False)
        target = io.BytesIO()
        pdf.save(target)
    assert _dark_corner(_decoded(target.getvalue())) == corner


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "TIFF"), ("1", "PNG"), ("L", "JPEG"), ("P", "PNG"), ("RGBA", "PNG"), ("LA", "PNG"),
     ("CMYK", "JPEG"), ("CMYK", "TIFF"), ("RGB", "TIFF"), ("YCbCr", "JPEG"), ("LAB", "TIFF")],
)  # fmt: skip
def test_every_colour_kind_keeps_white_white_and_black_black(mode: str, kind: str) -> None:
    pixels = _decoded(_saved(_corner_marked().convert("RGB").convert(mode), kind)).pixels
    grey = pixels if pixels.ndim == 2 else pixels.mean(axis=2)
    assert grey[40:, 20:].mean() > 235
    assert grey[2:8, 2:8].mean() < 45


def test_sixteen_bit_grey_keeps_its_greys() -> None:
    deep = np.linspace(0, 65_535, 256, dtype=np.uint16).reshape(1, 256).repeat(4, axis=0)
    pixels = _decoded(_saved(Image.fromarray(deep), "PNG")).pixels
    assert np.abs(pixels[0].astype(int) - np.arange(256)).max() <= 1


def test_what_is_transparent_becomes_white_paper() -> None:
    clear = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    assert _decoded(_saved(clear, "PNG")).pixels.min() == 255


def test_an_inverted_fax_is_not_black() -> None:
    content = _saved(_corner_marked().convert("1"), "TIFF", compression="group4", tiffinfo={262: 0})
    assert _dark_corner(_decoded(content)) == ("top", "left")


def test_one_bit_sources_are_known_as_such() -> None:
    assert _decoded(_saved(_corner_marked().convert("1"), "TIFF")).is_bilevel
    assert not _decoded(_saved(_corner_marked(), "TIFF")).is_bilevel


def test_each_page_of_a_tiff_comes_in_order() -> None:
    pages = [Image.new("L", (20, 30), shade) for shade in (10, 120, 230)]
    content = _saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert [int(_decoded(content, index).pixels[0, 0]) for index in range(3)] == [10, 120, 230]


@pytest.mark.parametrize("kind", ["TIFF", "JPEG", "PNG", "PDF"])
def test_a_page_that_does_not_exist_is_refused(kind: str) -> None:
    with pytest.raises(InputError) as caught:
        _decoded(_saved(_corner_marked(), kind), 1)
    assert caught.value.reason is InputCode.EMPTY


@pytest.mark.parametrize("dpi", [150, 200, 400])
def test_a_scanned_pdf_page_comes_at_the_resolution_of_its_scan(
    letter_page: Draw, as_file: Write, dpi: int
) -> None:
    page = letter_page(dpi)
    image = _decoded(as_file(page, "PDF"))
    assert image.dpi == pytest.approx(dpi, rel=0.01)
    assert abs(image.width - page.width) <= 1


def test_a_drawn_pdf_page_comes_at_300_dpi() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        target = io.BytesIO()
        pdf.save(target)
    image = _decoded(target.getvalue())
    assert image.dpi == 300
    assert image.height == pytest.approx(842 / 72 * 300, abs=2)


@pytest.mark.parametrize(
    ("width", "height", "stated", "expected"),
    [
        (2480, 3508, 300, (300, False)),
        (2480, 3508, None, (300, True)),
        (1654, 2339, 72, (200, True)),
        (1654, 2339, 96, (200, True)),
        (1011, 638, None, (300, True)),
        (2480, 3508, 0.5, (300, True)),
        (2480, 3508, 9000, (300, True)),
        (595, 842, 72, (72, False)),
        (9933, 14043, 300, (300, False)),
    ],
)
def test_an_absurd_resolution_is_estimated_from_the_paper(
    width: int, height: int, stated: float | None, expected: tuple[float, bool]
) -> None:
    assert plausible_dpi(width, height, stated) == expected


def test_poppler_renders_what_pdfium_gives_up(
    letter_page: Draw, as_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = as_file(letter_page(150, rows=4), "PDF")
    usual = decode_page(content, 0, Limits()).image

    def give_up(*_: object, **__: object) -> None:
        raise pypdfium2.PdfiumError("in the test")

    monkeypatch.setattr(pypdfium2.PdfPage, "render", give_up)
    second = decode_page(content, 0, Limits()).image
    assert abs(second.width - usual.width) <= 1
    assert second.dpi == usual.dpi
    high, wide = min(second.height, usual.height), min(second.width, usual.width)
    grey = [image.pixels[:high, :wide].reshape(high, wide, -1).mean(axis=2) for image in (usual, second)]
    assert abs(grey[0] - grey[1]).mean() < 4
