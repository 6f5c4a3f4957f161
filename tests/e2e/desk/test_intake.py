"""The intake screen as a clerk uses it: what the screen shows and what the records hold."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dossiers.consent import Purpose, given
from dossiers.reuse_decision import ReuseDecision
from sohoa.clock import utc_now
from tests.e2e.desk.comfort import MOST_SHIFT, shift_of
from tests.e2e.desk.desk_process import MOTHER, DeskProcess

BIRTH = "01-dang-ky-khai-sinh"
PAPERS = (
    f"{BIRTH}/to-khai.jpg",
    f"{BIRTH}/giay-chung-sinh.jpg",
    f"{BIRTH}/cccd-03.jpg",
    f"{BIRTH}/cccd-04.jpg",
)
#: A line as a card reader types it; nobody has this number.
CARD = "003190000001||Nguyễn Thị Hoà|01011990|Nữ|Số 2 đường Ví Dụ, phường Mẫu|01012022"

Tray = Callable[..., None]


def open_dossier(page: Page, citizen: str, words: str, name: str = "") -> str:
    """From number to open dossier by keyboard alone; returns its code."""
    page.goto(page.url.split("/intake")[0].rstrip("/") + "/intake")
    page.keyboard.type(citizen)
    page.keyboard.press("Enter")
    page.locator("#found-citizen").wait_for()
    if name:
        page.locator("#owner-name:focus").wait_for()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    page.locator("#query:focus").wait_for()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.locator("#open-dossier:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/intake/H29"))
    return page.url.rpartition("/")[2]


def pages_shown(page: Page, count: int) -> None:
    expect(page.locator("#live [data-page]")).to_have_count(count)


def turned_by(page: Page, place: int, degrees: int) -> None:
    picture = page.locator("#live [data-page]").nth(place).locator("img")
    expect(picture).to_have_attribute("src", re.compile(f"turned={degrees}&"))


def all_read(page: Page) -> None:
    expect(page.locator("#live")).to_have_attribute("data-stage", "done")
    expect(page.locator("#live")).to_have_attribute("data-waiting", "0")


def print_receipt(page: Page) -> bytes:
    """Presses R; returns the PDF that opened."""
    with page.context.expect_page() as opened:
        page.keyboard.press("r")
    url = opened.value.url
    opened.value.close()
    return page.context.request.get(url).body()


def test_first_visit(
    page: Page, desk: DeskProcess, tray: Tray, assert_accessible: Callable[[Page], None]
) -> None:
    tray(*PAPERS)
    assert_accessible(page)
    code = open_dossier(page, CARD, "dang ky khai sihn")
    expect(page.locator("h1")).to_contain_text("khai sinh")
    expect(page.locator("#live .slot.missing").first).to_be_visible()
    page.keyboard.press("s")
    pages_shown(page, 4)
    all_read(page)
    assert shift_of(page) < MOST_SHIFT, page.evaluate("window.shifts")
    expect(page.locator("#missing.good")).to_be_visible()
    expect(page.locator("#live .slot.filled").first).to_be_visible()
    assert_accessible(page)
    assert print_receipt(page).startswith(b"%PDF")
    with desk.work() as work:
        dossier = work.dossiers.by_code(code)
        case = work.cases.find(dossier.dossier_id)
        assert case.parties.owner.name == "Nguyễn Thị Hoà"
        assert case.clock.received_at is not None
        assert len(work.pages.of_dossier(dossier.dossier_id)) == 4


def test_second_visit_takes_what_is_on_file(page: Page, desk: DeskProcess) -> None:
    code = open_dossier(page, MOTHER, "1.004222", name="Nguyễn Hà Thanh")
    offered = page.locator("#live .slot.on_file")
    expect(offered.first).to_be_visible()
    expect(page.locator("#live .slot.asking")).to_have_count(0)
    count = offered.count()
    expect(offered.first.locator(".slot-why")).not_to_be_empty()
    page.keyboard.press("a")
    expect(page.locator("#live .slot.reused")).to_have_count(1)
    expect(offered).to_have_count(count - 1)
    with desk.work() as work:
        [decision] = work.decisions.of_dossier(work.dossiers.by_code(code).dossier_id)
        assert decision.is_saved
        assert decision.clerk == "Trần Thị Cán Bộ"
    page.locator("#live [data-ask]").click()
    expect(page.locator("#live .slot.reused")).to_have_count(0)
    expect(page.locator("#undo-line")).to_be_empty()
    page.locator("#content").focus()
    page.keyboard.press("a")
    expect(page.locator("#live .slot.reused")).to_have_count(1)
    expect(page.locator("#undo-line")).to_contain_text("dùng lại giấy tờ đã lưu")
    page.keyboard.press("u")
    expect(page.locator("#live .slot.reused")).to_have_count(0)
    with desk.work() as work:
        [decision] = work.decisions.of_dossier(work.dossiers.by_code(code).dossier_id)
        assert (decision.is_saved, decision.reason) == (False, "Cán bộ hoàn tác")
    _consent_is_withdrawn_and_given_again(page, desk, code, count)


def _consent_is_withdrawn_and_given_again(page: Page, desk: DeskProcess, code: str, count: int) -> None:
    """What was taken from the store with it is let go; with consent the same papers are offered again."""
    reused, offered = page.locator("#live .slot.reused"), page.locator("#live .slot.on_file")
    for number in range(1, count + 1):
        page.keyboard.press("a")
        expect(reused).to_have_count(number)
    decided = _decisions(desk, code)
    own = [each.slot_key for each in decided if each.paper_id]
    assert own
    with page.expect_navigation():
        page.keyboard.press("c")
    expect(page.locator("#consent")).to_contain_text("Người dân đồng ý")
    expect(reused).to_have_count(count - len(own))
    assert {each.slot_key for each in _decisions(desk, code) if not each.is_saved} == set(own)
    with desk.work() as work:
        acts = work.holders.consents(decided[0].holder_id)
    assert not given(acts, utc_now()) & {Purpose.KEEP, Purpose.REUSE}
    with page.expect_navigation():
        page.keyboard.press("c")
    expect(page.locator("#consent")).to_contain_text("Rút lại đồng ý")
    expect(offered).to_have_count(len(own))
    with desk.work() as work:
        acts = work.holders.consents(decided[0].holder_id)
    assert given(acts, utc_now()) >= {Purpose.KEEP, Purpose.REUSE}
    assert acts[-1].clerk == "Trần Thị Cán Bộ"


def _decisions(desk: DeskProcess, code: str) -> list[ReuseDecision]:
    with desk.work() as work:
        return list(work.decisions.of_dossier(work.dossiers.by_code(code).dossier_id))


def test_jam_upside_down_page_and_rescan(
    open_desk: Callable[..., DeskProcess], sign_in: Callable[..., Page], tray: Tray
) -> None:
    tray(*PAPERS)
    desk = open_desk(faults="jam=3&upside_down=1")
    page = sign_in(desk)
    code = open_dossier(page, CARD, "1.001193")
    page.keyboard.press("s")
    line = page.locator("#scan-line.stopped")
    expect(line).to_contain_text("Kẹt giấy")
    expect(line).to_contain_text("tờ 3")
    pages_shown(page, 2)
    page.keyboard.press("s")
    pages_shown(page, 4)
    all_read(page)
    first = desk.pages(code)[0]
    with desk.work() as work:
        assert work.pages.reading(first.page_id)[0].rotated_degrees == 180
    tray(PAPERS[1])
    page.locator("#live [data-page]").nth(1).focus()
    page.keyboard.press("n")
    expect(page.locator("#live [data-earlier]:not([data-earlier=''])")).to_have_count(1)
    all_read(page)
    with desk.work() as work:
        dossier_id = work.dossiers.by_code(code).dossier_id
        assert [each.number for each in work.pages.replaced(dossier_id)] == [2]
        assert [each.number for each in work.pages.of_dossier(dossier_id)] == [1, 2, 3, 4]
    desk.stop()


def test_a_wrong_type_is_corrected_learned_and_pages_are_put_right(
    page: Page, desk: DeskProcess, tray: Tray, assert_accessible: Callable[[Page], None]
) -> None:
    tray(*PAPERS)
    code = open_dossier(page, CARD, "1.001193")
    page.keyboard.press("s")
    pages_shown(page, 4)
    all_read(page)
    groups = page.locator("#live .group")
    count = groups.count()
    page.locator("#live [data-page]").first.focus()
    page.keyboard.press("t")
    page.locator("#type-words:focus").wait_for()
    assert_accessible(page)
    page.keyboard.type("giay uy quyen")
    page.keyboard.press("Enter")
    expect(groups.first.locator(".group-name")).to_contain_text("ủy quyền")
    page.locator("#live [data-page]").nth(1).focus()
    page.keyboard.press("j")
    expect(groups).to_have_count(count - 1)
    page.keyboard.press("u")
    expect(groups).to_have_count(count)
    page.locator("#live [data-page]").nth(1).focus()
    page.keyboard.press(".")
    turned_by(page, 1, 90)
    page.keyboard.press("Delete")
    pages_shown(page, 3)
    page.keyboard.press("u")
    pages_shown(page, 4)
    page.keyboard.press("r")
    page.locator("#incomplete[open]").wait_for()
    assert_accessible(page)
    with page.context.expect_page():
        page.keyboard.press("Enter")
    with desk.work() as work:
        dossier_id = work.dossiers.by_code(code).dossier_id
        first = work.pages.of_dossier(dossier_id)[0]
        learned = {each.page_id: each.type_id for each in work.examples.all()}
        assert learned[first.page_id] == "giay_uy_quyen"
        turned = [each.turned for each in work.pages.of_dossier(dossier_id)]
        assert turned == [0, 90, 0, 0]


def test_receipts_go_on_while_nothing_reads(
    open_desk: Callable[..., DeskProcess], sign_in: Callable[..., Page], tray: Tray, desk: DeskProcess
) -> None:
    desk.stop()
    tray(*PAPERS)
    idle = open_desk("--no-worker")
    page = sign_in(idle)
    code = open_dossier(page, CARD, "1.001193")
    page.keyboard.press("s")
    pages_shown(page, 4)
    expect(page.locator("#live")).to_have_attribute("data-stage", "done")
    expect(page.locator("#live")).to_have_attribute("data-waiting", "4")
    page.locator("#live [data-page]").first.focus()
    page.keyboard.press("r")
    page.locator("#incomplete[open]").wait_for()
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    assert page.context.request.get(opened.value.url).body().startswith(b"%PDF")
    with idle.work() as work:
        dossier_id = work.dossiers.by_code(code).dossier_id
        assert work.cases.find(dossier_id).clock.received_at is not None
        assert {each.state for each in work.pages.of_dossier(dossier_id)} == {"received"}
    idle.stop()
    desk.restart()


def test_two_clerks_at_one_dossier(
    page: Page, sign_in: Callable[..., Page], desk: DeskProcess, tray: Tray
) -> None:
    tray(*PAPERS[:2])
    code = open_dossier(page, CARD, "1.001193")
    other = sign_in(desk, "hoa")
    other.goto(f"{desk.url}/intake/{code}")
    page.keyboard.press("s")
    pages_shown(other, 2)
    all_read(other)
    second = page.locator("#live [data-page]").nth(1)
    second.focus()
    other.locator("#live [data-page]").first.focus()
    other.keyboard.press(".")
    turned_by(page, 0, 90)
    expect(second).to_be_focused()  # what comes from elsewhere leaves the hands where they are
    page.keyboard.press("u")
    turned_by(other, 0, 0)
    with desk.work() as work:
        [step] = work.arrangings.of_dossier(work.dossiers.by_code(code).dossier_id)
        assert (step.by, step.undone_by) == ("Nguyễn Thị Hoà", "Trần Thị Cán Bộ")


def test_a_lost_connection_is_told_and_the_screen_goes_on_by_itself(
    page: Page, desk: DeskProcess, tray: Tray
) -> None:
    tray(*PAPERS[:2])
    code = open_dossier(page, CARD, "1.001193")
    page.keyboard.press("s")
    pages_shown(page, 2)
    all_read(page)
    desk.stop()
    expect(page.locator("#connection")).to_be_visible()
    desk.restart()
    expect(page.locator("#connection")).to_be_hidden()
    pages_shown(page, 2)
    assert [each.number for each in desk.pages(code)] == [1, 2]
    page.locator("#live [data-page]").first.focus()
    page.keyboard.press(".")
    turned_by(page, 0, 90)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_shortcuts_are_shown_and_closed(page: Page, language: str, desk: DeskProcess) -> None:
    if language == "en":
        page.get_by_role("button", name="English").click()
        page.locator("html[lang=en]").wait_for()
    page.goto(desk.url + "/intake")
    page.locator("#content").focus()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
