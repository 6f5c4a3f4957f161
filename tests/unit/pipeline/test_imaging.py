"""Seals and stamps over print, specks, one-bit edges and print that shines through."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from dossiers.reading import Box
from pipeline.image import PageImage, Pixels
from pipeline.ocr.found_words import block_of, line_of
from pipeline.stages.bilevel import is_two_toned, smoothed
from pipeline.stages.bleed import without_bleed
from pipeline.stages.clean import clean
from pipeline.stages.cleaning_steps import CleaningSteps
from pipeline.stages.coloured_ink import ink_alone, print_alone
from pipeline.stages.glyphs import binarise
from pipeline.stages.pieces import find_pieces
from pipeline.stages.seal import find_seals
from pipeline.stages.specks import specks
from pipeline.stages.stamps import find_stamps
from pipeline.stamp_reading import read_stamps
from pipeline.text import BlockKind, PageText, Word

Draw = Callable[..., PageImage]
RED, DARK_RED, MAGENTA, VIOLET = (206, 20, 36), (150, 16, 30), (190, 20, 110), (84, 44, 150)


def _struck(page: PageImage, imprint: Pixels, colour: tuple[int, int, int]) -> PageImage:
    """Lays ink over a page: light is multiplied."""
    ink = np.where(imprint[..., None] > 0, np.array(colour, np.float32) / 255, np.float32(1))
    return PageImage(pixels=(page.pixels * ink).astype(np.uint8), dpi=page.dpi)


def _ring(page: PageImage, x: int, y: int) -> Pixels:
    imprint = np.zeros(page.pixels.shape[:2], np.uint8)
    for radius, width in ((106, 5), (66, 3), (30, -1)):
        cv2.circle(imprint, (x, y), radius, 255, width)
    return imprint


def _frame(page: PageImage, x: int, y: int) -> Pixels:
    imprint = np.zeros(page.pixels.shape[:2], np.uint8)
    cv2.rectangle(imprint, (x, y), (x + 240, y + 62), 255, 4)
    cv2.putText(imprint, "DA THU", (x + 20, y + 46), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 255, 4)
    return imprint


@pytest.mark.parametrize("colour", [RED, DARK_RED, MAGENTA, VIOLET, (30, 60, 170)])
def test_print_stays_and_ink_of_any_hue_goes(letter_page: Draw, colour: tuple[int, int, int]) -> None:
    page = letter_page(150, colour=True)
    imprint = _ring(page, 500, 400)
    part = slice(280, 520), slice(380, 620)
    shown = print_alone(_struck(page, imprint, colour).pixels[part])
    letters = page.pixels[part][..., 0] < 60
    assert (shown[letters & (imprint[part] > 0)] < 128).mean() > 0.95
    assert (shown[(page.pixels[part][..., 0] > 250) & (imprint[part] > 0)] > 200).mean() > 0.98


def test_the_ink_of_a_stamp_is_shown_without_the_print(letter_page: Draw) -> None:
    page = letter_page(150, colour=True)
    imprint = _frame(page, 300, 330)
    part = slice(320, 400), slice(290, 560)
    shown = ink_alone(_struck(page, imprint, VIOLET).pixels[part])
    letters = page.pixels[part][..., 0] < 60
    assert (shown[letters & (imprint[part] == 0)] > 200).mean() > 0.95
    assert (shown[(imprint[part] > 0) & ~letters] < 128).mean() > 0.9


def test_a_stamp_over_print_is_told_from_one_beside_it(letter_page: Draw) -> None:
    page = letter_page(150, rows=10, colour=True)
    both = _frame(page, 300, 330) | _frame(page, 300, 1200)
    found = find_stamps(_struck(page, both, VIOLET))
    assert sorted((stamp.box.top < 600, stamp.is_over_print) for stamp in found) == [
        (False, False),
        (True, True),
    ]


def test_words_pictures_and_grey_pages_are_no_stamps(letter_page: Draw) -> None:
    page = letter_page(150, colour=True)
    red = np.where(page.pixels < 128, np.array(RED, np.uint8), page.pixels)
    assert find_stamps(PageImage(pixels=red, dpi=150)) == ()
    cv2.rectangle(red, (300, 300), (600, 500), RED, -1)
    assert find_stamps(PageImage(pixels=red, dpi=150)) == ()
    assert find_stamps(letter_page(150)) == ()


def test_a_seal_and_a_stamp_over_print_leave_the_copy_for_recognition(letter_page: Draw) -> None:
    page = letter_page(150, colour=True)
    imprint = _ring(page, 500, 400) | _frame(page, 300, 700)
    image = _struck(page, imprint, DARK_RED)
    plain, cleaned = (clean(each, find_seals(each), 10_000_000).image.pixels for each in (page, image))
    kept = clean(image, find_seals(image), 10_000_000, CleaningSteps(separate_ink=False)).image.pixels
    assert (np.abs(plain.astype(int) - cleaned) > 100).mean() < 0.001
    assert (np.abs(plain.astype(int) - kept) > 100).mean() > 0.004


def test_it_is_said_what_was_done_to_a_page(letter_page: Draw) -> None:
    plain, struck = letter_page(300, colour=True), letter_page(150, colour=True)
    image = _struck(struck, _frame(struck, 300, 330), RED)
    bits = np.where(letter_page(200).pixels < 128, np.uint8(0), np.uint8(255))
    assert clean(plain, (), 10_000_000).taken == ("BACKGROUND_EVENED", "READ_AT_200")
    assert clean(image, find_seals(image), 10_000_000).taken[0] == "INK_SEPARATED"
    assert clean(PageImage(pixels=bits, dpi=200, is_bilevel=True), (), 10_000_000).taken == (
        "BILEVEL_SMOOTHED",
    )


def test_specks_go_and_dots_of_letters_stay(letter_page: Draw) -> None:
    page = letter_page(200, rows=20)
    ink = binarise(page.pixels)
    assert not specks(find_pieces(ink), 200).any()
    dirty = ink.copy()
    places = [(x, 2200 + y) for x in range(100, 1500, 140) for y in (0, 30)]
    for place in places:
        cv2.circle(dirty, place, 1, 255, -1)
    mask = specks(find_pieces(dirty), 200)
    assert all(mask[y, x] for x, y in places)
    assert not (mask & ink).any()


def test_specks_inside_an_empty_frame_go_too() -> None:
    ink = np.zeros((600, 900), np.uint8)
    cv2.rectangle(ink, (50, 50), (850, 550), 255, 3)
    for x in range(200, 800, 60):
        cv2.circle(ink, (x, 300), 1, 255, -1)
    assert specks(find_pieces(ink), 200)[300, 200:800:60].all()


def test_fragments_of_faded_letters_are_no_specks() -> None:
    ink = np.zeros((600, 900), np.uint8)
    for x in range(200, 500, 7):
        for y in (300, 308, 315):
            cv2.circle(ink, (x, y), 1, 255, -1)
    assert not specks(find_pieces(ink), 200).any()


def test_pinholes_are_filled_and_edges_become_grey() -> None:
    bits = np.full((60, 60), 255, np.uint8)
    bits[20:40, 20:40] = 0
    bits[30, 30] = 255
    shown = smoothed(bits)
    assert shown[30, 30] == 0
    assert 0 < shown[19, 30] < 255


def test_a_one_bit_scan_is_known_in_any_file(letter_page: Draw) -> None:
    page = letter_page(200).pixels
    assert is_two_toned(np.where(page < 128, np.uint8(12), np.uint8(250)))
    assert not is_two_toned(np.asarray(cv2.GaussianBlur(page, (0, 0), 1.2), np.uint8))


def test_print_from_the_back_goes_and_a_pale_page_stays(letter_page: Draw) -> None:
    front = letter_page(150, rows=8).pixels
    back = cv2.flip(letter_page(150, rows=24).pixels, 1)
    soft = cv2.GaussianBlur(back, (0, 0), 1.3)
    through = np.minimum(front, 255 - ((255 - soft) * 0.35).astype(np.uint8))
    shown = without_bleed(through, binarise(through), 200)
    assert (through[700:] < 200).any()
    assert (shown[700:] > 240).all()
    assert (shown[front < 128] == through[front < 128]).all()
    pale = 255 - ((255 - front) * 0.3).astype(np.uint8)
    assert without_bleed(pale, binarise(pale), 200) is pale


class _Looker:
    """An engine that keeps what it is shown and finds one sure and one doubtful word."""

    signature = "looker"

    def __init__(self) -> None:
        self.shown: list[PageImage] = []

    def recognise(self, image: PageImage) -> PageText:
        self.shown.append(image)
        words = tuple(
            Word(text=text, box=Box(left=left, top=30, right=left + 40, bottom=60), confidence=confidence)
            for text, left, confidence in (("THU", 40, 0.9), ("Ilii", 90, 0.3))
        )
        return PageText(
            width=image.width, height=image.height, dpi=image.dpi, blocks=(block_of([line_of(words)]),)
        )

    def close(self) -> None:
        """Holds nothing."""


def test_a_stamp_over_print_is_read_from_its_own_ink(letter_page: Draw) -> None:
    page = letter_page(150, rows=10, colour=True)
    image = _struck(page, _frame(page, 300, 330), VIOLET)
    looker = _Looker()
    (block,) = read_stamps(image, find_stamps(image), looker)
    assert block.kind is BlockKind.STAMP
    assert [word.text for line in block.lines for word in line.words] == ["THU"]
    assert 290 <= block.box.left < block.box.right <= 560
    ink = looker.shown[0].pixels
    assert (ink < 128).any()
    assert (ink[:, :16] > 150).all()  # the frame is gone


def test_words_around_a_seal_are_not_read(letter_page: Draw) -> None:
    page = letter_page(150, rows=10, colour=True)
    image = _struck(page, _ring(page, 500, 400), MAGENTA)
    found = find_stamps(image)
    assert found
    assert all(stamp.is_ring and stamp.is_over_print for stamp in found)
    assert read_stamps(image, found, _Looker()) == ()


def test_a_stamp_beside_the_print_is_left_to_the_page(letter_page: Draw) -> None:
    page = letter_page(150, rows=10, colour=True)
    image = _struck(page, _frame(page, 300, 1200), VIOLET)
    assert read_stamps(image, find_stamps(image), _Looker()) == ()


def test_faded_print_is_not_taken_for_print_from_the_back(letter_page: Draw) -> None:
    front = letter_page(150, rows=24).pixels
    faded = front.copy()
    faded[:, 500:] = 255 - ((255 - front[:, 500:]) * 0.3).astype(np.uint8)
    assert without_bleed(faded, binarise(faded), 200) is faded
