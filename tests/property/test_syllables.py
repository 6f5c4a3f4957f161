from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.reading import Box
from pipeline.language.marks import Tone, skeleton
from pipeline.language.repair import load_knowledge, repair
from pipeline.language.syllable import Placement, canonical, compose, parse
from pipeline.text import Block, Line, PageText, Word

_ONSETS = [
    "",
    *[
        "b",
        "c",
        "ch",
        "d",
        "đ",
        "g",
        "gi",
        "h",
        "kh",
        "l",
        "m",
        "n",
        "ng",
        "nh",
        "ph",
        "qu",
        "s",
        "t",
        "th",
        "tr",
    ],
]
_RHYMES = [
    "a",
    "an",
    "ang",
    "ao",
    "ay",
    "oa",
    "oai",
    "oan",
    "oe",
    "uy",
    "uyên",
    "uê",
    "iên",
    "ia",
    "ươn",
    "ưa",
    "ua",
    "uôi",
    "ơ",
    "ôn",
    "êu",
    "at",
    "ac",
    "ach",
    "ich",
    "ôp",
]
_WORDS = [
    "tô",
    "chức",
    "thâm",
    "quyên",
    "đữ",
    "liệu",
    "Nguyễn",
    "HÀ",
    "NỘI",
    "29/01/2026",
    "H57.12",
    "xã",
    "la",
    "sửa",
    "đối,",
    "bồ",
    "sung",
    "-",
    "a)",
    "NĐ-CP",
    "Viêt",
    "Nam",
    "ngày",
    "§ố:",
    "003090123456",
]


@given(st.sampled_from(_ONSETS), st.sampled_from(_RHYMES), st.sampled_from(Tone), st.sampled_from(Placement))
def test_what_is_composed_is_parsed_again(onset: str, rhyme: str, tone: Tone, placement: Placement) -> None:
    bare = parse(onset + rhyme) or parse(
        unicodedata.normalize("NFC", onset + rhyme[0] + "\u0301" + rhyme[1:])
    )
    if bare is None:
        return
    wanted = replace(bare, tone=tone)
    written = compose(wanted, placement)

    if parse(written) is None:
        assert bare.coda in ("c", "ch", "p", "t")
        assert tone not in (Tone.SAC, Tone.NANG)
    else:
        assert parse(written) == wanted
        assert canonical(canonical(written)) == canonical(written) == compose(wanted)


@given(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẩẫấậĐỨỜỔ123 .,", max_size=12))
def test_a_skeleton_has_a_letter_for_each_letter(text: str) -> None:
    assert len(skeleton(text)) == len(text)
    assert skeleton(text).isascii()
    assert skeleton(unicodedata.normalize("NFD", text)) == skeleton(text)


@pytest.mark.parametrize("confidence", [0.1, 0.96])
@given(st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8), min_size=1, max_size=4))
def test_repair_changes_marks_of_words_that_are_no_names_and_nothing_else(
    confidence: float, rows: list[list[str]]
) -> None:
    box = Box(left=0, top=0, right=9, bottom=9)
    lines = tuple(
        Line(words=tuple(Word(text=word, box=box, confidence=confidence) for word in row), box=box)
        for row in rows
    )
    text = PageText(width=9, height=9, dpi=200.0, blocks=(Block(lines=lines, box=box),))

    after = repair(text, load_knowledge()).text

    assert [skeleton(word.text) for word in after.words] == [skeleton(word.text) for word in text.words]
    for was, now in zip(text.words, after.words, strict=True):
        assert now.raw == (None if now.text == was.text else was.text)
        if any(sign.isdigit() for sign in was.text) or was.text in ("Nguyễn", "HÀ", "NỘI", "NĐ-CP", "a)"):
            assert now.text == was.text
