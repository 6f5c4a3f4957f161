"""The requirements of the field that reuse answers, each by its number."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pytest

from dossiers.case import Case, Channel, Parties, Party, Places
from dossiers.citizens import HolderNumber
from dossiers.confirmed import ConfirmedPaper
from dossiers.consent import Purpose
from dossiers.dossier import DigitizationState
from dossiers.errors import AccessDenied, InputError, RecordError
from dossiers.file_flags import flags_of, reuse_values
from dossiers.national import NOT_CONNECTED, NationalAnswer, NationalStatus
from dossiers.procedures import DataSource
from dossiers.reading import CopyKind
from dossiers.reuse import decide
from dossiers.reuse_case import HeldPaper, ReuseCase, ReuseSlot
from dossiers.reuse_decision import Verdict
from dossiers.reuse_file import load_book
from dossiers.reuse_outcome import Granted, Scan
from dossiers.settling import still_missing
from dossiers.slot import SlotRule
from dossiers.vault import Vault

CLERK = "Trần Thị Cán Bộ"


def test_item_09_each_slot_shows_what_was_found_with_origin_date_and_validity(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    kho.co(giay(loai="giay_to_cho_o", het_han=date(2027, 1, 31), trang=3))
    outcome = kho.o("1.004222", "cho_o").outcome
    assert isinstance(outcome, Granted)
    assert outcome.origin == "H29.119-260105-0001"
    assert outcome.until == date(2027, 1, 31)
    assert outcome.why.vi == (
        "Không phải nộp Giấy tờ chứng minh chỗ ở hợp pháp: đã xác nhận trong hồ sơ H29.119-260105-0001,"
        " còn giá trị đến hết ngày 31/01/2027."
    )


def test_item_09_the_clerk_accepts_or_refuses_with_a_reason(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    kho.co(giay(loai="giay_to_cho_o", trang=3))
    hs = kho.mo_ho_so("1.004222")
    accepted = kho.desk.accept(hs, "cho_o", CLERK)
    assert (accepted.verdict, accepted.page_count) == (Verdict.ACCEPTED, 3)
    with pytest.raises(RecordError, match="NO_REASON"):
        kho.desk.overrule(hs, "cho_o", CLERK, "  ")
    overruled = kho.desk.overrule(hs, "cho_o", CLERK, "bản quét mờ")
    assert (overruled.verdict, overruled.reason, overruled.page_count) == (
        Verdict.OVERRULED,
        "bản quét mờ",
        0,
    )
    with kho.records.transaction() as work:
        assert [each.verdict for each in work.decisions.of_dossier(hs)] == [Verdict.OVERRULED]
        kinds = [event.kind for event in work.events.of_dossier(hs)]
    assert kinds == ["reuse_accepted", "reuse_overruled"]


def test_a_taken_paper_is_asked_for_again_by_undo_without_a_look_at_the_store(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    kho.co(giay(loai="giay_to_cho_o", trang=3))
    hs = kho.mo_ho_so("1.004222")
    kho.desk.accept(hs, "cho_o", CLERK)
    kho.vault.consent(kho.so(), (Purpose.REUSE,), CLERK, is_given=False)  # it may not be looked at any more
    kho.desk.let_go(hs, "cho_o", "Nguyễn Thị Hoà")
    with kho.records.transaction() as work:
        [decision] = work.decisions.of_dossier(hs)
        [step] = work.arrangings.of_dossier(hs)
    assert (decision.verdict, decision.clerk, decision.page_count) == (
        Verdict.OVERRULED,
        "Nguyễn Thị Hoà",
        0,
    )
    assert (step.kind, step.by, step.subject, step.undone_by) == ("reuse", CLERK, "cho_o", "Nguyễn Thị Hoà")


def test_what_the_clerk_took_back_by_its_button_is_not_undone_a_second_time(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    kho.co(giay(loai="giay_to_cho_o"))
    hs = kho.mo_ho_so("1.004222")
    kho.desk.accept(hs, "cho_o", CLERK)
    kho.desk.overrule(hs, "cho_o", CLERK, "bản quét mờ")
    with kho.records.transaction() as work:
        assert [step.is_undone for step in work.arrangings.of_dossier(hs)] == [True]


def test_item_10_an_accepted_slot_is_settled_with_its_source_and_no_longer_missing(
    mo_kho: Any, giay: Any
) -> None:
    kho = mo_kho()
    kho.co(giay(loai="gcn_qsdd", ket_qua=True, thu_tuc="1.012784"))
    hs = kho.mo_ho_so("1.012783")
    decision = kho.desk.accept(hs, "gcn", CLERK)
    assert decision.origin == "H29.119-260105-0001-KQ(1)"
    with kho.records.transaction() as work:
        left = still_missing(work, hs, work.dossiers.slots(hs))
        assert [slot.rule.key for slot in left] == ["don"]


def test_item_10_one_paper_settles_one_slot_only(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    paper_id = kho.co(giay(loai="gcn_ket_hon"))
    answer = kho.hoi("1.115468", is_asking=False)
    users = [s for s in answer.slots if isinstance(s.outcome, Granted) and s.outcome.paper_id == paper_id]
    assert len(users) == 1


def test_item_10_a_slot_that_has_a_choice_leaves_the_paper_that_another_needs(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho(noi=frozenset())
    held = [
        HeldPaper(paper=paper)
        for paper in (_paper(kho, giay(loai="gcn_qsdd")), _paper(kho, giay(loai="giay_to_cho_o")))
    ]
    choosy, single = _slot("a", "gcn_qsdd", "giay_to_cho_o"), _slot("b", "gcn_qsdd")
    outcomes = decide([choosy, single], held, _case(kho), load_book())
    assert [each.is_granted for each in outcomes] == [True, True]


def _paper(kho: Any, made: Any) -> ConfirmedPaper:
    paper_id = kho.co(made)
    with kho.records.transaction() as work:
        found = work.papers.find(paper_id)
    assert found is not None
    return found


def _slot(key: str, *accepts: str) -> ReuseSlot:
    return ReuseSlot(
        rule=SlotRule(key=key, name=key, accepts=accepts, is_required=True, policy="digitize", form="B")
    )


def _case(kho: Any) -> ReuseCase:
    return ReuseCase(
        entries=frozenset({kho.index.of(kho.so())}),
        kinds=frozenset({kho.so().kind}),
        sex="",
        consents=frozenset({Purpose.KEEP, Purpose.REUSE}),
        procedures=frozenset(),
        branch="H29.119",
        day=kho.clock().date(),
        moment=kho.clock(),
    )


def test_item_11_an_unreachable_database_falls_back_to_the_paper_with_cause_and_note(
    mo_kho: Any, caplog: pytest.LogCaptureFixture
) -> None:
    kho = mo_kho()
    with caplog.at_level(logging.WARNING):
        outcome = kho.o("1.004222", "cho_o").outcome
    assert isinstance(outcome, Scan)
    assert outcome.code == "UNREACHABLE"
    assert outcome.note is not None
    assert outcome.note.vi.startswith("Đề nghị ông/bà cập nhật thông tin của mình tại Cơ sở dữ liệu")
    assert "dat_dai: unreachable TIMEOUT" in caplog.text
    assert kho.nguoi not in caplog.text


def test_item_11_each_question_is_put_once(mo_kho: Any, answers: Any) -> None:
    kho = mo_kho(csdl=answers(dan_cu="found", ho_tich="found", dat_dai="found"))
    kho.hoi("1.115468")
    asked = [(question.source, question.papers) for question in kho.register.asked]
    assert len(asked) == len(set(asked))


def test_item_12_consent_counts_per_purpose_from_giving_to_withdrawing(
    mo_kho: Any, giay: Any, gon: Any
) -> None:
    kho = mo_kho(dong_y=(), noi=frozenset())
    kho.co(giay(loai="gcn_qsdd"))
    steps = []
    for purposes, is_given in (
        ([Purpose.KEEP], True),
        ([Purpose.REUSE], True),
        ([Purpose.REUSE], False),
        ([Purpose.REUSE], True),
        ([Purpose.KEEP], False),
    ):
        kho.clock.advance(60)
        kho.vault.consent(kho.so(), purposes, CLERK, is_given=is_given)
        steps.append(gon(kho.o("1.004222", "cho_o")))
    assert steps == [
        "tu_choi:NO_REUSE_CONSENT",
        "duoc:kho",
        "tu_choi:NO_REUSE_CONSENT",
        "duoc:kho",
        "tu_choi:NO_KEEP_CONSENT",
    ]


def test_item_12_without_consent_nothing_can_be_accepted_nor_overruled(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho(dong_y=(), noi=frozenset())
    kho.co(giay(loai="gcn_qsdd"))
    hs = kho.mo_ho_so("1.004222")
    with pytest.raises(AccessDenied, match="NOT_GRANTED"):
        kho.desk.accept(hs, "cho_o", CLERK)
    with pytest.raises(AccessDenied, match="NOT_OVERRULABLE"):
        kho.desk.overrule(hs, "cho_o", CLERK, "người dân nói đồng ý")


def test_item_15_a_copy_is_no_original_but_serves_where_a_copy_is_asked_for(
    mo_kho: Any, giay: Any, gon: Any
) -> None:
    kho = mo_kho(noi=frozenset())
    kho.co(giay(loai="gcn_qsdd", ban=CopyKind.CERTIFIED_COPY))
    assert gon(kho.o("1.012783", "gcn")) == "tu_choi:COPY"
    assert gon(kho.o("2.001035", "gcn")) == "duoc:kho"


def test_item_26_an_old_card_proves_nothing_and_its_number_stays_searchable(
    mo_kho: Any, giay: Any, gon: Any
) -> None:
    kho = mo_kho(noi=frozenset())
    kho.vault.merge(kho.so(), HolderNumber.parse("012345678"), CLERK, "CMND cũ của cùng một người")
    paper_id = kho.co(giay(loai="cmnd", cua="012345678", cap=date(2012, 5, 5)))
    view = kho.vault.show(HolderNumber.parse("012345678"), CLERK)
    assert [held.paper.paper_id for held in view.papers] == [paper_id]
    assert [number.tail for number in view.numbers] == ["150", "678"]
    refusals = kho.desk.explain(kho.so(), "1.004884", "H29.119", CLERK).slots
    assert all(not slot.is_granted for slot in refusals)


def test_item_26_an_old_household_book_proves_nothing_and_stays_in_the_store(
    mo_kho: Any, giay: Any, gon: Any
) -> None:
    kho = mo_kho(noi=frozenset())
    paper_id = kho.co(giay(loai="so_ho_khau", cap=date(2010, 4, 5), thu_tuc="1.004884"))
    assert [held.paper.paper_id for held in kho.vault.show(kho.so(), CLERK).papers] == [paper_id]
    assert gon(kho.o("1.004884", "giay_to_khai_sinh")) == "tu_choi:NO_LONGER_PROOF"


def test_item_27_the_paper_stops_being_offered_the_day_after_its_last(
    mo_kho: Any, giay: Any, gon: Any
) -> None:
    kho = mo_kho(noi=frozenset())
    kho.co(giay(loai="ct07", het_han=date(2026, 12, 1)))
    assert gon(kho.o("1.001193", "cu_tru", on=date(2026, 12, 1))) == "duoc:kho"
    assert gon(kho.o("1.001193", "cu_tru", on=date(2026, 12, 2))) == "tu_choi:EXPIRED"


def test_item_31_revoking_a_result_blocks_reuse_from_that_moment_and_keeps_the_paper(
    mo_kho: Any, giay: Any, gon: Any
) -> None:
    kho = mo_kho(noi=frozenset())
    paper_id = kho.co(giay(loai="giay_khai_sinh", ket_qua=True))
    assert gon(kho.o("1.004222", "quan_he")) == "duoc:ket_qua"
    from_now = kho.clock()
    kho.vault.revoke(paper_id, CLERK, "cấp sai thẩm quyền")
    assert gon(kho.o("1.004222", "quan_he")) == "tu_choi:REVOKED"
    held = kho.vault.show(kho.so(), CLERK).papers[0].paper
    assert held.revoked_at == from_now


def test_item_31_a_revoked_paper_cannot_be_taken_by_overruling(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho(noi=frozenset())
    kho.co(giay(loai="giay_khai_sinh", ket_qua_thu_hoi=True))
    with pytest.raises(AccessDenied, match="NOT_OVERRULABLE"):
        kho.desk.overrule(kho.mo_ho_so("1.004222"), "quan_he", CLERK, "vẫn thấy dùng được")


def test_item_36_the_files_of_a_dossier_carry_their_flags(mo_kho: Any, giay: Any, answers: Any) -> None:
    kho = mo_kho(csdl=answers(dat_dai="found"))
    kho.co(giay(loai="giay_khai_sinh", ket_qua=True))
    hs = kho.mo_ho_so("1.004222")
    kho.desk.accept(hs, "quan_he", CLERK)
    kho.desk.accept(hs, "cho_o", CLERK)
    with kho.records.transaction() as work:
        told = [each.to_portal(reuse_values()) for each in flags_of(work, hs)]
    assert [(t["DuocTaiSuDung"], t["DuocLayTuKhoDMQG"], t["MaKetQuaThayThe"]) for t in told] == [
        (1, False, "H29.119-260105-0001-KQ(1)"),
        (2, False, ""),
    ]


def test_a_disputed_paper_may_be_taken_with_a_reason_and_is_counted_with_its_rule(
    mo_kho: Any, giay: Any
) -> None:
    kho = mo_kho(noi=frozenset())
    kho.co(giay(loai="gcn_qsdd", so_giay="CD 1", trang=4))
    kho.co(giay(loai="gcn_qsdd", so_giay="CD1", cua="003090123456"), "003090123456")
    decision = kho.desk.overrule(kho.mo_ho_so("1.004222"), "cho_o", CLERK, "vợ chồng cùng đứng tên")
    assert (decision.verdict, decision.rule, decision.page_count) == (Verdict.TAKEN_ANYWAY, "DISPUTED", 4)


def test_item_13_the_owner_is_the_authoriser_whoever_brings_the_papers(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    kho.co(giay(loai="gcn_qsdd"))
    hs = kho.mo_ho_so("1.004222", nguoi="003090123456")
    parties = Parties(
        owner=Party(name="Nguyễn Hà Thanh", identifier="003195500150"),
        bearer=Party(name="Người được ủy quyền", identifier="003090123456"),
        authorisation="Giấy ủy quyền",
    )
    case = Case(
        dossier_id=hs,
        variant="",
        channel=Channel.DIRECT,
        places=Places(receiving_point="H29.777", competent_agency="H29.119"),
        parties=parties,
        state="received",
    )
    with kho.records.transaction() as work:
        work.cases.add(case)
    answer = kho.desk.explain_dossier(hs, CLERK)
    assert "cho_o" in [slot.rule.key for slot in answer.granted]
    assert kho.desk.accept(hs, "cho_o", CLERK).branch == "H29.777"


def test_a_complete_dossier_needs_no_paper_that_reuse_settled(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    kho.co(giay(loai="gcn_qsdd"))
    hs = kho.mo_ho_so("1.004222")
    with kho.records.transaction() as work:
        work.dossiers.save(work.dossiers.get(hs).moved(DigitizationState.NEEDS_CLERK))
    kho.desk.accept(hs, "cho_o", CLERK)
    with kho.records.transaction() as work:
        assert work.dossiers.get(hs).state is DigitizationState.NEEDS_CLERK  # CT01 is missing still


def test_an_office_without_a_connection_sends_nobody_to_correct_data(mo_kho: Any) -> None:
    none = NationalAnswer(
        source=DataSource.LAND, status=NationalStatus.UNREACHABLE, adapter="t", cause=NOT_CONNECTED
    )
    outcome = mo_kho(csdl={DataSource.LAND: none}).o("1.004222", "cho_o").outcome
    assert isinstance(outcome, Scan)
    assert outcome.note is None


@pytest.mark.parametrize("text", ["00319550015", "00319550015000", "ABCDEFGHIJ1", "ÀBCDEF1"])
def test_a_malformed_number_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(InputError) as caught:
        HolderNumber.parse(text)
    assert text not in str(caught.value) + caught.value.vi + caught.value.hint


def test_numbers_of_all_kinds_are_told_apart() -> None:
    kinds = [
        HolderNumber.parse(text).kind for text in ("003 195 500150", "012345678", "c1234567", "0100109106")
    ]
    assert kinds == ["dinh_danh", "cmnd", "ho_chieu", "ma_so_thue"]
    assert "500" not in repr(HolderNumber.parse("003195500150"))


def test_a_store_needs_the_name_of_whoever_looks(mo_kho: Any) -> None:
    kho = mo_kho()
    vault: Vault = kho.vault
    with pytest.raises(RecordError, match="NO_CLERK"):
        vault.show(kho.so(), " ")
    with pytest.raises(RecordError, match="HOLDER_UNKNOWN"):
        vault.show(HolderNumber.parse("003190999999"), CLERK)
    vault.show(kho.so(), CLERK)
    events = vault.show(kho.so(), CLERK).events
    assert [(event.act, event.by) for event in events] == [("shown", CLERK), ("shown", CLERK)]
