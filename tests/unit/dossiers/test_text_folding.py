from __future__ import annotations

import unicodedata

import pytest

from dossiers.text_folding import fold, to_nfc, tone_key

SAME_TONE = [
    ("hoà", "hòa"),
    ("hoá", "hóa"),
    ("hoả", "hỏa"),
    ("hoã", "hõa"),
    ("hoạ", "họa"),
    ("khoẻ", "khỏe"),
    ("loè", "lòe"),
    ("uỷ", "ủy"),
    ("thuý", "thúy"),
    ("thuỳ", "thùy"),
    ("luỹ", "lũy"),
    ("tuỵ", "tụy"),
    ("quý", "qúy"),
    ("giá", "gía"),
    ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
    ("CỘNG HOÀ", "cộng hòa"),
    ("NGUYỄN  THUÝ", "Nguyễn Thúy"),
    ("ÐỘC LẬP", "Độc lập"),
]

DIFFERENT_TONE = [
    ("hoà", "hoá"),
    ("hoà", "hoa"),
    ("ma", "mạ"),
    ("tổ chức", "tô chức"),
    ("dữ liệu", "đữ liệu"),
    ("cân", "căn"),
    ("ủy", "ũy"),
    ("hoà hoa", "hoa hoà"),
    ("người", "ngươi"),
]

FOLDED = [
    ("Giấy chứng nhận kết hôn", "giay chung nhan ket hon"),
    ("ĐƯỜNG ĐÊ ĐỎ", "duong de do"),
    ("đữ liệu", "du lieu"),
    ("ÐỘC LẬP", "doc lap"),
    ("Uỷ ban", "uy ban"),
    ("Ủy ban", "uy ban"),
    ("  Cộng\n hòa\tXÃ  HỘI ", "cong hoa xa hoi"),
    ("căn\u00a0cước", "can cuoc"),
    ("thủ\u200btục\u00ad", "thutuc"),
    ("ẰẮẲẴẶằắẳẵặ", "aaaaaaaaaa"),
    ("ỜỚỞỠỢờớởỡợỪỨỬỮỰ", "oooooooooouuuuu"),
    ("Số: 69/GKS-BS", "so: 69/gks-bs"),
    ("", ""),
]


@pytest.mark.parametrize(("one", "other"), SAME_TONE)
def test_the_two_placements_of_a_tone_compare_equal(one: str, other: str) -> None:
    assert tone_key(one) == tone_key(other)


@pytest.mark.parametrize(("one", "other"), SAME_TONE)
def test_decomposed_text_has_the_same_tone_key(one: str, other: str) -> None:
    assert tone_key(unicodedata.normalize("NFD", one)) == tone_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT_TONE)
def test_different_tones_and_vowels_stay_different(one: str, other: str) -> None:
    assert tone_key(one) != tone_key(other)


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_folding_drops_every_mark(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_folding_does_not_depend_on_the_encoding_of_marks(text: str, folded: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_every_vietnamese_letter_folds_to_one_plain_letter() -> None:
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    tones = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
    for letter in letters:
        for tone in tones:
            composed = to_nfc(letter + tone)
            for written in (composed, composed.upper()):
                assert fold(written) in set("abcdeghiklmnopqrstuvxy"), written


def test_composed_text_comes_out_composed() -> None:
    assert to_nfc("Nguye\u0302\u0303n") == "Nguyễn"
    assert to_nfc("Nguyễn") == "Nguyễn"
