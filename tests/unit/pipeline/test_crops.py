"""Zones written by hand are cut out of the upright page in its own colours."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image

from dossiers.reading import Box, Classification, Mark, MarkKind, Outcome, PageReading
from pipeline.crops import crops_of
from pipeline.geometry import Placement
from pipeline.image import PageImage
from pipeline.limits import Limits
from pipeline.page_result import PageResult
from pipeline.text import PageText


def _result(placement: Placement, *marks: Mark) -> PageResult:
    reading = PageReading(
        outcome=Outcome.READ, fields=(), text="", page_number=None, rotated_degrees=0, skew_degrees=0.0,
        classification=Classification(type_id="unknown", confidence=1.0, evidence="", is_first_page=True),
        confidence=0.0, has_seal=False, issues=(), engine="", pipeline_version="0", seconds=0.0, marks=marks,
    )  # fmt: skip
    text = PageText(width=placement.width, height=placement.height, dpi=placement.dpi, blocks=())
    return PageResult(reading=reading, text=text, placement=placement)


def test_each_handwritten_zone_becomes_a_picture_with_a_little_around_it(
    as_file: Callable[..., bytes], plain_placement: Placement
) -> None:
    size = (plain_placement.original_height, plain_placement.original_width, 3)
    pixels = np.full(size, 250, np.uint8)
    pixels[20:30, 20:40] = (20, 40, 160)
    content = as_file(PageImage(pixels=pixels, dpi=plain_placement.dpi))
    zone = Box(left=20, top=20, right=40, bottom=30)
    marks = [Mark(kind=kind, box=zone, confidence=0.8) for kind in (MarkKind.SIGNATURE, MarkKind.HANDWRITING)]
    (crop,) = crops_of(content, 0, _result(plain_placement, *marks), Limits())
    shown = np.asarray(Image.open(io.BytesIO(crop)))
    assert shown.shape == (18, 28, 3)
    assert (shown[4:14, 4:24] == (20, 40, 160)).all()
    assert (shown[:4] == 250).all()
    assert crops_of(content, 0, _result(plain_placement), Limits()) == ()
