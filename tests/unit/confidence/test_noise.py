"""What is surely no print is left out of the text, and nothing that might be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dossiers.reading import Box
from pipeline.confidence.noise import is_noise, without_noise
from pipeline.text import PageText, Table, TableCell, Word

MakePage = Callable[..., PageText]
BOX = Box(left=0, top=0, right=10, bottom=10)


@pytest.mark.parametrize("text", ["|_", "Ì_", "¡on", "N;e..04", "4#", "-"])
def test_signs_that_are_surely_no_print_are_noise(text: str) -> None:
    assert is_noise(Word(text=text, box=BOX, confidence=0.05))


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("|_", 0.2), ("LOỆNG", 0.01), ("04.114", 0.01), ("(12", 0.05), ("82,50m?", 0.05)],
)
def test_what_may_be_print_stays(text: str, confidence: float) -> None:
    assert not is_noise(Word(text=text, box=BOX, confidence=confidence))


def test_lines_and_blocks_of_noise_go(page: MakePage) -> None:
    text = page("Tổ chức |_ thực hiện", "Ì_ -", confidence=[0.9, 0.9, 0.01, 0.9, 0.9, 0.01, 0.01])
    assert without_noise(text).text == "Tổ chức thực hiện"
    assert without_noise(page("Ì_ -", confidence=[0.01, 0.01])).blocks == ()


def test_the_blocks_of_tables_keep_their_numbers(page: MakePage) -> None:
    text = page("Ì_ -", confidence=[0.01, 0.01])
    cell = TableCell(row=0, column=0, row_span=1, column_span=1, box=BOX, block=0)
    table = Table(box=BOX, rows=1, columns=1, cells=(cell,))
    assert len(without_noise(replace(text, tables=(table,))).blocks) == 1


@pytest.mark.parametrize(
    ("text", "is_left_out"),
    [("#!", True), ("+*⁄", True), ("-", False), ("./.", False), ("§.", False), ("¡)", False)],
)
def test_signs_that_nobody_prints_are_left_out_unless_they_are_sure(text: str, is_left_out: bool) -> None:
    assert is_noise(Word(text=text, box=BOX, confidence=0.5)) is is_left_out
    assert not is_noise(Word(text=text, box=BOX, confidence=0.8))


def test_what_is_filled_in_by_hand_in_a_stamp_is_left_out_below_one_in_ten() -> None:
    word = Word(text="New.041112225", box=BOX, confidence=0.05)
    assert is_noise(word, is_stamped=True)
    assert not is_noise(word)
    assert not is_noise(Word(text="Ngày", box=BOX, confidence=0.15), is_stamped=True)
