from __future__ import annotations

import cv2
import numpy as np
import pytest

from dossiers.errors import InputError
from dossiers.page import Region
from dossiers.reading import Classification, Outcome, PageReading
from pipeline.image import PageImage
from pipeline.page_result import PageResult
from pipeline.stages.decode import DecodedPage
from pipeline.stages.part import PART, cut_part
from pipeline.stages.warp import Frame, placement_of, upright
from pipeline.text import PageText


def _decoded() -> DecodedPage:
    pixels = np.full((400, 600), 200, np.uint8)
    cv2.rectangle(pixels, (100, 50), (299, 149), 90, -1)
    cv2.rectangle(pixels, (100, 50), (140, 70), 20, -1)
    return DecodedPage(image=PageImage(pixels=pixels, dpi=200.0), is_from_pdf=True, dpi_is_estimated=False)


def _result(image: PageImage, degrees: int) -> PageResult:
    frame = Frame.of(image).turned(degrees)
    reading = PageReading(
        outcome=Outcome.READ,
        classification=Classification(type_id="unknown", confidence=1, evidence="", is_first_page=True),
        fields=(), text="", page_number=None, rotated_degrees=degrees, skew_degrees=0.0, confidence=1.0,
        has_seal=False, issues=(), engine="", pipeline_version="", seconds=0.0,
    )  # fmt: skip
    text = PageText(width=frame.width, height=frame.height, dpi=image.dpi, blocks=())
    return PageResult(reading=reading, text=text, placement=placement_of(frame, image, degrees, 0.0))


STRAIGHT: Region = ((100, 50), (299, 50), (299, 149), (100, 149))


def test_a_part_is_cut_out_as_a_page_of_its_own() -> None:
    part = cut_part(_decoded(), STRAIGHT)
    assert (part.page.image.width, part.page.image.height) == (199, 99)
    assert part.page.image.pixels[50, 150] == 90
    assert part.page.image.pixels[5, 5] == 20
    assert not part.page.is_from_pdf  # the words of a PDF page are not those of a part of it


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_placement_of_a_part_leads_back_to_the_whole_picture(degrees: int) -> None:
    part = cut_part(_decoded(), STRAIGHT)
    result = part.placed(_result(part.page.image, degrees))
    assert (result.placement.original_width, result.placement.original_height) == (600, 400)
    assert PART in result.flags
    inner = upright(part.page.image, _result(part.page.image, degrees).placement).pixels
    again = upright(part.whole, result.placement).pixels
    assert again.shape == inner.shape
    assert np.abs(again.astype(int) - inner).mean() < 1


def test_a_part_that_lies_upside_down_is_cut_out_upright() -> None:
    part = cut_part(_decoded(), (STRAIGHT[2], STRAIGHT[3], STRAIGHT[0], STRAIGHT[1]))
    assert part.page.image.pixels[-5, -5] == 20


@pytest.mark.parametrize(
    "region",
    [
        ((0, 0), (5, 0), (5, 5), (0, 5)),
        ((0, 0), (9000, 0), (9000, 90), (0, 90)),
        ((0, 0), (200, 0), (0, 200), (200, 200)),
        ((float("nan"), 0), (200, 0), (200, 200), (0, 200)),
        ((-500, 0), (200, 0), (200, 200), (0, 200)),
    ],
    ids=["tiny", "beyond", "crossed", "no number", "outside"],
)
def test_what_can_be_no_part_is_refused(region: Region) -> None:
    with pytest.raises(InputError):
        cut_part(_decoded(), region)
