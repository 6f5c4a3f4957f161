"""Confirm, weekly report and tasks as people use them: the screen and the records."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from dossiers.reading import FieldValue
from dossiers.reports.report_week import ReportWeek
from sohoa.clock import utc_now
from tests.e2e.desk.desk_process import DeskProcess

HOSTILE = "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>{{7*7}}"


_LONG_AGO = utc_now().replace(year=2020)


@pytest.fixture
def unconfirmed(desk: DeskProcess) -> str:
    """A document of a read dossier that waits again, with a name in doubt above all; returns its id."""
    with desk.work() as work:
        dossier = next(each for each in work.dossiers.opened_between(_LONG_AGO, utc_now()))
        documents = [
            each
            for each in work.documents.of_dossier(dossier.dossier_id)
            if not each.document_id.startswith("e2e")
        ]
        first, name = next(
            (each, field) for each in documents for field in each.fields if field.name == "person_name"
        )
        others = [each for each in first.fields if each.name != "person_name"]
        again = replace(
            first,
            document_id="e2e" + uuid4().hex,
            ordinal=len(documents) + 1,
            state=type(first.state).PROPOSED,
            fields=(_doubtful(name), *map(_sure, others)),
        )
        work.documents.replace_proposed(dossier.dossier_id, [*documents, again])
    return again.document_id


def _doubtful(name: FieldValue) -> FieldValue:
    return replace(name, value="Nguyên Thị Mẫu", alternatives=("Nguyễn Thị Mẫu",))


def _sure(value: FieldValue) -> FieldValue:
    return replace(value, confidence=0.99, alternatives=(), checks=())


def test_a_document_is_confirmed_by_keyboard_alone(
    page: Page, desk: DeskProcess, unconfirmed: str, assert_accessible: Callable[[Page], None]
) -> None:
    page.keyboard.press("Alt+2")
    page.goto(desk.url + "/review")
    assert_accessible(page)
    page.goto(f"{desk.url}/review/document/{unconfirmed}")
    name = page.locator("input[data-field]:focus")
    expect(name).to_have_value("Nguyên Thị Mẫu")
    expect(page.locator(".read mark").first).to_have_text("ê")
    assert_accessible(page)
    page.keyboard.press("F2")
    expect(name).to_have_value("Nguyễn Thị Mẫu")
    field = name.get_attribute("data-field")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#connection")).to_be_visible()
    expect(name).to_have_value("Nguyễn Thị Mẫu")  # nothing typed is lost, and the screen stays
    page.context.set_offline(False)
    for _ in range(40):
        if page.locator("#confirm:focus").count():
            break
        focused = page.locator("input[data-field]:focus").get_attribute("id")
        page.keyboard.press("Enter")
        expect(page.locator(f"#{focused}")).not_to_be_focused()
    expect(page.locator("#confirm")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("?done=confirmed"))  # the next document, or the queue
    with desk.work() as work:
        facts = {each.name: each for each in work.papers.facts(unconfirmed)}
        paper = work.papers.find(unconfirmed)
    assert paper is not None
    assert paper.confirmed_by == "Trần Thị Cán Bộ"
    assert (facts[field].value, facts[field].proposed) == ("Nguyễn Thị Mẫu", "Nguyên Thị Mẫu")


def test_one_field_of_many_documents_is_gone_through_by_keyboard(
    page: Page, desk: DeskProcess, unconfirmed: str, assert_accessible: Callable[[Page], None]
) -> None:
    page.goto(desk.url + "/review/group?field=person_name")
    lines = page.locator(".group-line")
    first = page.locator("input[data-field]").first
    expect(first).to_be_focused()
    ours = page.locator(f"[data-document='{unconfirmed}'] input")
    expect(page.locator(f"[data-document='{unconfirmed}'] .read mark")).to_have_text("ê")
    assert_accessible(page)
    for place in range(lines.count()):
        line = lines.nth(place)
        expect(line.locator("input")).to_be_focused()
        if line.get_attribute("data-document") == unconfirmed:
            page.keyboard.press("F2")
            expect(ours).to_have_value("Nguyễn Thị Mẫu")
        page.keyboard.press("Enter")
        expect(line).to_have_class(re.compile("seen"))
    with desk.work() as work:
        draft = work.reviews.find(unconfirmed)
        assert dict(draft.edits) == {"person_name": "Nguyễn Thị Mẫu"}
        assert work.papers.find(unconfirmed) is None  # kept, not confirmed


def test_the_weekly_report_is_signed(
    sign_in: Callable[..., Page], desk: DeskProcess, assert_accessible: Callable[[Page], None]
) -> None:
    page = sign_in(desk, "truong")
    page.goto(desk.url + "/reports")
    assert_accessible(page)
    week = ReportWeek.at(utc_now())
    page.goto(f"{desk.url}/reports/weekly/{week}")
    expect(page.locator("#difficulties")).to_be_focused()
    assert_accessible(page)
    page.keyboard.type(HOSTILE)
    page.keyboard.press("Tab")
    page.keyboard.type("Không")
    page.get_by_role("button", name="Ký báo cáo").click()
    expect(page.get_by_text("Người ký: Lê Thị Trưởng").first).to_be_visible()
    expect(page.locator("#difficulties")).to_have_count(0)
    assert "ran" not in page.title()
    with desk.work() as work:
        signed = work.reports.newest("H29.119", str(week))
    assert signed is not None
    assert (signed.state.value, signed.signed_by, signed.written.difficulties) == (
        "signed",
        "Lê Thị Trưởng",
        HOSTILE,
    )
