"""Dashboard, waiting room, weekly report and tasks, as a manager sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from dossiers.dossier import DigitizationState
from dossiers.events import Event, EventKind
from dossiers.page import PageState
from dossiers.permissions import Permission
from dossiers.reports.report_week import ReportWeek
from dossiers.reports.ticket_desk import TicketDesk
from dossiers.tasks import Priority
from dossiers.testing import FixedClock, MemoryRecordStore
from reception.frame.person import Person
from reception.reports.charts import bar_chart
from reception.services import DeskServices
from sohoa.bootstrap import Application
from sohoa.clock import utc_now

from .read_dossier import add_read_dossier
from .shared_desk import SharedApp

MANAGER = Person(
    account_id="m1",
    name="Lê Văn Chủ Nhiệm",
    role="manager",
    branch="H29.119",
    within=(),
    permissions=frozenset(each.value for each in Permission),
)
HOSTILE = "<script>alert(1)</script>{{7*7}}=1+1"


@pytest.fixture
def manager(open_app: SharedApp, services: DeskServices) -> Iterator[TestClient[Litestar]]:
    """Everybody is the manager."""
    with open_app.client(services, MANAGER) as asked:
        yield asked


def test_the_weekly_report_goes_from_draft_to_signature(
    manager: TestClient[Litestar], application: Application
) -> None:
    add_read_dossier(application)
    week = ReportWeek.at(utc_now())
    base = f"/reports/weekly/{week}"
    assert str(week) in manager.get("/reports").text
    assert "BẢN DỰ THẢO" in manager.get(base).text
    assert manager.get(base + "/xlsx").status_code == 200
    with application.records.transaction() as work:
        assert work.reports.newest("H29.119", str(week)) is None  # looking writes nothing
    said = {"difficulties": HOSTILE, "proposals": "Không", "act": "sign", "version": "99"}
    assert manager.post(base + "/write", data=said).status_code == 409
    answer = manager.post(base + "/write", data={**said, "version": "0"})
    assert answer.status_code == 200
    assert "Người ký: Lê Văn Chủ Nhiệm" in answer.text
    assert "<script>alert" not in answer.text
    assert "<textarea" not in answer.text
    with application.records.transaction() as work:
        signed = work.reports.newest("H29.119", str(week))
    assert signed is not None
    assert (signed.figures.received, signed.written.difficulties) == (1, HOSTILE)
    assert manager.post(base + "/write", data=said | {"version": ""}).status_code == 409
    sheet = manager.get(base + "/xlsx")
    assert sheet.headers["content-disposition"].startswith('attachment; filename="bao-cao-tuan-H29.119-')
    cells = [
        cell.value for row in openpyxl.load_workbook(BytesIO(sheet.content)).worksheets[0] for cell in row
    ]
    assert HOSTILE in cells
    assert "điều chỉnh lần 1" in manager.post(base + "/revise").text


def test_the_clock_of_a_ticket_changes_its_colour_at_12_18_and_20_minutes(
    open_app: SharedApp, idle_services: DeskServices
) -> None:
    clock = FixedClock(datetime(2026, 11, 27, 2, tzinfo=UTC))
    tickets = TicketDesk(records=MemoryRecordStore(), clock=clock)
    tickets.take(MANAGER.branch)
    seen = []
    with open_app.client(replace(idle_services, tickets=tickets), MANAGER) as client:
        for seconds in (719, 1, 359, 1, 119, 1):
            clock.advance(seconds)
            page = client.get("/waiting").text
            seen += re.findall(r'class="clock" data-state="(\w+)" data-since', page)
    assert seen == ["calm", "amber", "amber", "red", "red", "over"]
    assert "<span data-figure>20:00</span>" in page
    assert "quá 20 phút" in page


def test_the_waiting_room_takes_calls_and_ends_tickets(
    manager: TestClient[Litestar], application: Application
) -> None:
    assert "chưa có ai lấy số" in manager.get("/waiting").text
    manager.post("/waiting/take")
    assert "đang chờ" in manager.post("/waiting/take").text
    assert "đã gọi: Quầy 2" in manager.post("/waiting/call").text
    with application.records.transaction() as work:
        first = work.tickets.taken_between(utc_now().replace(year=2020), utc_now(), "H29.119")[0]
    assert manager.post(f"/waiting/{first.ticket_id}/left").status_code == 409
    assert "đã gọi" not in manager.post(f"/waiting/{first.ticket_id}/served").text
    assert manager.post("/waiting/none/served").status_code == 400
    assert '<desc id="hours-text">' in manager.get("/reports").text


def test_a_stuck_page_says_why_and_is_read_again(
    manager: TestClient[Litestar], application: Application
) -> None:
    assert "không có trang nào bị kẹt" in manager.get("/tasks").text
    add_read_dossier(application)
    with application.records.transaction() as work:
        page = work.pages.get("p1")
        stuck = replace(page, page_id="p9", number=2, revision=0, version=0)
        work.pages.add(replace(stuck, state=PageState.QUARANTINED, document_id=None))
        work.events.append(
            Event(
                kind=EventKind.PAGE_QUARANTINED,
                dossier_id="d1",
                subject_id="p9",
                at=utc_now(),
                detail="TIMEOUT",
            )
        )
    shown = manager.get("/tasks").text
    assert "Đọc quá lâu nên đã dừng." in shown
    assert "/tasks/page/p9/retry" in shown
    answer = manager.post("/tasks/page/p9/retry")
    assert "Đọc quá lâu" not in answer.text
    assert "0/2" not in answer.text
    assert "1/2" in answer.text
    with application.records.transaction() as work:
        due = work.tasks.due(utc_now(), limit=5)
        assert [(each.subject_id, each.priority) for each in due] == [("p9", Priority.COUNTER)]
    assert manager.post("/tasks/page/p9/retry").status_code == 409
    assert "tạm dừng" in manager.post("/tasks/branch/H29.119/pause").text
    assert ">tạm dừng<" not in manager.post("/tasks/branch/H29.119/resume").text


def test_a_step_that_was_given_up_says_why_and_is_done_again(
    manager: TestClient[Litestar], application: Application
) -> None:
    document = add_read_dossier(application)
    with application.records.transaction() as work:
        work.dossiers.save(work.dossiers.get("d1").moved(DigitizationState.NEEDS_CLERK))
        for subject, reason in (("d1", "UNFORESEEN"), (document.document_id, "TIMEOUT"), ("gone", "CRASHED")):
            abandoned = Event(
                kind=EventKind.TASK_ABANDONED,
                dossier_id="d1",
                subject_id=subject,
                at=utc_now(),
                detail=reason,
            )
            work.events.append(abandoned)
    shown = manager.get("/tasks").text
    assert "Xếp trang thành giấy tờ" in shown
    assert "Lỗi ngoài dự kiến khi đọc." in shown
    assert "Lập tệp PDF của một giấy tờ" in shown
    assert "Đọc quá lâu nên đã dừng." in shown
    assert "CRASHED" not in shown  # that document is no longer there
    answer = manager.post("/tasks/dossier/d1/retry", data={"subject": document.document_id})
    assert "Lập tệp PDF của một giấy tờ" not in answer.text
    with application.records.transaction() as work:
        due = {(each.kind, each.subject_id) for each in work.tasks.due(utc_now(), limit=5)}
    assert due == {("render_document", document.document_id), ("file_dossier", "d1")}
    again = manager.post("/tasks/dossier/d1/retry", data={"subject": document.document_id})
    assert again.status_code == 404
    assert manager.post("/tasks/dossier/d1/retry", data={"subject": "d1"}).status_code == 200
    assert "bị kẹt" in manager.get("/tasks").text or "Đang chờ" in manager.get("/tasks").text


def test_bars_begin_at_zero_and_have_one_scale() -> None:
    chart = bar_chart([("a", 10.0), ("b", 20.0), ("c", None)], limits=(20.0,))
    first, second, unknown = chart.bars
    assert second.height == 2 * first.height
    assert first.top + first.height == second.top + second.height == chart.floor
    assert (chart.lines[0].top, unknown.value) == (second.top, None)
    assert all(each.left >= 0 and each.left + each.width <= chart.width for each in chart.bars)
    assert bar_chart([]).bars == ()
