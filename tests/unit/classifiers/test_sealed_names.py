"""The ring of a seal is painted out of the line of a name; what cannot be read again stays empty."""

from __future__ import annotations

import cv2
import numpy as np

from classifiers.extractors.sealed_names import SealedNameReader, uncovered_line
from dossiers.reading import Box, FieldValue, Source
from pipeline.image import PageImage
from pipeline.ocr.tesseract_inprocess import make

#: Where given names stand, and the ring that runs through what stands before them; px at 200 dpi.
GIVEN = Box(left=600, top=600, right=760, bottom=630)
CENTRE, RADIUS = (450, 490), 140


def _page(*, has_ring: bool) -> PageImage:
    pixels = np.full((900, 1200), 255, dtype=np.uint8)
    if has_ring:
        cv2.circle(pixels, CENTRE, RADIUS, 0, 8)
    cv2.rectangle(pixels, (600, 602), (755, 628), 0, 3)
    return PageImage(pixels=pixels, dpi=200.0)


def test_the_ring_is_painted_out_and_the_letters_stay() -> None:
    line = uncovered_line(_page(has_ring=True), GIVEN)
    assert line is not None
    before, names = line[:, : line.shape[1] - 180], line[:, line.shape[1] - 170 :]
    assert float((before < 128).mean()) < 0.01
    assert float((names < 128).mean()) > 0.05


def test_without_a_ring_nothing_is_read_again() -> None:
    assert uncovered_line(_page(has_ring=False), GIVEN) is None


def test_a_name_that_stays_illegible_stays_empty() -> None:
    half = FieldValue(
        name="signer_name", raw="Văn Mẫu", value=None, box=GIVEN, confidence=0.9, source=Source.OCR
    )
    engine = make({})
    try:
        assert SealedNameReader(engine).mend(half, _page(has_ring=True)) == half
    finally:
        engine.close()
