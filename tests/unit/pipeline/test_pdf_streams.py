"""No stream of ours ends so that its length can be misread."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from pipeline.pdf.streams import add_deflated, with_clear_end


def _unlucky() -> bytes:
    """Content whose deflated form ends in a carriage return."""
    return next(
        data
        for data in (b"BT %d ET" % number for number in range(100_000))
        if zlib.compress(data, 9)[-1] == 13
    )


def test_deflated_data_never_ends_in_a_carriage_return_and_keeps_its_meaning():
    data = _unlucky()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = add_deflated(pdf, data, b"\n")
        target = io.BytesIO()
        pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"\r\nendstream" not in target.getvalue()
    with pikepdf.open(target) as pdf:
        assert pdf.pages[0].Contents.read_bytes().rstrip(b"\n") == data


@pytest.mark.parametrize(
    ("data", "expected"), [(b"ab\r", b"ab\r\0"), (b"ab\n", b"ab\n"), (b"\xff\xd9", b"\xff\xd9")]
)
def test_pictures_get_one_byte_behind_their_end_where_needed(data, expected):
    assert with_clear_end(data) == expected
