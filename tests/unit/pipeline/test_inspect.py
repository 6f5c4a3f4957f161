"""What is taken and what is refused at the door."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pikepdf
import pytest
from PIL import Image

from dossiers.errors import InputCode, InputError
from pipeline.image import PageImage
from pipeline.inspect import inspect_file
from pipeline.limits import Limits

Draw = Callable[..., PageImage]
Write = Callable[..., bytes]


def _reason(content: bytes, suffix: str, limits: Limits | None = None) -> InputCode:
    with pytest.raises(InputError) as caught:
        inspect_file(content, suffix, limits)
    return caught.value.reason


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("TIFF", "image/tiff"), ("PDF", "application/pdf")],
)
def test_each_allowed_type_is_recognised_by_content_whatever_its_name(
    letter_page: Draw, as_file: Write, kind: str, media_type: str
) -> None:
    inspection = inspect_file(as_file(letter_page(72), kind), ".pdf")
    assert (inspection.media_type, inspection.page_count, inspection.flags) == (media_type, 1, ())


def test_foreign_bytes_under_an_allowed_name_are_a_mismatch() -> None:
    assert _reason(b"<html><script>alert(1)</script>", ".pdf") is InputCode.TYPE_MISMATCH
    assert _reason(b"<html>%PDF-1.7", ".pdf") is InputCode.TYPE_MISMATCH


def test_foreign_bytes_under_a_foreign_name_are_unsupported() -> None:
    assert _reason(b"GIF89a" + bytes(50), ".gif") is InputCode.UNSUPPORTED_TYPE


def test_a_file_without_bytes_is_empty() -> None:
    assert _reason(b"", ".pdf") is InputCode.EMPTY


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "PDF"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_cut_file_is_damaged(letter_page: Draw, as_file: Write, kind: str, kept: float) -> None:
    options = {"compression": "tiff_lzw"} if kind == "TIFF" else {}
    content = as_file(letter_page(100), kind, **options)
    assert _reason(content[: int(kept * len(content))], ".x") is InputCode.DAMAGED


def test_a_jpeg_that_ends_early_with_a_proper_end_marker_is_damaged(
    letter_page: Draw, as_file: Write
) -> None:
    content = as_file(letter_page(100), "JPEG")
    assert _reason(content[: len(content) // 2] + b"\xff\xd9", ".jpg") is InputCode.DAMAGED


def test_a_png_with_one_wrong_bit_is_damaged(letter_page: Draw, as_file: Write) -> None:
    content = bytearray(as_file(letter_page(100), "PNG"))
    content[len(content) // 2] ^= 4
    assert _reason(bytes(content), ".png") is InputCode.DAMAGED


def test_every_page_of_a_tiff_counts(letter_page: Draw) -> None:
    pages = [Image.fromarray(letter_page(72, rows=row).pixels) for row in (1, 5, 9)]
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:])
    assert inspect_file(target.getvalue(), ".tif").page_count == 3


def test_a_tiff_whose_directories_form_a_loop_is_damaged() -> None:
    directory = struct.pack("<H", 1) + struct.pack("<HHII", 256, 4, 1, 10) + struct.pack("<I", 8)
    assert _reason(b"II*\x00" + struct.pack("<I", 8) + directory, ".tif") is InputCode.DAMAGED


def test_a_pdf_with_a_password_is_encrypted_and_one_with_an_empty_password_is_taken() -> None:
    assert _reason(_pdf(password="bí mật"), ".pdf") is InputCode.ENCRYPTED
    assert "ENCRYPTED_WITHOUT_PASSWORD" in inspect_file(_pdf(password=""), ".pdf").flags


def test_active_content_is_flagged() -> None:
    assert "ACTIVE_CONTENT" in inspect_file(_pdf(script="app.alert(1)"), ".pdf").flags
    assert inspect_file(_pdf(), ".pdf").flags == ()


def test_a_pdf_that_promises_more_pages_than_it_has_is_damaged() -> None:
    content = _pdf().replace(b"/Count 1", b"/Count 7")
    assert b"/Count 7" in content
    assert _reason(content, ".pdf") is InputCode.DAMAGED


def test_an_image_beyond_the_pixel_limit_is_refused_before_it_is_decoded() -> None:
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    chunks = b"".join(
        _chunk(name, data) for name, data in ((b"IHDR", header), (b"IDAT", b"x"), (b"IEND", b""))
    )
    assert _reason(b"\x89PNG\r\n\x1a\n" + chunks, ".png") is InputCode.LIMIT_EXCEEDED


def test_an_a0_scan_is_within_the_pixel_limit() -> None:
    target = io.BytesIO()
    Image.new("1", (9933, 14043), 1).save(target, "PNG")
    assert inspect_file(target.getvalue(), ".png").page_count == 1


def test_pages_bytes_and_unfolded_bytes_have_limits() -> None:
    assert _reason(_pdf(pages=3), ".pdf", Limits(max_pages=2)) is InputCode.LIMIT_EXCEEDED
    assert _reason(_pdf(), ".pdf", Limits(max_file_bytes=100)) is InputCode.LIMIT_EXCEEDED
    bomb = _pdf(extra=zlib.compress(bytes(5_000_000)))
    assert _reason(bomb, ".pdf", Limits(max_inflated_bytes=4_000_000)) is InputCode.LIMIT_EXCEEDED
    assert inspect_file(bomb, ".pdf", Limits(max_inflated_bytes=6_000_000)).page_count == 1


def test_a_pdf_without_pages_is_empty() -> None:
    assert _reason(_pdf(pages=0), ".pdf") is InputCode.EMPTY


def test_a_repairable_pdf_is_taken_and_flagged(letter_page: Draw, as_file: Write) -> None:
    content = as_file(letter_page(72), "PDF")
    start = content.rindex(b"startxref")
    broken = content[:start] + b"startxref\n7\n%%EOF\n"
    assert "REPAIRED" in inspect_file(broken, ".pdf").flags


def test_pages_beyond_the_time_budget_are_flagged_unchecked(letter_page: Draw, as_file: Write) -> None:
    content = as_file(letter_page(72), "PDF")
    assert inspect_file(content, ".pdf", Limits(check_seconds=0.0)).flags == ("UNCHECKED_PAGES",)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _pdf(pages: int = 1, password: str | None = None, script: str = "", extra: bytes = b"") -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        if script:
            pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
        if extra:
            stream = pikepdf.Stream(pdf, extra)
            stream.Filter = pikepdf.Name.FlateDecode
            pdf.Root.Extra = pdf.make_indirect(stream)
        encryption: pikepdf.Encryption | bool = False
        if password is not None:
            encryption = pikepdf.Encryption(owner="owner", user=password)
        target = io.BytesIO()
        pdf.save(
            target, encryption=encryption, compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    return target.getvalue()


def test_inspection_needs_no_colour_kind_in_particular(as_file: Write) -> None:
    deep = Image.fromarray(np.full((40, 60), 40_000, dtype=np.uint16))
    cmyk = Image.new("CMYK", (60, 40), (0, 0, 0, 10))
    for picture, kind in ((deep, "PNG"), (deep, "TIFF"), (cmyk, "JPEG"), (cmyk, "TIFF")):
        target = io.BytesIO()
        picture.save(target, kind)
        assert inspect_file(target.getvalue(), ".x").page_count == 1
