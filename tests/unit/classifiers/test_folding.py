from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from classifiers.folding import begins_like, fold, is_within, key_of, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HÒA", "HOÀ"),
        ("Uỷ ban", "Ủy ban"),
        ("ĐĂNG KÝ", "đăng ký"),
        ("Độc lập – Tự do – Hạnh phúc", "Độc lập - Tự do - Hạnh phúc"),
        ("giấy khai sinh", unicodedata.normalize("NFD", "giấy khai sinh")),
    ],
)
def test_typing_habits_fold_to_the_same_text(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_letters_stay_different() -> None:
    assert fold("GIẤY BÁO TỬ") != fold("GIẤY KHAI TỬ")


def test_spaces_and_lookalike_digits_do_not_count_for_matching() -> None:
    assert key_of("GI4Y") != key_of("GIẤY")
    assert key_of("GIẤY KHAI S1NH") == key_of("GIẤYKHAI SINH")


def test_likeness_falls_with_wrong_letters() -> None:
    assert likeness("tổ chức", "tô chức") == 1.0
    assert 0.8 < likeness("TỜ KHAI", "TỜ KHAJ") < 1.0


def test_a_heading_is_found_at_the_start_only() -> None:
    heading = key_of("GIẤY KHAI SINH")
    assert begins_like(heading, key_of("GIẤY KHAI SlNH (BẢN SAO)")) == 1.0
    assert begins_like(heading, key_of("TỜ KHAI ĐĂNG KÝ KHAI SINH")) < 0.8


def test_a_phrase_is_found_within_a_line_with_one_wrong_letter() -> None:
    line = key_of("kèm theo gíấy chúng nhận quyền sử dựng dất số 12")
    assert is_within(key_of("giấy chứng nhận quyền sử dụng đất"), line)
    assert not is_within(key_of("giấy chứng nhận kết hôn"), line)


def test_short_phrases_must_agree_exactly() -> None:
    assert not is_within(key_of("Bên A"), key_of("Bêm A"))


@given(st.text("abcdeghk", min_size=4, max_size=20), st.text("abcdeghk", max_size=30))
@example("giaychungminhnhandan", "giychungminbnhardan")  # exactly 0.85
def test_a_comparison_that_ends_early_says_the_same(expected: str, found: str) -> None:
    whole = begins_like(expected, found, 0.5)
    for least in (0.6, 0.84, 0.85, 0.9):
        early = begins_like(expected, found, least)
        assert (early >= least, early if early >= least else None) == (
            whole >= least,
            whole if whole >= least else None,
        )
