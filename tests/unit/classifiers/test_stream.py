from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from classifiers.stream import StreamSegmenter
from dossiers.reading import Classification, CopyKind, FieldValue, Outcome, PageReading, Source

Reading = Callable[..., PageReading]


@pytest.fixture
def reading() -> Reading:
    def make(type_id: str, *, first: bool = True, **other: Any) -> PageReading:
        given: dict[str, Any] = {
            "outcome": Outcome.BLANK if type_id == "blank" else Outcome.READ,
            "fields": (),
            "text": "" if type_id == "blank" else "chữ trên trang",
            "page_number": None,
            **other,
        }
        copy_kind = given.pop("copy_kind", CopyKind.UNKNOWN)
        return PageReading(
            classification=Classification(
                type_id=type_id, confidence=0.9, evidence=type_id, is_first_page=first, copy_kind=copy_kind
            ),
            rotated_degrees=0,
            skew_degrees=0.0,
            confidence=0.9,
            has_seal=False,
            issues=(),
            engine="none",
            pipeline_version="0",
            seconds=0.0,
            **given,
        )

    return make


def _value(name: str, value: str | None, source: Source, confidence: float = 0.9) -> FieldValue:
    return FieldValue(name=name, raw=value or "", value=value, box=None, confidence=confidence, source=source)


def _cut(readings: list[PageReading]) -> list[tuple[str, tuple[int, ...]]]:
    return [(each.type_id, each.positions) for each in StreamSegmenter().assemble(readings)]


def test_front_and_back_are_one_card_in_either_order(reading: Reading) -> None:
    front, back = reading("cccd_front"), reading("cccd_back", first=False)
    assert _cut([front, back]) == [("cccd_front", (0, 1))]
    assert _cut([back, front]) == [("cccd_front", (1, 0))]


def test_two_cards_in_a_row_stay_two(reading: Reading) -> None:
    front, back = reading("cccd_front"), reading("cccd_back", first=False)
    assert _cut([front, back, front, back]) == [("cccd_front", (0, 1)), ("cccd_front", (2, 3))]


def test_sides_of_different_kinds_or_people_are_not_joined(reading: Reading) -> None:
    mine = (_value("personal_number", "003090123456", Source.QR),)
    other = (_value("personal_number", "003190000001", Source.MRZ),)
    pages = [reading("cccd_front", fields=mine), reading("cccd_back", first=False, fields=other)]
    assert len(_cut(pages)) == 2
    assert len(_cut([reading("cccd_front"), reading("can_cuoc_back", first=False)])) == 2


def test_sides_that_lie_apart_are_joined_by_their_number(reading: Reading) -> None:
    mine = (_value("personal_number", "003090123456", Source.QR),)
    zone = (_value("personal_number", "003090123456", Source.MRZ),)
    pages = [
        reading("cccd_front", fields=mine),
        reading("giay_khai_sinh"),
        reading("cccd_back", first=False, fields=zone),
    ]
    assert _cut(pages) == [("cccd_front", (0, 2)), ("giay_khai_sinh", (1,))]


def test_a_lone_side_is_a_document_that_says_what_is_missing(reading: Reading) -> None:
    (front,) = StreamSegmenter().assemble([reading("cccd_front")])
    (back,) = StreamSegmenter().assemble([reading("can_cuoc_back", first=False)])
    assert "BACK_MISSING" in front.issues
    assert back.type_id == "can_cuoc_front"
    assert "FRONT_MISSING" in back.issues


def test_blank_backs_follow_the_page_before_them(reading: Reading) -> None:
    pages = [reading("blank"), reading("ct01"), reading("blank"), reading("giay_khai_sinh"), reading("blank")]
    assert _cut(pages) == [("ct01", (0, 1, 2)), ("giay_khai_sinh", (3, 4))]


def test_a_stack_of_blanks_is_one_blank_document(reading: Reading) -> None:
    assert _cut([reading("blank"), reading("blank")]) == [("blank", (0, 1))]
    assert _cut([]) == []


def test_a_contract_keeps_its_later_pages(reading: Reading) -> None:
    pages = [
        reading("hop_dong_chuyen_quyen", page_number=1),
        reading("hop_dong_chuyen_quyen", first=False, page_number=2),
        reading("unknown", first=False, page_number=3),
        reading("giay_khai_sinh"),
    ]
    assert _cut(pages) == [("hop_dong_chuyen_quyen", (0, 1, 2)), ("giay_khai_sinh", (3,))]


def test_later_pages_of_a_decision_look_like_any_official_text(reading: Reading) -> None:
    pages = [reading("quyet_dinh"), reading("van_ban_khac", first=False)]
    assert _cut(pages) == [("quyet_dinh", (0, 1))]


def test_a_page_without_head_does_not_follow_a_paper_of_one_page(reading: Reading) -> None:
    pages = [reading("giay_khai_sinh"), reading("unknown", first=False)]
    assert _cut(pages) == [("giay_khai_sinh", (0,)), ("unknown", (1,))]


def test_a_page_with_a_head_of_its_own_opens_a_document(reading: Reading) -> None:
    pages = [reading("hop_dong_chuyen_quyen"), reading("unknown", first=True)]
    assert len(_cut(pages)) == 2


def test_page_number_one_never_continues(reading: Reading) -> None:
    pages = [reading("van_ban_khac"), reading("van_ban_khac", first=False, page_number=1)]
    assert len(_cut(pages)) == 2


def test_the_better_source_wins_and_a_disagreement_is_reported(reading: Reading) -> None:
    fields = (
        _value("personal_number", "003090123456", Source.QR, 1.0),
        _value("personal_number", "003090123466", Source.OCR, 0.99),
    )
    (card,) = StreamSegmenter().assemble([reading("cccd_front", fields=fields)])
    assert [value.value for value in card.fields] == ["003090123456"]
    assert "QR_DISAGREES" in card.issues


def test_names_that_differ_in_tones_do_not_disagree(reading: Reading) -> None:
    fields = (
        _value("person_name", "Nguyễn Văn Mẫu", Source.QR),
        _value("person_name", "NGUYÊN VÃN MÂU", Source.OCR),
        _value("mrz_name", "NGUYEN VAN MAU", Source.MRZ),
    )
    (card,) = StreamSegmenter().assemble([reading("cccd_front", fields=fields)])
    assert not {"QR_DISAGREES", "MRZ_DISAGREES"} & set(card.issues)


def test_a_zone_of_somebody_else_is_reported(reading: Reading) -> None:
    fields = (
        _value("birth_date", "1990-01-01", Source.MRZ),
        _value("birth_date", "1990-01-02", Source.OCR),
    )
    (card,) = StreamSegmenter().assemble([reading("cccd_back", first=False, fields=fields)])
    assert "MRZ_DISAGREES" in card.issues


def test_an_empty_value_yields_to_a_found_one(reading: Reading) -> None:
    fields = (_value("issue_date", None, Source.QR), _value("issue_date", "2020-01-02", Source.OCR))
    (paper,) = StreamSegmenter().assemble([reading("ct07", fields=fields)])
    assert paper.fields[0].value == "2020-01-02"


def test_old_identity_papers_are_marked(reading: Reading) -> None:
    assert "NO_LONGER_VALID" in StreamSegmenter().assemble([reading("cmnd")])[0].issues


def test_a_copy_mark_on_any_page_marks_the_document(reading: Reading) -> None:
    pages = [
        reading("quyet_dinh", copy_kind=CopyKind.ORIGINAL),
        reading("van_ban_khac", first=False, copy_kind=CopyKind.CERTIFIED_COPY),
    ]
    assert StreamSegmenter().assemble(pages)[0].copy_kind is CopyKind.CERTIFIED_COPY


def test_a_page_without_any_legible_word_stays_with_the_open_document(reading: Reading) -> None:
    dirty = reading("unknown", outcome=Outcome.NEEDS_PERSON, text="")
    pages = [
        reading("hop_dong_chuyen_quyen", page_number=1),
        dirty,
        reading("hop_dong_chuyen_quyen", first=False, page_number=2),
    ]
    (contract,) = StreamSegmenter().assemble(pages)
    assert contract.positions == (0, 1, 2)
    assert "PAGE_NEEDS_PERSON" in contract.issues
