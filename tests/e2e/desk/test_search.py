"""Search and viewer as a retriever uses them, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from sohoa.clock import utc_now
from tests.e2e.desk.desk_process import MOTHER, DeskProcess

_LONG_AGO = utc_now().replace(year=2020)


def test_a_dossier_is_found_by_code_and_by_words_without_tones(
    page: Page, desk: DeskProcess, assert_accessible: Callable[[Page], None]
) -> None:
    with desk.work() as work:
        code = next(each.code for each in work.dossiers.opened_between(_LONG_AGO, utc_now()))
    for asked in (code, "1.001193", MOTHER, "giay chung sinh"):
        page.goto(desk.url + "/search")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type(asked)
        page.keyboard.press("Enter")
        expect(page.locator("a.hit", has_text=code).first).to_be_visible()
    assert_accessible(page)
    page.locator("a.hit", has_text=code).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/dossier/**")
    expect(page.locator("svg.sheet rect.spot").first).to_be_visible()
    assert_accessible(page)
