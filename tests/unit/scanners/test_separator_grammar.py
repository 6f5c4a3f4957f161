from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.errors import ConfigurationError, InputError
from scanners.separators.book import separator_book
from scanners.separators.grammar import SheetKind, parse_sheet_text, sheet_text
from scanners.separators.judging import LOOKS_LIKE_OURS, judge_sheet
from scanners.separators.meaning import Meaning, Starts
from scanners.separators.sight import PATCH_T, SheetSight
from scanners.separators.verdict import NO_SEPARATOR, SheetFlag

NOTHING_MAPPED = separator_book({})
NEXT = sheet_text(SheetKind.NEXT)


@pytest.mark.parametrize(
    ("kind", "value", "meaning"),
    [
        (
            SheetKind.DOSSIER,
            "H29.119-250701-0001",
            Meaning(starts=Starts.DOSSIER, dossier_code="H29.119-250701-0001"),
        ),
        (SheetKind.NEXT, "", Meaning(starts=Starts.DOSSIER)),
        (SheetKind.PROCEDURE, "1.001193", Meaning(starts=Starts.DOSSIER, procedure_code="1.001193")),
        (SheetKind.TYPE, "giay_khai_sinh", Meaning(starts=Starts.DOCUMENT, type_id="giay_khai_sinh")),
        (SheetKind.PROFILE, "id-card", Meaning(profile="id-card")),
    ],
)
def test_what_is_printed_is_read_again(kind: SheetKind, value: str, meaning: Meaning) -> None:
    assert parse_sheet_text(sheet_text(kind, value)) == meaning


def test_the_grammar_of_printed_sheets_never_changes() -> None:
    assert sheet_text(SheetKind.PROCEDURE, "1.001193") == "SOHOA1:P:1.001193:JZBX"


@pytest.mark.parametrize(
    ("kind", "value"),
    [(SheetKind.NEXT, "x"), (SheetKind.TYPE, "Giấy khai sinh"), (SheetKind.PROFILE, "a:b")],
)
def test_a_value_of_a_wrong_shape_is_not_printed(kind: SheetKind, value: str) -> None:
    with pytest.raises(ValueError, match=r"value|written"):
        sheet_text(kind, value)


def test_a_wrong_dossier_code_is_not_printed() -> None:
    with pytest.raises(InputError):
        sheet_text(SheetKind.DOSSIER, "H29-1")


@given(st.integers(0, len(NEXT) - 1), st.characters(codec="ascii"))
def test_one_changed_sign_makes_it_no_code_of_ours(place: int, sign: str) -> None:
    changed = NEXT[:place] + sign + NEXT[place + 1 :]
    assert changed == NEXT or parse_sheet_text(changed) is None


@given(st.text(max_size=80))
def test_foreign_texts_are_no_codes_of_ours(text: str) -> None:
    assert parse_sheet_text(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "003095000001||NGUYỄN VĂN MẪU|01011995|Nam|Số 1, Phường Mẫu|01012022",
        "https://example.org/SOHOA1:N::" + NEXT[-4:],
        NEXT + "\n",
        " " + NEXT,
        NEXT.lower(),
        "SOHOA2:N::" + NEXT[-4:],
        "SOHOA1:P:01.001193:AAAA",
    ],
)
def test_codes_of_cards_links_and_near_misses_mean_nothing(text: str) -> None:
    assert parse_sheet_text(text) is None


def test_a_code_of_ours_is_obeyed_on_a_sheet_of_ours_only() -> None:
    on_sheet = judge_sheet(SheetSight(frame_share=1.0, codes=(NEXT,)), NOTHING_MAPPED)
    assert on_sheet.meaning == Meaning(starts=Starts.DOSSIER)
    on_paper = judge_sheet(SheetSight(frame_share=LOOKS_LIKE_OURS - 0.01, codes=(NEXT,)), NOTHING_MAPPED)
    assert (on_paper.meaning, on_paper.flag) == (None, SheetFlag.NOT_A_SHEET)


def test_a_sheet_of_ours_without_a_code_is_flagged() -> None:
    assert judge_sheet(SheetSight(frame_share=0.6), NOTHING_MAPPED).flag is SheetFlag.UNREADABLE


def test_a_sheet_with_a_code_of_a_later_grammar_or_an_unknown_type_is_flagged() -> None:
    later = judge_sheet(SheetSight(frame_share=1.0, codes=("SOHOA2:N::AAAA",)), NOTHING_MAPPED)
    assert later.flag is SheetFlag.UNKNOWN_VALUE
    unknown = sheet_text(SheetKind.TYPE, "khong_co_loai_nay")
    assert judge_sheet(SheetSight(frame_share=1.0, codes=(unknown,)), NOTHING_MAPPED).flag is (
        SheetFlag.UNKNOWN_VALUE
    )


def test_a_sheet_that_says_two_things_is_flagged() -> None:
    codes = (NEXT, sheet_text(SheetKind.PROFILE, "photo"))
    assert judge_sheet(SheetSight(frame_share=1.0, codes=codes), NOTHING_MAPPED).flag is (
        SheetFlag.CONTRADICTORY
    )


def test_a_bought_value_means_what_the_profile_says_and_nothing_else() -> None:
    book = separator_book(
        {PATCH_T: {"starts": "dossier"}, "KS-[0-9]{4}": {"is_pattern": True, "starts": "document"}}
    )
    assert judge_sheet(SheetSight(is_bare=True, has_patch_t=True), book).meaning == Meaning(
        starts=Starts.DOSSIER
    )
    assert judge_sheet(SheetSight(is_bare=True, codes=("KS-0001",)), book).meaning == Meaning(
        starts=Starts.DOCUMENT
    )
    for other in ("KS-00011", "XKS-0001", "893123456789"):
        assert judge_sheet(SheetSight(is_bare=True, codes=(other,)), book) == NO_SEPARATOR
    assert judge_sheet(SheetSight(is_bare=True, has_patch_t=True), NOTHING_MAPPED) == NO_SEPARATOR


def test_a_pattern_takes_the_codes_that_stand_in_the_value() -> None:
    book = separator_book(
        {"HS:(?P<dossier>.+?)(;TT:(?P<procedure>.+))?": {"is_pattern": True, "starts": "dossier"}}
    )
    assert book.meaning_of("HS:H29.119-250701-0001") == Meaning(
        starts=Starts.DOSSIER, dossier_code="H29.119-250701-0001"
    )
    both = book.meaning_of("HS:H29.119-250701-0001;TT:1,001193")
    assert both is not None
    assert both.procedure_code == "1.001193"
    assert book.meaning_of("HS:H29.119-250799-0001") is None
    assert book.meaning_of("H29.119-250701-0001") is None


def test_a_mapped_value_on_a_full_paper_is_flagged_and_kept() -> None:
    book = separator_book({"KS-0001": {"starts": "dossier"}})
    assert judge_sheet(SheetSight(is_bare=False, codes=("KS-0001",)), book).flag is SheetFlag.NOT_A_SHEET


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"starts": "now"},
        {"starts": "dossier", "colour": "red"},
        {"dossier": "H29.119-250701-0001"},
        {"starts": "dossier", "procedure": "x"},
        {"starts": "document", "type": "khong_co"},
        {"starts": "dossier", "is_pattern": "yes"},
        "dossier",
    ],
)
def test_an_entry_that_cannot_be_meant_is_refused_by_name(table: object) -> None:
    with pytest.raises(ConfigurationError, match="BAD_SEPARATOR"):
        separator_book({"KS": table})


def test_a_broken_pattern_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="BAD_SEPARATOR"):
        separator_book({"KS[": {"is_pattern": True, "starts": "dossier"}})


def test_a_pattern_that_names_a_dossier_must_start_one() -> None:
    with pytest.raises(ConfigurationError, match="BAD_SEPARATOR"):
        separator_book({"(?P<dossier>.+)": {"is_pattern": True, "starts": "document"}})
