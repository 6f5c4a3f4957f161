"""Pale print is found on pages that look blank; what shines through from the back is not."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from pipeline.image import PageImage
from pipeline.stages.faint import find_faint
from pipeline.stages.glyphs import find_glyphs
from pipeline.stages.quality import measure_ink

Draw = Callable[..., PageImage]
Floats = npt.NDArray[np.floating]


def _scanned(paper: Floats, grain: float) -> PageImage:
    noise = np.random.default_rng(7).normal(0, grain, paper.shape)
    return PageImage(pixels=np.clip(paper + noise, 0, 255).astype(np.uint8), dpi=150)


def _faint(page: PageImage, contrast: float) -> PageImage:
    return _scanned(235 - contrast * (255.0 - page.pixels), 12)


@pytest.mark.parametrize("contrast", [0.14, 0.16])
def test_pale_print_under_noise_is_found_where_the_page_looks_blank(
    letter_page: Draw, contrast: float
) -> None:
    page = _faint(letter_page(), contrast)
    assert measure_ink(find_glyphs(page)).is_blank
    assert find_faint(page) is not None


@pytest.mark.parametrize("strength", [0.05, 0.1, 0.2])
def test_print_of_the_back_stays_unseen(letter_page: Draw, strength: float) -> None:
    back = cv2.GaussianBlur(cv2.flip(letter_page().pixels, 1), (0, 0), 1.2)
    shining = 246 - strength * (255.0 - back)
    assert find_faint(_scanned(shining, 4)) is None


@pytest.mark.parametrize("content", ["nothing", "holes and a fold", "one bit"])
def test_paper_alone_holds_no_pale_print(content: str) -> None:
    paper = np.full((1754, 1240), 246.0)
    if content == "holes and a fold":
        for y in (600, 1100):
            cv2.circle(paper, (60, y), 18, 40, -1)
        cv2.line(paper, (0, 870), (1240, 880), 215, 6)
    page = _scanned(paper, 0 if content == "one bit" else 5)
    assert find_faint(page) is None
