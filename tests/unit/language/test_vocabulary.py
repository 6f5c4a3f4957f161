from __future__ import annotations

import pytest

from pipeline.language.vocabulary import Entry, Kind, Vocabulary, letters_of, load_vocabulary


def test_there_are_54_ethnic_groups_34_provinces_and_63_former_ones() -> None:
    kinds = [entry.kind for entry in load_vocabulary().entries]

    assert kinds.count(Kind.ETHNIC_GROUP) == 54
    assert kinds.count(Kind.PROVINCE) == 34
    assert kinds.count(Kind.FORMER_PROVINCE) == 63


def test_an_exact_phrase_is_sure() -> None:
    (best, *_) = load_vocabulary().matches("Bộ Nông nghiệp và Môi trường", [Kind.AGENCY])

    assert best.entry.text == "Bộ Nông nghiệp và Môi trường"
    assert best.confidence == 1.0


@pytest.mark.parametrize(
    "read", ["TỜ KHAI ĐANG KÝ KHAI SINH", "TO KHAI DANG KY KHAI SINH", "TÒ KHA1 ĐĂNG KÝ KHAI SINH"]
)
def test_a_misread_phrase_is_found_less_surely(read: str) -> None:
    (best, *_) = load_vocabulary().matches(read, [Kind.TITLE])

    assert best.entry.text == "TỜ KHAI ĐĂNG KÝ KHAI SINH"
    assert 0.4 < best.confidence < 1.0


def test_more_wrong_marks_are_less_sure() -> None:
    vocabulary = load_vocabulary()
    one, all_lost = (vocabulary.matches(read, [Kind.AGENCY])[0] for read in ("Bộ Tư phap", "Bo Tu phap"))

    assert one.entry == all_lost.entry
    assert one.confidence > all_lost.confidence


def test_rivals_share_the_confidence() -> None:
    alone = Vocabulary([Entry(text="Xã Hòa An", kind=Kind.COMMUNE)])
    rivals = Vocabulary([Entry(text=text, kind=Kind.COMMUNE) for text in ("Xã Hòa An", "Xã Hoa Ân")])

    assert rivals.matches("Xã Hoá An")[0].confidence < alone.matches("Xã Hoá An")[0].confidence


def test_only_the_kinds_asked_for_match() -> None:
    assert load_vocabulary().matches("Kinh", [Kind.COMMUNE]) == ()
    assert load_vocabulary().matches("Kinh", [Kind.ETHNIC_GROUP])[0].entry.text == "Kinh"


def test_unlike_text_matches_nothing() -> None:
    assert load_vocabulary().matches("xin chào các bạn") == ()
    assert load_vocabulary().matches("") == ()


def test_letters_drop_marks_capitals_and_signs() -> None:
    assert letters_of("Độc lập - Tự do – HẠNH phúc.") == "doc lap tu do hanh phuc"


def test_no_kind_names_a_phrase_twice() -> None:
    entries = [(entry.kind, entry.text) for entry in load_vocabulary().entries]

    assert len(entries) == len(set(entries))
