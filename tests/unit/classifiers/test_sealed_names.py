"""The ring of a seal is painted out of the line of a name; what cannot be read again stays empty."""

from __future__ import annotations

import cv2
import numpy as np

from classifiers.extractors.sealed_names import SealedNameReader, is_ringed, uncovered_line
from dossiers.reading import Box, FieldValue, Source
from pipeline.image import PageImage
from pipeline.ocr.found_words import block_of, line_of
from pipeline.ocr.tesseract_inprocess import make
from pipeline.ports import ReadPage
from pipeline.text import PageText, Word

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


class Reader:
    """An engine that reads every line as the same words."""

    signature = "test"

    def __init__(self, text: str) -> None:
        self.text = text

    def recognise(self, image: PageImage) -> PageText:
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=())

    def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
        return tuple(Word(text=word, box=GIVEN, confidence=0.9) for word in self.text.split())

    def close(self) -> None:
        pass


def _read(text: str, *, has_ring: bool) -> tuple[FieldValue, ReadPage]:
    """A signer as first read, above which the words of the page lie; given names stand at ``GIVEN``."""
    words = text.split()
    boxes = [Box(left=600 + 80 * n, top=600, right=670 + 80 * n, bottom=630) for n in range(-1, 2)]
    placed = [
        Word(text=word, box=box, confidence=0.9)
        for word, box in zip(words, boxes[-len(words) :], strict=True)
    ]
    line = line_of(placed)
    image = _page(has_ring=has_ring)
    page = PageText(width=1200, height=900, dpi=200.0, blocks=(block_of([line]),))
    value = FieldValue(
        name="signer_name", raw=text, value=text, box=line.box, confidence=0.9, source=Source.OCR
    )
    return value, ReadPage(image=image, text=page)


def test_half_a_name_beside_a_ring_is_completed_or_empty() -> None:
    value, page = _read("Văn Mẫu", has_ring=True)
    assert is_ringed(page.image, GIVEN)
    whole = SealedNameReader(Reader("Lê Văn Mẫu")).doubt(value, page)
    assert (whole.value, whole.alternatives) == ("Lê Văn Mẫu", ("Văn Mẫu",))
    empty = SealedNameReader(Reader("~ Văn Mẫu")).doubt(value, page)
    assert (empty.value, empty.alternatives) == (None, ("Văn Mẫu",))


def test_a_name_of_two_words_without_a_ring_stays() -> None:
    value, page = _read("Văn Mẫu", has_ring=False)
    assert SealedNameReader(Reader("Lê Văn Mẫu")).doubt(value, page) == value


def test_a_family_name_under_a_ring_gives_way_to_what_is_read_without_it() -> None:
    value, page = _read("Tống Văn Mẫu", has_ring=True)
    assert SealedNameReader(Reader("Lương Văn Mẫu")).doubt(value, page).value == "Lương Văn Mẫu"
    assert SealedNameReader(Reader("Tống Văn Mẫu")).doubt(value, page).value == "Tống Văn Mẫu"
    assert SealedNameReader(Reader("#n Văn Mẫu")).doubt(value, page) == value


def test_what_is_no_family_name_does_not_outvote_a_family_name() -> None:
    value, page = _read("Xyz Văn Mẫu", has_ring=True)

    class Two(Reader):
        asked = 0

        def recognise_line(self, image: PageImage) -> tuple[Word, ...]:
            self.asked += 1
            self.text = "Lê Văn Mẫu" if self.asked < 3 else "Xsz Văn Mẫu"
            return super().recognise_line(image)

    assert SealedNameReader(Two("")).doubt(value, page).value == "Lê Văn Mẫu"
