"""Counting what was not asked for: by procedure, point and week, and the rates of QĐ 766."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from dossiers.counting import count, week_of
from dossiers.coverage import Uncaptured, Why
from dossiers.dossier import DigitizationState
from dossiers.slot import Slot, SlotRule

CLERK = "Trần Thị Cán Bộ"
DAY = date(2026, 11, 27)


def test_papers_and_pages_are_counted_by_procedure_point_and_week(
    mo_kho: Any, giay: Any, answers: Any
) -> None:
    kho = mo_kho(csdl=answers(dat_dai="found"))
    kho.co(giay(loai="giay_khai_sinh", ket_qua=True, trang=2))
    hs = kho.mo_ho_so("1.004222")
    kho.desk.accept(hs, "quan_he", CLERK)
    kho.desk.accept(hs, "cho_o", CLERK)
    figures = count(kho.records, DAY, DAY, lambda _: True)
    assert [(s.procedure_code, s.branch, s.week, s.papers, s.pages, s.dossiers) for s in figures.saved] == [
        ("1.004222", "H29.119", "2026-W48", 2, 3, 1)
    ]
    assert (figures.papers, figures.pages) == (2, 3)


def test_item_35_the_rates_follow_the_official_formulas(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    kho.co(giay(loai="gcn_qsdd"))  # opens a dossier of 1.001193
    with_reuse, without = kho.mo_ho_so("1.004222"), kho.mo_ho_so("1.004222")
    kho.mo_ho_so("2.000815")
    kho.desk.accept(with_reuse, "cho_o", CLERK)
    with kho.records.transaction() as work:
        work.dossiers.save(work.dossiers.get(without).moved(DigitizationState.COMPLETE))
    figures = count(kho.records, DAY, DAY, lambda dossier: dossier.procedure_code == "1.004222")
    assert (figures.reuse.numerator, figures.reuse.denominator) == (1, 2)
    assert (figures.digitized.numerator, figures.digitized.denominator) == (1, 4)
    assert (figures.cut.numerator, figures.cut.denominator) == (1, 3)


def test_an_overruled_proposal_saves_nothing_and_is_counted_as_such(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    kho.co(giay(loai="gcn_qsdd"))
    hs = kho.mo_ho_so("1.004222")
    kho.desk.accept(hs, "cho_o", CLERK)
    kho.desk.overrule(hs, "cho_o", CLERK, "bản quét mờ")
    figures = count(kho.records, DAY, DAY, lambda _: True)
    assert (figures.papers, figures.overruled, figures.reuse.numerator) == (0, 1, 0)


def test_without_dossiers_a_rate_is_unknown_and_not_zero(mo_kho: Any) -> None:
    figures = count(mo_kho().records, DAY, DAY, lambda _: True)
    assert (figures.reuse.value, figures.cut.value, figures.digitized.value) == (None, None, None)


def test_days_and_weeks_are_those_of_viet_nam() -> None:
    assert week_of(datetime(2026, 11, 29, 16, 59, tzinfo=UTC)) == "2026-W48"
    assert week_of(datetime(2026, 11, 29, 17, 0, tzinfo=UTC)) == "2026-W49"
    assert week_of(datetime(2027, 1, 1, 3, 0, tzinfo=UTC)) == "2026-W53"


def test_item_14_every_component_without_image_is_listed_with_its_policy(mo_kho: Any, giay: Any) -> None:
    kho = mo_kho()
    kho.co(giay(loai="gcn_qsdd"))
    hs = kho.mo_ho_so("1.004222")
    kho.desk.accept(hs, "cho_o", CLERK)
    slots = [
        _slot("to_khai", "digitize", document_id="d1"),
        _slot("anh", "capture_only"),
        _slot("cho_o", "digitize"),
        _slot("the", "present_only"),
        _slot("mat", "forbidden"),
        _slot("them", "digitize", is_required=False),
    ]
    with kho.records.transaction() as work:
        work.dossiers.set_slots(hs, slots)
    coverage = count(kho.records, DAY, DAY, lambda _: True).coverage
    assert (coverage.captured, coverage.due) == (1, 2)
    assert coverage.exceptions == tuple(
        Uncaptured(procedure_code="1.004222", component=name, policy=policy, why=why, dossiers=1)
        for name, policy, why in [
            ("anh", "capture_only", Why.MISSING),
            ("cho_o", "digitize", Why.REUSED),
            ("mat", "forbidden", Why.POLICY),
            ("the", "present_only", Why.POLICY),
        ]
    )


def _slot(key: str, policy: str, *, document_id: str | None = None, is_required: bool = True) -> Slot:
    rule = SlotRule(key=key, name=key, accepts=(), is_required=is_required, policy=policy)
    return Slot(rule=rule, document_id=document_id)
