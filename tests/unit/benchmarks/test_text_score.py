from __future__ import annotations

import pytest

from benchmarks.text_score import Place, TextScore, normalised, places, score, total, without_tones

LINES = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", "Họ và tên: Lê Thị Mơ")


def test_a_perfect_reading_has_no_errors() -> None:
    found = score(LINES, "\n".join(LINES))

    assert found.characters == sum(map(len, LINES))
    assert found.words == 22
    assert (found.ordered_characters, found.ordered_words) == (0, 0)
    assert (found.matched_characters, found.matched_words, found.left_over) == (0, 0, 0)


def test_lines_in_another_order_are_errors_of_order_only() -> None:
    found = score(LINES, "\n".join(reversed(LINES)))

    assert found.ordered_characters > 20
    assert (found.matched_characters, found.matched_words) == (0, 0)


def test_one_wrong_letter_is_one_character_and_one_word() -> None:
    found = score(LINES, "\n".join(LINES).replace("Mơ", "Mo"))

    assert (found.matched_characters, found.matched_words) == (1, 1)
    assert (found.ordered_characters, found.ordered_words) == (1, 1)


def test_a_lost_tone_counts_only_with_tones() -> None:
    read = "\n".join(LINES).replace("Lê", "Le")

    assert score(LINES, read).matched_characters == 1
    assert score([without_tones(line) for line in LINES], without_tones(read)).matched_characters == 0


def test_a_line_that_was_not_read_costs_all_its_characters_and_no_more() -> None:
    found = score(LINES, LINES[0] + "\n" + LINES[2])

    assert found.matched_characters <= len(LINES[1])
    assert found.ordered_characters == len(LINES[1]) + 1


def test_text_that_belongs_to_no_line_is_left_over_and_costs_no_errors_of_lines() -> None:
    found = score(LINES, LINES[0] + "\nỦY BAN NHÂN DÂN\n" + LINES[1] + "\n" + LINES[2])

    assert found.matched_characters == 0
    assert found.left_over == len("ỦYBANNHÂNDÂN")


def test_nothing_read_is_every_character_wrong() -> None:
    found = score(LINES, "")

    assert found.matched_characters == found.characters
    assert found.matched_words == found.words


def test_the_same_line_twice_needs_two_readings() -> None:
    assert score(("Kinh", "Kinh"), "Kinh").matched_characters == 4
    assert score(("Kinh", "Kinh"), "Kinh xxxxxxxx Kinh").matched_characters == 0


def test_a_short_line_does_not_take_the_place_of_a_longer_one() -> None:
    assert score(("Nam", "Việt Nam"), "Việt Nam Nam").matched_characters == 0


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Họ tên: ............ Kinh", "Họ tên: Kinh"),
        ("Họ tên: . . . . . Kinh", "Họ tên: Kinh"),
        ("“Sao y”  –  01|02", '"Sao y" - 01 02'),
        ("Ho\u0300a", "Hòa"),
        ("a\t b\n\n c", "a b\n\nc"),
    ],
)
def test_both_sides_are_made_plain_before_they_are_compared(written: str, plain: str) -> None:
    assert normalised(written) == plain


def test_marks_and_bars_of_letters_go_but_letters_stay() -> None:
    assert without_tones("Đường Nguyễn đặng") == "Duong Nguyen dang"


def test_scores_add_up() -> None:
    one = TextScore(characters=3, words=1, matched_characters=1)

    assert total([one, one]) == TextScore(characters=6, words=2, matched_characters=2)
    assert total([]) == TextScore()


def test_a_place_is_found_although_another_part_looks_alike() -> None:
    read = "Sở Tài chính tỉnh An Giang x Sở Tư pháp tỉnh An Giamg"

    assert places(["Sở Tư pháp tỉnh An Giang"], read) == [Place(1, 29, 53)]


def test_a_number_takes_a_whole_word_before_a_part_of_one() -> None:
    assert places(["12"], "4.120 12") == [Place(0, 6, 8)]


def test_a_short_line_within_a_long_misread_one_costs_the_long_one_only_itself() -> None:
    found = places(["12", "Điều 12 của Luật Hộ tịch"], "Điếu 12 của Luật Hộ tịch")

    assert [place.errors for place in found if place] == [0, 3]


def test_numbers_count_where_every_sign_is_right() -> None:
    found = score(["Số 12/QĐ ngày 3 tháng 4"], "Số 12/QD ngày 3 tháng 4")

    assert (found.numbers, found.numbers_right) == (3, 2)
