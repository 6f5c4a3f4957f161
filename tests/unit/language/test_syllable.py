from __future__ import annotations

import unicodedata

import pytest

from pipeline.language.marks import Tone
from pipeline.language.syllable import Placement, canonical, compose, is_syllable, parse, placement_of


@pytest.mark.parametrize(
    "text",
    [
        "thẩm",
        "quyền",
        "giết",
        "gì",
        "quý",
        "nghiêng",
        "khuya",
        "thuở",
        "ủy",
        "uỷ",
        "hòa",
        "hoà",
        "được",
        "Nguyễn",
        "ĐƯỜNG",
        "yến",
        "quốc",
        "ngoèo",
        "xoong",
        "a",
        "ở",
    ],
)
def test_words_of_the_language_are_syllables(text: str) -> None:
    assert is_syllable(text)
    assert is_syllable(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "b",
        "câp",
        "viêt",
        "quôc",
        "họcc",
        "đlt",
        "street",
        "thuowng",
        "ngê",
        "cê",
        "kôn",
        "hốá",
        "căp",
        "12",
        "a1",
    ],
)
def test_what_has_no_shape_of_the_language_is_no_syllable(text: str) -> None:
    assert not is_syllable(text)


@pytest.mark.parametrize("stop", ["ac", "ach", "ap", "at"])
def test_stop_codas_take_only_two_tones(stop: str) -> None:
    allowed = {tone for tone in Tone if is_syllable(stop[0] + tone.value + stop[1:])}

    assert allowed == {Tone.SAC, Tone.NANG}


def test_a_syllable_has_parts() -> None:
    found = parse("khuyển")

    assert found is not None
    assert (found.onset, found.glide, found.nucleus, found.coda, found.tone) == (
        "kh",
        "u",
        "yê",
        "n",
        Tone.HOI,
    )


@pytest.mark.parametrize(
    ("old", "new"), [("hòa", "hoà"), ("thủy", "thuỷ"), ("khỏe", "khoẻ"), ("ủy", "uỷ"), ("lóa", "loá")]
)
def test_both_placements_of_a_tone_are_one_syllable(old: str, new: str) -> None:
    assert parse(old) == parse(new)
    assert canonical(new) == old
    found = parse(old)
    assert found is not None
    assert compose(found, Placement.NEW) == new
    assert (placement_of(old), placement_of(new)) == (Placement.OLD, Placement.NEW)


@pytest.mark.parametrize("text", ["quý", "hoàn", "của", "giữ", "nghĩa", "thuế", "đường", "mượn"])
def test_most_tones_have_one_place(text: str) -> None:
    found = parse(text)

    assert found is not None
    assert compose(found, Placement.OLD) == compose(found, Placement.NEW) == text
    assert placement_of(text) is None


def test_other_text_merely_loses_its_capitals() -> None:
    assert canonical("UBND") == "ubnd"
