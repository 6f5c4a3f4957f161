"""A case at the counter by keyboard alone: papers asked for, undone, put off, a result returned."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from dossiers.case_file import CaseFile, read_case_file
from tests.e2e.desk.desk_process import DeskProcess
from tests.e2e.desk.test_intake import CARD, open_dossier


def _file(desk: DeskProcess, code: str) -> CaseFile:
    with desk.work() as work:
        return read_case_file(work, work.dossiers.by_code(code).dossier_id)


def _stands(page: Page, state: str) -> None:
    expect(page.locator("#state")).to_have_attribute("data-state", state)


def _press(page: Page, key: str) -> None:
    """A key that leads to the next page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_case_goes_to_its_end_by_keyboard(
    page: Page, desk: DeskProcess, assert_accessible: Callable[[Page], None]
) -> None:
    code = open_dossier(page, CARD, "1.001193")
    page.locator("#content").focus()
    page.keyboard.press("r")
    page.locator("#incomplete[open]").wait_for()
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.close()
    _press(page, "g")
    _stands(page, "received")
    _press(page, "2")
    expect(page.locator("#act-form input[type=checkbox]:checked").first).to_be_visible()
    assert_accessible(page)
    page.locator("#act-form input[type=checkbox]:focus").wait_for()
    _press(page, "Enter")
    _stands(page, "supplement_requested")
    form = page.locator("#printed a")
    expect(form).to_be_focused()
    assert page.context.request.get(desk.url + form.get_attribute("href")).body().startswith(b"%PDF")
    file = _file(desk, code)
    assert [list(each.items) for each in file.supplements] == [[each.rule.name for each in file.missing]]
    assert file.case.clock.stopped_at is not None
    _press(page, "u")
    _stands(page, "received")
    expect(page.locator("#steps tbody tr")).to_have_count(4)
    _press(page, "5")
    page.locator("#reason:focus").wait_for()
    _press(page, "Escape")
    expect(page.locator("#act-form")).to_have_count(0)
    _press(page, "k")
    page.locator("#name:focus").wait_for()
    page.keyboard.type("Giấy khai sinh")
    _press(page, "Enter")
    expect(page.locator("#results li")).to_contain_text(f"{code}-KQ(1)")
    for figure, state in (("8", "done"), ("1", "returned")):
        _press(page, figure)
        page.locator("#reason:focus").wait_for()
        _press(page, "Enter")
        _stands(page, state)
    assert_accessible(page)
    file = _file(desk, code)
    wanted = ["open", "accept", "request_supplement", "take_back", "finish", "return"]
    assert [each.action for each in file.steps] == wanted
    assert (file.case.state, [each.name for each in file.results]) == ("returned", ["Giấy khai sinh"])
