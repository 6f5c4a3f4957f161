"""Which document fills which slot, and what the clerk is told about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossiers.document import Document, DocumentState
from dossiers.reading import CopyKind, FieldValue, Source
from dossiers.slot import Slot, SlotRule, missing, other_papers
from dossiers.slot_explanation import SlotStanding, explain_slots
from dossiers.slot_filling import fill_slots

OWNER, OTHER = "003190123456", "003090123456"
CARDS = ("can_cuoc_front", "cccd_front", "ho_chieu")


def _rule(key: str, accepts: tuple[str, ...], **change: object) -> SlotRule:
    plain = SlotRule(key=key, name=f"Thành phần {key}", accepts=accepts, is_required=True, policy="digitize")
    return replace(plain, **change)  # type: ignore[arg-type]


def _field(name: str, value: str) -> FieldValue:
    return FieldValue(name=name, raw=value, value=value, box=None, confidence=1.0, source=Source.QR)


def _paper(ordinal: int, type_id: str, number: str = "", **change: object) -> Document:
    plain = Document(
        document_id=f"d{ordinal}",
        dossier_id="d",
        ordinal=ordinal,
        type_id=type_id,
        page_ids=(f"p{ordinal}",),
        confidence=0.9,
        evidence="",
        copy_kind=CopyKind.UNKNOWN,
        fields=(_field("personal_number", number),) if number else (),
        issues=(),
    )
    return replace(plain, **change)  # type: ignore[arg-type]


def _filled(slots: tuple[Slot, ...]) -> list[str | None]:
    return [slot.document_id for slot in slots]


def test_a_paper_that_two_slots_take_goes_where_the_whole_checklist_is_best() -> None:
    rules = [_rule("a", ("giay_khai_sinh", "ct01")), _rule("b", ("giay_khai_sinh",))]
    papers = [_paper(1, "giay_khai_sinh"), _paper(2, "ct01")]
    assert _filled(fill_slots(rules, papers)) == ["d2", "d1"]


def test_a_required_slot_comes_before_an_optional_one_that_stands_first() -> None:
    rules = [_rule("a", ("ct01",), is_required=False), _rule("b", ("hoc_ba", "ct01"))]
    assert _filled(fill_slots(rules, [_paper(1, "ct01")])) == [None, "d1"]


def test_a_paper_that_may_not_be_asked_for_is_placed_last() -> None:
    rules = [_rule("a", ("ct07",), policy="already_shared", is_required=False)]
    rules.append(_rule("b", ("ct07",), is_required=False))
    assert _filled(fill_slots(rules, [_paper(1, "ct07")])) == [None, "d1"]


def test_the_card_of_the_owner_is_preferred_to_one_that_came_first() -> None:
    papers = [_paper(1, "can_cuoc_front", OTHER), _paper(2, "cccd_front", OWNER)]
    assert _filled(fill_slots([_rule("a", CARDS)], papers, owner_number=OWNER)) == ["d2"]
    assert _filled(fill_slots([_rule("a", CARDS)], papers)) == ["d1"]


def test_his_card_and_her_card_go_to_their_own_slots_in_whatever_order() -> None:
    rules = [_rule("nam", CARDS, holder_sex="Nam"), _rule("nu", CARDS, holder_sex="Nữ")]
    hers, his = _paper(1, "cccd_front", OWNER), _paper(2, "cccd_front", OTHER)
    assert _filled(fill_slots(rules, [hers, his])) == ["d2", "d1"]
    by_print = replace(hers, fields=(_field("sex", "Nữ"),))
    assert _filled(fill_slots(rules, [by_print])) == [None, "d1"]


def test_a_second_card_of_the_same_sex_does_not_fill_the_other_slot() -> None:
    rules = [_rule("nam", CARDS, holder_sex="Nam"), _rule("nu", CARDS, holder_sex="Nữ")]
    papers = [_paper(1, "cccd_front", OWNER), _paper(2, "cccd_front", "003191123457")]
    slots = fill_slots(rules, papers)
    assert _filled(slots) == [None, "d1"]
    assert [slot.rule.key for slot in missing(slots)] == ["nam"]
    assert [paper.document_id for paper in other_papers(slots, papers)] == ["d2"]


@pytest.mark.parametrize(("form", "expected"), [("B", "d1"), ("C", "d2"), ("", "d1")])
def test_original_or_copy_is_taken_as_the_component_asks(form: str, expected: str) -> None:
    papers = [
        _paper(1, "giay_khai_sinh", copy_kind=CopyKind.ORIGINAL),
        _paper(2, "giay_khai_sinh", copy_kind=CopyKind.CERTIFIED_COPY),
    ]
    assert _filled(fill_slots([_rule("a", ("giay_khai_sinh",), form=form)], papers)) == [expected]


@pytest.mark.parametrize(
    "worse",
    [
        {"issues": ("BACK_MISSING",)},
        {"issues": ("NO_LONGER_VALID",)},
        {"confidence": 0.6},
        {"fields": (_field("issue_date", "2015-01-01"),)},
    ],
)
def test_whole_valid_sure_and_newer_papers_are_preferred(worse: dict[str, object]) -> None:
    better = _paper(2, "cccd_front", fields=(_field("issue_date", "2023-01-01"),))
    assert _filled(fill_slots([_rule("a", CARDS)], [_paper(1, "cccd_front", **worse), better])) == ["d2"]


def test_equal_papers_are_placed_in_the_order_of_the_dossier() -> None:
    rules = [_rule("a", ("ct01",)), _rule("b", ("ct01",))]
    assert _filled(fill_slots(rules, [_paper(n, "ct01") for n in (3, 1, 2)])) == ["d1", "d2"]


def test_unsure_unknown_withdrawn_and_blank_papers_fill_nothing() -> None:
    rules = [_rule("a", ("ct01", "unknown", "blank"))]
    papers = [
        _paper(1, "ct01", confidence=0.4),
        _paper(2, "unknown"),
        _paper(3, "ct01", state=DocumentState.WITHDRAWN),
        _paper(4, "blank"),
    ]
    assert _filled(fill_slots(rules, papers)) == [None]


def test_what_a_clerk_pinned_confirmed_or_took_away_stays() -> None:
    rules = [_rule("a", ("ct01",)), _rule("b", ("ct01",)), _rule("c", ("ct01",))]
    papers = [
        _paper(1, "ct01"),
        _paper(2, "gcn_qsdd"),
        _paper(3, "ct01", state=DocumentState.CONFIRMED),
    ]
    present = [
        Slot(rule=rules[0], document_id="d2", is_pinned=True),
        Slot(rule=rules[1], document_id=None, is_pinned=True),
        Slot(rule=rules[2], document_id="d3"),
    ]
    slots = fill_slots(rules, papers, present=present)
    assert _filled(slots) == ["d2", None, "d3"]
    assert [slot.is_pinned for slot in slots] == [True, True, False]


def test_a_pin_ends_with_its_document_and_with_its_component() -> None:
    rule = _rule("a", ("ct01",))
    gone = Slot(rule=rule, document_id="d9", is_pinned=True)
    assert _filled(fill_slots([rule], [_paper(1, "ct01")], present=[gone])) == ["d1"]
    assert fill_slots([], [_paper(1, "ct01")], present=[gone]) == ()


def test_every_choice_is_told_in_one_sentence() -> None:
    rules = [
        _rule("to_khai", ("ct01",)),
        _rule("khai_sinh", ("giay_khai_sinh", "giay_khai_sinh_ban_sao"), form="B"),
        _rule("the", CARDS, is_required=False, policy="present_only"),
        _rule("dat", ("gcn_qsdd",)),
    ]
    papers = [
        _paper(1, "ct01"),
        _paper(2, "giay_khai_sinh_ban_sao", copy_kind=CopyKind.EXTRACT_COPY),
        _paper(3, "cccd_front", OWNER, page_ids=("p3", "p4")),
        _paper(4, "cccd_front", OTHER),
        _paper(5, "giay_uy_quyen"),
        _paper(6, "unknown"),
        _paper(7, "blank"),
    ]
    slots = fill_slots(rules, papers, owner_number=OWNER)
    told = explain_slots(slots, papers, OWNER)
    assert [each.vi for each in told] == [
        "Tờ khai thay đổi thông tin cư trú (CT01) đáp ứng thành phần 1: Thành phần to_khai.",
        "Giấy khai sinh (bản sao) đáp ứng thành phần 2: Thành phần khai_sinh; là giấy tờ được chấp nhận thay "
        "cho giấy khai sinh; thành phần này cần bản chính, cần đối chiếu.",
        "Căn cước công dân đáp ứng thành phần 3: Thành phần the; mang số định danh của chủ hồ sơ.",
        "Thiếu thành phần 4: Thành phần dat.",
        "Thừa: Căn cước công dân (mặt trước); thành phần 3 đã có căn cước công dân.",
        "Thừa: Giấy ủy quyền; thủ tục không có thành phần nào nhận loại này.",
        "Thừa: Chưa rõ loại giấy tờ; chưa rõ loại giấy tờ, cần cán bộ xem.",
    ]
    assert [each.standing for each in told] == [SlotStanding.FILLS] * 3 + [SlotStanding.MISSING] + [
        SlotStanding.OTHER
    ] * 3
    assert told[3].en.startswith("Missing component 4")
    assert all(each.en.endswith(".") for each in told)


def test_what_may_be_the_missing_paper_is_told() -> None:
    rules, papers = [_rule("dat", ("gcn_qsdd",))], [_paper(3, "gcn_qsdd", confidence=0.4)]
    missing_one, surplus = explain_slots(fill_slots(rules, papers), papers)
    assert missing_one.vi == (
        "Thiếu thành phần 1: Thành phần dat; có thể là giấy tờ số 3 nhưng chưa chắc chắn, cần cán bộ xem."
    )
    assert surplus.vi.endswith("chưa chắc chắn về loại giấy tờ, cần cán bộ xem.")


@pytest.mark.parametrize("placed", ["d1", None])
def test_what_a_clerk_did_is_told(placed: str | None) -> None:
    rules, papers = [_rule("a", ("ct01",))], [_paper(1, "ct01")]
    (told,) = explain_slots([Slot(rule=rules[0], document_id=placed, is_pinned=True)], papers)[-1:]
    assert ("do cán bộ chọn" if placed else "cán bộ đã bỏ khỏi thành phần 1") in told.vi


def test_item_23_a_slot_takes_one_document_and_surplus_goes_to_the_other_papers() -> None:
    rules = [_rule("a", ("ct01",)), _rule("b", ("giay_khai_sinh",)), _rule("c", ("ct07",), is_required=False)]
    papers = [_paper(1, "ct01"), _paper(2, "ct01"), _paper(3, "ct01")]
    slots = fill_slots(rules, papers)
    assert _filled(slots) == ["d1", None, None]
    assert [each.document_id for each in other_papers(slots, papers)] == ["d2", "d3"]
    assert [slot.rule.key for slot in missing(slots)] == ["b"]
