"""What a clerk sees: Vietnamese dates, markup in data shown as it is, empty values left out."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.page import Page, PageState, Refusal
from dossiers.reading import (
    Box,
    Classification,
    CopyKind,
    Doubt,
    FieldValue,
    Outcome,
    PageReading,
    Source,
)
from dossiers.slot import Slot, SlotRule
from sohoa.cli.report_view import show_report
from sohoa.cli.session import Session
from sohoa.locale.messages import load_messages
from sohoa.report import DossierReport, PageLine
from sohoa.report_json import report_as_json
from sohoa.settings import Settings

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def _field(name: str, value: str | None) -> FieldValue:
    return FieldValue(name=name, raw=value or "", value=value, box=None, confidence=1.0, source=Source.QR)


_PLACE = Box(left=0, top=0, right=9, bottom=9)
_READING = PageReading(
    outcome=Outcome.NEEDS_PERSON,
    classification=Classification(type_id="ct01", confidence=1.0, evidence="", is_first_page=True),
    fields=(),
    text="x",
    page_number=None,
    rotated_degrees=0,
    skew_degrees=0.0,
    confidence=0.5,
    has_seal=False,
    issues=("PARTLY_UNREAD",),
    engine="e",
    pipeline_version="1",
    seconds=1.0,
    doubts=(
        Doubt(text="Nguyên", alternatives=("Nguyễn", "Nguyện"), box=_PLACE, confidence=0.4),
        Doubt(text="0030[9]", alternatives=(), box=_PLACE, confidence=0.3),
    ),
)


def _report() -> DossierReport:
    card = Document(
        document_id="doc",
        dossier_id="d",
        ordinal=1,
        type_id="cccd_front",
        page_ids=("p1", "p2"),
        confidence=0.99,
        evidence="",
        copy_kind=CopyKind.UNKNOWN,
        fields=(
            _field("birth_date", "1990-12-31"),
            _field("person_name", "[red]Nguyễn[/red]"),
            _field("old_number", None),
            replace(_field("mother_name", "Nguyên Thị Hoa"), alternatives=("Nguyễn Thị Hoa",)),
        ),
        issues=("QR_DISAGREES",),
    )
    pages = tuple(
        PageLine(
            page=Page(
                page_id=f"p{n}",
                dossier_id="d",
                file_id="f",
                original_key="k",
                index=0,
                number=n,
                state=PageState.QUARANTINED,
            ),
            file_name="[bold]a.jpg",
            reading=reading,
            artefact_key=None,
        )
        for n, reading in ((1, None), (2, None), (3, _READING))
    )
    rule = SlotRule(key="a", name="Tờ khai", accepts=("ct01",), is_required=True, policy="digitize")
    return DossierReport(
        dossier=Dossier(
            dossier_id="d",
            code="H29-261122-0001",
            intake_key="k",
            procedure_code="1.001193",
            citizen_number=None,
            title="Hồ sơ [thử]",
            opened_at=NOW,
        ),
        procedure_name="Đăng ký khai sinh",
        files=(),
        refusals=(
            Refusal(
                dossier_id="d", receipt_key="r", name="b.jpg", code="DAMAGED", object_key=None, refused_at=NOW
            ),
        ),
        pages=pages,
        documents=(card,),
        slots=(Slot(rule=rule, document_id=None),),
        reused={},
        open_tasks=0,
    )


@pytest.fixture
def shown():
    def show(language: str, report: DossierReport | None = None) -> str:
        out = Console(file=io.StringIO(), width=160)
        session = Session(
            settings=Settings(data_dir=Path("x"), workers=1),
            messages=load_messages(language),
            out=out,
            err=out,
            verbose=False,
        )
        show_report(session, report or _report(), brief=False)
        return out.file.getvalue()

    return show


def test_dates_are_written_as_people_write_them(shown):
    assert "31/12/1990" in shown("vi")
    assert "1990-12-31" in shown("en")


def test_markup_in_data_is_shown_as_it_is(shown):
    text = shown("vi")
    assert "[red]Nguyễn[/red]" in text
    assert "[bold]a.jpg" in text


def test_a_whole_card_is_called_by_neither_side(shown):
    assert "1. Căn cước công dân " in shown("vi")
    assert "mặt trước" not in shown("vi")


def test_what_is_missing_refused_or_unreadable_is_told(shown):
    text = shown("vi")
    assert "Còn thiếu: Tờ khai" in text
    assert "b.jpg – DAMAGED" in text
    assert "cách ly: không đọc được" in text
    assert "mã QR khác phần in" in text


def test_a_slot_that_reuse_settled_is_shown_with_its_source_and_not_missing(shown):
    text = shown("vi", replace(_report(), reused={"a": "H29.119-261122-0001-KQ(1)"}))
    assert "KHÔNG PHẢI NỘP: H29.119-261122-0001-KQ(1)" in " ".join(text.split())
    assert "Không thiếu thành phần bắt buộc nào." in text
    assert "Thiếu thành phần" not in text


def test_an_empty_value_is_left_out(shown):
    assert "Số CMND cũ" not in shown("vi")


def test_doubtful_names_and_numbers_are_told_with_what_they_may_be(shown):
    text = shown("vi")
    assert "Nguyên Thị Hoa (có thể là Nguyễn Thị Hoa)" in " ".join(text.split())
    assert "tr. 3: Nguyên: có thể là Nguyễn hoặc Nguyện; 0030[9]: đọc chưa chắc" in text
    assert "p. 3: Nguyên: perhaps Nguyễn or Nguyện; 0030[9]: not surely read" in shown("en")


def test_a_page_that_a_person_must_see_is_told(shown):
    text = " ".join(shown("vi").split())
    assert "cần người xem, có phần" in text


def test_json_holds_alternatives_and_doubts():
    report = report_as_json(_report())
    (document,) = report["documents"]
    named = {field["name"]: field["alternatives"] for field in document["fields"]}
    assert named["mother_name"] == ["Nguyễn Thị Hoa"]
    assert [doubt["text"] for doubt in report["pages"][2]["doubts"]] == ["Nguyên", "0030[9]"]


def test_why_a_paper_is_where_it_is_stands_in_the_view_and_in_json(shown):
    assert "Thiếu thành phần 1: Tờ khai." in shown("vi")
    assert "Thừa: Căn cước công dân; thủ tục không có thành phần nào nhận loại này." in shown("vi")
    assert "Surplus: Citizen identity card; no component" in shown("en")
    missing, surplus = report_as_json(_report())["explanations"]
    assert (missing["standing"], missing["slot"], missing["document"]) == ("missing", "a", None)
    assert (surplus["standing"], surplus["slot"], surplus["document"]) == ("other", None, 1)
    assert surplus["vi"].startswith("Thừa: ")


def _report_with_two_names() -> DossierReport:
    """The card's number stands on a form too, beside another name; the form is page 3."""
    report = _report()
    (card,) = report.documents
    number = _field("personal_number", "003090123456")
    names = (_field("member[1].personal_number", "003090123456"), _field("member[1].name", "Lê Hoa"))
    form = replace(
        card, document_id="form", ordinal=2, type_id="ct01", page_ids=("p3",), fields=names, issues=()
    )
    pages = (*report.pages[:2], replace(report.pages[2], reading=replace(_READING, fields=names)))
    card = replace(card, fields=(*card.fields, number))
    return replace(report, documents=(card, form), pages=pages)


def test_what_two_papers_say_differently_is_told_with_both_places(shown):
    report = _report_with_two_names()
    text = " ".join(shown("vi", report).split())
    assert "Họ tên của cùng một người khác nhau: [red]Nguyễn[/red] (1. Căn cước công dân, Họ và tên)" in text
    assert "– Lê Hoa (2. Tờ khai thay đổi thông tin cư trú (CT01), tr. 3, Thành viên 1: Họ và tên)" in text
    assert "Names of one person differ: " in shown("en", report)
    (remark,) = report_as_json(report)["remarks"]
    assert remark["kind"] == "NAMES_DIFFER"
    assert remark["places"][1] == {
        "document": 2,
        "page": 3,
        "field": "member[1].name",
        "value": "Lê Hoa",
    }
