"""Search and viewer as a retriever uses them, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from dossiers.events import EventKind
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
    for name, begins in (("Tải PDF/A", b"%PDF-"), ("Tải cả hồ sơ (ZIP)", b"PK")):
        with page.expect_download() as brought:
            page.get_by_role("link", name=name).first.press("Enter")
        assert brought.value.path().read_bytes().startswith(begins)
    with desk.work() as work:
        who = work.accounts.by_name("canbo").account_id
        taken = work.events.of_dossier(work.dossiers.by_code(code).dossier_id)
        assert who in {each.detail for each in taken if each.kind is EventKind.DOSSIER_EXPORTED}
    page.get_by_role("link", name="Giấy tờ tương tự").first.press("Enter")
    page.wait_for_url("**/search/similar/**")
    page.get_by_role("link", name="Về hồ sơ").press("Enter")
    page.get_by_role("link", name="In", exact=True).press("Enter")
    expect(page.locator(".printed img").first).to_be_visible()


def test_a_search_is_kept_asked_again_and_forgotten(page: Page, desk: DeskProcess) -> None:
    page.goto(desk.url + "/search")
    page.keyboard.type("giay chung sinh")
    page.keyboard.press("Enter")
    expect(page.locator(".search-hits mark").first).to_have_text(re.compile("giấy", re.IGNORECASE))
    page.locator("#keep").press_sequentially("Chứng sinh")
    page.keyboard.press("Enter")
    kept = page.locator(".search-kept")
    kept.get_by_role("link", name="Chứng sinh").press("Enter")
    expect(page.locator("#q")).to_have_value("giay chung sinh")
    expect(page.locator("a.hit").first).to_be_visible()
    with desk.work() as work:
        owner = work.accounts.by_name("canbo").account_id
        assert [each.name for each in work.saved_searches.of_owner(owner)] == ["Chứng sinh"]
    kept.get_by_role("button").press("Enter")
    expect(kept).to_have_count(0)
    with desk.work() as work:
        assert not work.saved_searches.of_owner(owner)
