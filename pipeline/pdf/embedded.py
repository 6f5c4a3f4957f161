"""The JPEG that a scanned PDF page consists of, taken out without decoding it."""

from __future__ import annotations

from typing import Final

import pikepdf

from pipeline.formats.pdf import opened

#: How far the picture's edges may lie from the page's, of the page.
_SLACK: Final = 0.003


def whole_page_jpeg(content: bytes, index: int) -> bytes | None:
    """Returns the JPEG stream of a page that shows one picture over its whole area and nothing else.

    ``None`` for every page that is not so plain: turned, cropped, masked, drawn upon or in other colours.

    Raises:
        InputError: DAMAGED or ENCRYPTED.
    """
    with opened(content) as pdf:
        if index >= len(pdf.pages):
            return None
        page = pdf.pages[index]
        if int(page.obj.get("/Rotate", 0)) % 360 or page.cropbox != page.mediabox:
            return None
        names, boxes = _drawn(page)
        if len(names) != 1 or not _fills(boxes[0], page):
            return None
        images = page.resources.get("/XObject", pikepdf.Dictionary())
        return _plain_jpeg(images.get(names[0]))


def _plain_jpeg(image: pikepdf.Object | None) -> bytes | None:
    if not isinstance(image, pikepdf.Stream) or image.get("/Subtype") != "/Image":
        return None
    if any(key in image for key in ("/SMask", "/Mask", "/Decode", "/DecodeParms")):
        return None
    filters = image.get("/Filter")
    name = filters[0] if isinstance(filters, pikepdf.Array) and len(filters) == 1 else filters
    is_plain = name == "/DCTDecode" and image.get("/ColorSpace") in ("/DeviceRGB", "/DeviceGray")
    return image.read_raw_bytes() if is_plain else None


def _drawn(page: pikepdf.Page) -> tuple[list[str], list[tuple[float, ...]]]:
    """Returns names and matrices of what a page paints; a page that paints in other ways gives two names."""
    matrix: tuple[float, ...] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    stack: list[tuple[float, ...]] = []
    names: list[str] = []
    boxes: list[tuple[float, ...]] = []
    mode = 0
    for instruction in pikepdf.parse_content_stream(page):
        operands, command = list(instruction.operands), str(instruction.operator)
        if command == "q":
            stack.append(matrix)
        elif command == "Q" and stack:
            matrix = stack.pop()
        elif command == "cm":
            matrix = _times(tuple(float(each) for each in operands), matrix)
        elif command == "Do":
            names.append(str(operands[0]))
            boxes.append(matrix)
        elif command == "Tr":
            mode = int(operands[0])
        elif command in _PAINTING or (command in _SHOWING and mode != 3):
            return ["", ""], []
    return names, boxes


_PAINTING: Final = frozenset(
    {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE", "W", "W*", "gs"}
)
_SHOWING: Final = frozenset({"Tj", "TJ", "'", '"'})


def _times(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _fills(matrix: tuple[float, ...], page: pikepdf.Page) -> bool:
    a, b, c, d, e, f = matrix
    left, bottom, right, top = (float(each) for each in page.mediabox)
    slack = _SLACK * max(right - left, top - bottom)
    near = (a - (right - left), d - (top - bottom), e - left, f - bottom, b, c)
    return all(abs(each) <= slack for each in near)
