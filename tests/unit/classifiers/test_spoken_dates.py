from __future__ import annotations

import pytest

from classifiers.extractors.spoken import is_spoken, spellings


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-11-08", "ngày tám tháng mười một năm hai nghìn không trăm hai mươi tư"),
        ("1999-04-21", "ngày hai mươi mốt tháng tư năm một nghìn chín trăm chín mươi chín"),
        ("2005-10-15", "ngày mười lăm tháng mười năm hai nghìn không trăm linh năm"),
        ("2005-10-15", "ngày mười lăm tháng mười năm hai ngàn không trăm lẻ năm"),
        ("2000-01-01", "ngày một tháng một năm hai nghìn không trăm"),
    ],
)
def test_a_date_is_spelled_in_the_usual_ways(day: str, words: str) -> None:
    assert words in spellings(day)


def test_a_repeated_date_matches_without_tones_and_over_two_lines() -> None:
    page = (
        "08/11/2024 ghi bằng chữ: Ngay tam, tháng mười một,\nnăm hai nghìn không trăm hai mươi tư\nGiới tính"
    )
    assert is_spoken("2024-11-08", page) is True


def test_another_date_in_words_does_not_match() -> None:
    page = "ghi bằng chữ: Ngày tám, tháng mười một, năm hai nghìn không trăm hai mươi tư"
    assert is_spoken("2016-05-30", page) is False


def test_a_page_without_words_tells_nothing() -> None:
    assert is_spoken("2024-11-08", "Ngày, tháng, năm sinh: 08/11/2024") is None


@pytest.mark.parametrize("other", ["2024-11-07", "2024-12-08", "2025-11-08", "2014-11-08"])
def test_a_date_that_sounds_alike_is_another_date(other: str) -> None:
    page = "ghi bằng chữ: Ngày tám, tháng mười một, năm hai nghìn không trăm hai mươi tư. Giới tính: Nam"
    assert is_spoken("2024-11-08", page) is True
    assert is_spoken(other, page) is False


def test_words_that_were_read_with_a_mistake_still_say_the_date() -> None:
    page = "ghi bằng chữ: Ngày tám, tháng mười mội, năm hai nghìn khỏng trăm hai mươi tư"
    assert is_spoken("2024-11-08", page) is True
