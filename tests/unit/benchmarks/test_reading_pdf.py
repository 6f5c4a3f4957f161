from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.reading.pdf_quality import is_pdfa_2b, quality
from benchmarks.reading.registration import register
from benchmarks.reading.similarity import mean_within, similarity_map

DPI = 100


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    """A page of marks of many shapes, with the noise of a scanner."""
    random = np.random.default_rng(7)
    page = Image.new("L", (600, 800), 235)
    draw = ImageDraw.Draw(page)
    for top in range(40, 740, 26):
        for left in range(40, 550, 13):
            points = [(left + x, top + y) for x, y in random.integers(0, 11, (4, 2))]
            draw.polygon([(int(x), int(y)) for x, y in points], fill=30)
    noisy = np.asarray(page, np.int16) + random.integers(-6, 6, (800, 600))
    return noisy.clip(0, 255).astype(np.uint8)


def _pdf(picture: np.ndarray) -> bytes:
    held = io.BytesIO()
    Image.fromarray(picture).save(held, "PDF", resolution=DPI, quality=95)
    return held.getvalue()


def _png(picture: np.ndarray) -> bytes:
    held = io.BytesIO()
    Image.fromarray(picture).save(held, "PNG")
    return held.getvalue()


def test_equal_pictures_are_wholly_alike(picture: np.ndarray) -> None:
    assert similarity_map(picture, picture).min() == pytest.approx(1.0)


def test_noise_and_lost_contrast_cost_likeness(picture: np.ndarray) -> None:
    noise = np.random.default_rng(1).integers(-40, 40, picture.shape)
    noisy = (picture.astype(np.int16) + noise).clip(0, 255).astype(np.uint8)
    pale = (200 + picture // 8).astype(np.uint8)
    everywhere = np.ones(picture.shape, dtype=np.bool_)

    assert mean_within(similarity_map(picture, noisy), everywhere) < 0.9
    assert mean_within(similarity_map(picture, pale), everywhere) < 0.7


def test_the_formula_gives_the_known_value_for_two_flat_greys() -> None:
    first, second = np.full((40, 40), 100, np.uint8), np.full((40, 40), 150, np.uint8)

    expected = (2 * 100 * 150 + 6.5025) / (100**2 + 150**2 + 6.5025)
    assert similarity_map(first, second)[20, 20] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("degrees", [0.0, 1.3, 90.0])
def test_a_turned_page_is_laid_back_within_a_fraction_of_a_pixel(picture: np.ndarray, degrees: float) -> None:
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 0.7)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_AREA, borderValue=235)

    found = register(turned, picture)

    assert found is not None
    back = found @ np.vstack([turn, [0, 0, 1]])
    corners = np.array([[60.0, 60, 1], [540, 60, 1], [540, 740, 1], [60, 740, 1]]).T
    landed = back @ corners
    assert np.abs(landed[:2] / landed[2] - corners[:2]).max() < 0.5


def test_a_blank_page_has_no_place(picture: np.ndarray) -> None:
    assert register(np.full_like(picture, 255), picture) is None


def test_the_picture_in_a_pdf_is_like_itself_and_a_coarse_one_is_less(picture: np.ndarray) -> None:
    coarse = cv2.resize(cv2.resize(picture, None, fx=0.4, fy=0.4), picture.shape[::-1])

    whole, poor = (quality(_pdf(each), _png(picture), DPI) for each in (picture, coarse))

    assert whole["similarity"] > 0.93
    assert poor["print_similarity"] < whole["print_similarity"] - 0.05


def test_a_plain_pdf_is_no_pdfa(picture: np.ndarray) -> None:
    assert not is_pdfa_2b(_pdf(picture))
    assert quality(_pdf(picture), _png(picture), DPI)["pdfa_2b"] == 0.0
