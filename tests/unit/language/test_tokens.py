from __future__ import annotations

import pytest

from pipeline.language.tokens import BOUNDARY, NUMBER, OTHER, parts, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uỷ ban, xã", ["ủy", "ban", "xã"]),
        ("ngày 26/10/2015.", ["ngày", NUMBER, BOUNDARY]),
        ("NĐ-CP này;", [OTHER, "này", BOUNDARY]),
        ("(sau đây)", [BOUNDARY, "sau", "đây", BOUNDARY]),
        ("- “Internet” -", [OTHER]),
        ("", []),
    ],
)
def test_text_becomes_syllables_and_classes(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("(đổi,", ("(", "đổi", ",")),
        ("57/2015", ("57/2015", "", "")),
        ("NĐ-CP", ("NĐ-CP", "", "")),
        ("-", ("-", "", "")),
    ],
)
def test_only_one_run_of_letters_is_a_core(word: str, expected: tuple[str, str, str]) -> None:
    assert parts(word) == expected
