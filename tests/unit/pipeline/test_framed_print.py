"""Frames of stamps: their lines and their print are taken out of the page and read apart."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from dossiers.reading import Box
from pipeline.framed_reading import read_prepared
from pipeline.image import PageImage, Pixels
from pipeline.ocr.found_words import block_of, line_of
from pipeline.stages.frame_lines import without_frame_lines
from pipeline.stages.framed_print import frames_apart
from pipeline.stages.reading_order import in_reading_order
from pipeline.stages.tables import Ruling, find_ruling
from pipeline.text import PageText, Word

DPI = 200.0
FRAME = (100, 300, 420, 460)
#: A letter's stem that stands on the lower side of the frame, and a bar beside its right side.
STEM = (slice(440, 480), slice(200, 206))
#: Ink of a word that stands in the frame, and of one that runs across its right side.
INSIDE = (slice(360, 380), slice(150, 230))
ACROSS = (slice(400, 420), slice(400, 500))


def _page(*ink: tuple[slice, slice], turned: int = 0) -> PageImage:
    pixels = np.full((1200, 900), 255, np.uint8)
    left, top, right, bottom = FRAME
    corners = np.array(
        [(left, top), (right, top + turned), (right - turned, bottom + turned), (left - turned, bottom)]
    )
    cv2.polylines(pixels, [corners.reshape(-1, 1, 2).astype(np.int32)], True, 0, 3)
    for place in ink:
        pixels[place] = 0
    return PageImage(pixels=pixels, dpi=DPI)


def _ruling(page: PageImage) -> Ruling:
    return find_ruling(page, page.width)


@pytest.mark.parametrize("turned", [0, 4])
def test_the_lines_of_a_frame_go_and_letters_that_cross_them_stay(turned: int) -> None:
    page = _page(STEM, turned=turned)
    bare = without_frame_lines(page, _ruling(page)).pixels
    stem = bare[STEM]
    assert (stem == 0).mean() > 0.9
    rest: Pixels = bare.copy()
    rest[435:485, 195:211] = 255
    assert (rest < 128).sum() < 0.03 * (page.pixels < 128).sum()


def test_a_page_without_frames_stays_the_same_picture() -> None:
    page = PageImage(pixels=np.full((600, 600), 255, np.uint8), dpi=DPI)
    assert without_frame_lines(page, _ruling(page)) is page
    assert frames_apart(page, _ruling(page)) == (page, ())


def test_lines_of_a_table_stay() -> None:
    page = _page()
    page.pixels[380:383, 100:420] = 0
    page.pixels[300:460, 260:263] = 0
    assert without_frame_lines(page, _ruling(page)) is page


def test_print_in_a_frame_is_parted_from_print_across_it() -> None:
    page = _page(INSIDE, ACROSS)
    rest, (framed,) = frames_apart(page, _ruling(page))
    assert (rest.pixels[INSIDE] == 255).all()
    assert (rest.pixels[ACROSS] == 0).mean() > 0.9
    alone = framed.image.pixels < 128
    rows, columns = np.nonzero(alone)
    assert alone.sum() == pytest.approx(20 * 80, rel=0.1)
    assert (columns.min() + framed.left, rows.min() + framed.top) == (150, 360)


class _Ruler:
    """An engine that reads one word wherever there is ink."""

    signature = "ruler"

    def recognise(self, image: PageImage) -> PageText:
        rows, columns = np.nonzero(image.pixels < 128)
        blocks = ()
        if len(rows):
            box = Box(
                left=int(columns.min()),
                top=int(rows.min()),
                right=int(columns.max()) + 1,
                bottom=int(rows.max()) + 1,
            )
            blocks = (block_of([line_of([Word(text="ink", box=box, confidence=0.9)])]),)
        return PageText(width=image.width, height=image.height, dpi=image.dpi, blocks=blocks)

    def close(self) -> None:
        """Holds nothing."""


def test_words_of_a_frame_come_back_where_they_stand() -> None:
    page = _page(INSIDE)
    rest, framed = read_prepared(page, _ruling(page), _Ruler())
    assert [word.box for word in framed.words] == [Box(left=150, top=360, right=230, bottom=380)]
    assert rest.words == ()
    assert (framed.width, framed.height) == (page.width, page.height)


def test_a_frame_within_a_frame_is_read_once() -> None:
    page = _page(INSIDE)
    cv2.rectangle(page.pixels, (40, 240), (600, 520), 0, 3)
    ruling = _ruling(page)
    assert len(ruling.grids) == 2
    rest, framed = read_prepared(page, ruling, _Ruler())
    assert (len(rest.words), len(framed.words)) == (0, 1)


def test_print_across_a_frame_stays_in_its_line() -> None:
    page = _page()
    across = line_of([_word("CỦA", 380, 400), _word("LUẬT", 460, 400)])
    inside = line_of([_word("ĐẾN", 150, 400)])
    text = PageText(width=page.width, height=page.height, dpi=DPI, blocks=(block_of([across]),))
    together = replace(text, blocks=(block_of([line_of([*inside.words, *across.words])]),))
    apart = in_reading_order(text, page, framed=[inside]).text.splitlines()
    assert sorted(apart) == ["CỦA LUẬT", "ĐẾN"]
    assert sorted(in_reading_order(together, page).text.splitlines()) == ["LUẬT", "ĐẾN CỦA"]


def _word(text: str, left: int, top: int) -> Word:
    return Word(text=text, box=Box(left=left, top=top, right=left + 60, bottom=top + 24), confidence=0.9)
