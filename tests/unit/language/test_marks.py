from __future__ import annotations

import pytest

from pipeline.language.marks import Tone, skeleton, split_tone, with_case_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [("quyền", ("quyên", Tone.HUYEN, 3)), ("đã", ("đa", Tone.NGA, 1)), ("cung", ("cung", Tone.NGANG, -1))],
)
def test_a_tone_is_taken_off_and_its_place_told(text: str, expected: tuple[str, Tone, int]) -> None:
    assert split_tone(text) == expected


def test_a_skeleton_keeps_letters_and_capitals() -> None:
    assert skeleton("Đường Ừ ăâêôơư") == "Duong U aaeoou"


def test_capitals_are_carried_over_letter_by_letter() -> None:
    assert with_case_of("Tô", "tổ") == "Tổ"
    assert with_case_of("CÔNG", "cổng") == "CỔNG"
