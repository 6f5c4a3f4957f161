"""The counter's day: a called ticket, a card on the glass, an open dossier taken up again, a killed desk."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from sohoa.clock import utc_now
from tests.e2e.desk.desk_process import DeskProcess
from tests.e2e.desk.test_intake import BIRTH, CARD, PAPERS, Tray, all_read, open_dossier, pages_shown

#: The side of a sample card that carries its code; invented.
CARD_SIDE = f"{BIRTH}/cccd-03.jpg"


def test_a_ticket_is_called_and_its_clock_runs_from_its_issue_until_the_receipt(
    page: Page, desk: DeskProcess, assert_accessible: Callable[[Page], None]
) -> None:
    page.goto(desk.url + "/waiting")
    page.get_by_role("button", name="Lấy số").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(desk.url + "/intake")
    page.keyboard.press("Alt+g")
    ticket = page.locator(".clock .ticket")
    expect(ticket).to_have_text("Phiếu 1")
    assert_accessible(page)
    with desk.work() as work:
        [issued] = _tickets(work)
    expect(page.locator(".clock")).to_have_attribute("data-since", issued.taken_at.isoformat())
    page.keyboard.type(CARD)
    page.keyboard.press("Enter")
    page.locator("#query:focus").wait_for()
    page.keyboard.type("1.001193")
    page.keyboard.press("Enter")
    page.locator("#open-dossier:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/intake/H29"))
    expect(ticket).to_have_text("Phiếu 1")
    expect(page.locator(".clock")).to_have_attribute("data-since", issued.taken_at.isoformat())
    page.keyboard.press("r")
    page.locator("#incomplete[open]").wait_for()
    with page.context.expect_page():
        page.keyboard.press("Enter")
    with desk.work() as work:
        [served] = _tickets(work)
        assert served.served_at is not None
        assert served.dossier_id == work.dossiers.by_code(page.url.rpartition("/")[2]).dossier_id
    page.keyboard.press("i")
    page.locator("#citizen:focus").wait_for()
    expect(ticket).to_have_count(0)


def _tickets(work: object) -> list:
    return list(work.tickets.taken_between(utc_now().replace(year=2020), utc_now(), "H29.119"))


def test_a_card_on_the_scanner_is_read_by_one_key_and_an_open_dossier_is_taken_up_by_keys(
    page: Page, desk: DeskProcess, tray: Tray, assert_accessible: Callable[[Page], None]
) -> None:
    tray(CARD_SIDE)
    page.goto(desk.url + "/intake")
    page.keyboard.press("Alt+c")
    found = page.locator("#found-citizen")
    expect(found).to_be_visible()
    number, name = found.get_attribute("data-number"), found.get_attribute("data-name")
    assert number
    assert name
    page.locator("#query:focus").wait_for()
    page.keyboard.type("1.001193")
    page.keyboard.press("Enter")
    page.locator("#open-dossier:focus").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/intake/H29"))
    opened = page.url
    with desk.work() as work:
        dossier = work.dossiers.by_code(opened.rpartition("/")[2])
        owner = work.cases.find(dossier.dossier_id).parties.owner
        assert (dossier.citizen_number, owner.identifier, owner.name) == (number, number, name)
        assert not work.pages.of_dossier(dossier.dossier_id)
    page.keyboard.press("i")
    page.locator("#citizen:focus").wait_for()
    first = page.locator("#today a").first
    expect(first).to_contain_text(name)
    expect(first).to_contain_text("chưa in giấy")
    assert_accessible(page)
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(opened)
    tray(PAPERS[0])
    page.goto(desk.url + "/intake")
    page.keyboard.press("Alt+c")
    expect(page.locator("#who [role=alert]")).to_contain_text("Không đọc được mã QR")
    page.locator("#citizen:focus").wait_for()


def test_a_scan_that_jammed_survives_a_kill_of_the_desk(
    open_desk: Callable[..., DeskProcess], sign_in: Callable[..., Page], tray: Tray
) -> None:
    tray(*PAPERS)
    desk = open_desk(faults="jam=3")
    page = sign_in(desk)
    code = open_dossier(page, CARD, "1.001193")
    page.keyboard.press("s")
    line = page.locator("#scan-line.stopped")
    expect(line).to_contain_text("Kẹt giấy")
    pages_shown(page, 2)
    spool = desk.data_dir / "spool"
    assert len(list(spool.iterdir())) == 1
    desk.running.process.kill()
    desk.running.process.wait()
    expect(page.locator("#connection")).to_be_visible()
    tray(*PAPERS[2:])
    desk.restart()
    expect(page.locator("#connection")).to_be_hidden()
    expect(line).to_contain_text("Quầy đã khởi động lại khi đang quét")
    expect(line).to_contain_text("Đặt lại từ tờ 3.")
    pages_shown(page, 2)
    page.locator("#content").focus()
    page.keyboard.press("s")
    pages_shown(page, 4)
    all_read(page)
    assert [each.number for each in desk.pages(code)] == [1, 2, 3, 4]
    assert list(spool.iterdir()) == []
    desk.stop()
