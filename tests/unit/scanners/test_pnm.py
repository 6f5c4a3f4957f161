"""Bare pixels of scanimage: read exactly, and never half a picture."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dossiers.errors import DeviceError
from scanners.drivers.sane.pnm import picture_of

REMARK = b"\n# SANE data follows\n"


def _bytes(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PPM")
    return file.getvalue().replace(b"\n", REMARK, 1)


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
@pytest.mark.parametrize("size", [(1, 1), (7, 3), (8, 8), (33, 20), (640, 10)])
def test_pictures_come_back_as_they_were(mode, size):
    noise = Image.effect_noise((64, 64), 90).resize(size).convert(mode)
    assert picture_of(_bytes(noise)).tobytes() == noise.tobytes()


def test_bits_that_look_like_a_number_are_bits():
    page = Image.new("1", (24, 2), 0)
    content = _bytes(page)[: -len(page.tobytes())] + b"255\n12"
    assert picture_of(content).tobytes() == bytes(each ^ 0xFF for each in b"255\n12")


def test_a_picture_that_comes_twice_is_taken_once():
    page = Image.effect_noise((40, 30), 50)
    assert picture_of(_bytes(page) + page.tobytes()).size == (40, 30)


def test_sixteen_bits_lose_their_lower_eight():
    content = b"P5" + REMARK + b"2 1\n65535\n" + bytes([0x12, 0x34, 0xAB, 0xCD])
    assert picture_of(content).tobytes() == bytes([0x12, 0xAB])


@given(missing=st.integers(min_value=1, max_value=300))
def test_a_picture_with_less_than_all_its_rows_is_refused(missing):
    content = _bytes(Image.new("RGB", (10, 10), "white"))
    with pytest.raises(DeviceError):
        picture_of(content[:-missing])


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(content):
    for head in (b"", b"P4\n", b"P5\n3 3\n", b"P6\n# x\n"):
        try:
            picture_of(head + content)
        except DeviceError:
            continue


@pytest.mark.parametrize(
    "head", [b"P6\n0 5\n255\n", b"P6\n999999 999999\n255\n", b"P3\n1 1\n255\n", b"\x89PNG"]
)
def test_what_is_no_such_picture_is_refused(head):
    with pytest.raises(DeviceError):
        picture_of(head + bytes(100))
