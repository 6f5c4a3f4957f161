"""How confidences are judged and fitted."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.confidence.figures import adaptive_error, brier, expected_error, separation
from benchmarks.confidence.labels import labels_of
from benchmarks.confidence.logistic import fit_logistic
from dossiers.reading import Box
from pipeline.ocr.found_words import block_of, line_of
from pipeline.text import PageText, Word


def _page(*lines: str) -> PageText:
    rows = [
        line_of(
            [
                Word(text=text, box=Box(left=50 * at, top=0, right=50 * at + 40, bottom=20), confidence=0.9)
                for at, text in enumerate(line.split())
            ]
        )
        for line in lines
    ]
    return PageText(width=900, height=900, dpi=200, blocks=(block_of(rows),))


def _verdicts(page: PageText, *printed: str) -> dict[str, str]:
    words = page.words
    return {
        words[label.at].text: "right" if label.is_right else "wrong" if label.is_placed else "made up"
        for label in labels_of(page, printed)
    }


def test_a_word_is_right_with_its_marks_and_signs_wherever_its_line_stands() -> None:
    page = _page("CỘNG HÒA XÃ HÔI", "Độc lập - Tự do", "¬§~")
    assert _verdicts(page, "CỘNG HÒA XÃ HỘI", "Độc lập – Tự do") == {
        "Độc": "right", "lập": "right", "-": "right", "Tự": "right", "do": "right",
        "CỘNG": "right", "HÒA": "right", "XÃ": "right", "HÔI": "wrong", "¬§~": "made up",
    }  # fmt: skip


def test_a_line_printed_once_makes_its_words_right_once() -> None:
    page = _page("ký tên", "ký tên")
    assert [label.is_right for label in labels_of(page, ["ký tên"])].count(True) == 2


def test_leaders_are_no_words() -> None:
    assert list(_verdicts(_page("Họ tên: ........ An"), "Họ tên: An")) == ["Họ", "tên:", "An"]


def test_errors_of_known_cases() -> None:
    confidence = np.array([0.95, 0.95, 0.95, 0.95, 0.15, 0.15])
    right = np.array([True, True, True, False, False, False])
    assert expected_error(confidence, right) == pytest.approx((4 * 0.2 + 2 * 0.15) / 6)
    assert adaptive_error(confidence, right, bins=1) == pytest.approx(abs(4.1 / 6 - 0.5))
    assert brier(np.array([1.0, 0.0]), np.array([True, False])) == 0.0
    assert separation(confidence, right) == pytest.approx((3 * 0.5 + 6) / 9)


def test_a_fit_foretells_what_it_saw_and_holds_weights_above_zero() -> None:
    rng = np.random.default_rng(1)
    inputs = rng.random((20_000, 2))
    odds = -1 + 3 * inputs[:, 0] - 2 * inputs[:, 1]
    right = rng.random(20_000) < 1 / (1 + np.exp(-odds))
    share = np.ones(20_000)
    intercept, weights = fit_logistic(inputs, right, share, 1e-3, [])
    assert (intercept, *weights) == pytest.approx((-1, 3, -2), abs=0.2)
    _, bounded = fit_logistic(inputs, right, share, 1e-3, [1])
    assert bounded[1] == 0.0
    assert bounded[0] == pytest.approx(2.8, abs=0.4)
