"""A file without its end is never complete, wherever it was cut."""

from __future__ import annotations

import pytest

from scanners.completeness import is_complete
from tests.integration.scanners.papers import document, picture

WHOLE = {
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "tiff": picture("TIFF"),
    "tiff of three pages": picture("TIFF", pages=3),
    "packed tiff": picture("TIFF", pages=2, compression="tiff_lzw"),
    "pdf": document(3),
    "linearised pdf": document(3, linearize=True),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_file_is_complete(kind):
    assert is_complete(WHOLE[kind])


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_that_was_cut_is_not(kind):
    content = WHOLE[kind]
    wrong = [end for end in range(10, len(content.rstrip(b"\0")) - 8) if is_complete(content[:end])]
    assert wrong == []


@pytest.mark.parametrize("kind", ["jpeg", "png", "packed tiff", "pdf", "linearised pdf"])
def test_a_file_whose_rest_is_still_zeros_is_not(kind):
    content = WHOLE[kind]
    half = len(content) // 2
    assert not is_complete(content[:half] + bytes(8192 + len(content) - half))


@pytest.mark.parametrize("kind", ["jpeg", "png", "pdf"])
def test_a_file_that_its_device_padded_is(kind):
    assert is_complete(WHOLE[kind] + b"\0" * 512)


def test_what_is_of_no_known_kind_has_no_end_to_look_for():
    assert is_complete(b"hello")
    assert not is_complete(b"")


def test_directories_of_a_tiff_that_lead_in_circles_end():
    content = bytearray(WHOLE["tiff"])
    order = "little" if content[:2] == b"II" else "big"
    first = int.from_bytes(content[4:8], order)
    count = int.from_bytes(content[first : first + 2], order)
    after = first + 2 + 12 * count
    content[after : after + 4] = first.to_bytes(4, order)
    assert is_complete(bytes(content))
