"""Signing in and managing accounts, as people see it; what names hold runs nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, expect

if TYPE_CHECKING:
    from desk_process import DeskProcess

#: A name that would run as markup, as a template and as a formula.
HOSTILE = "=1+1 {{ 7*7 }} <img src=x onerror=alert(1)>"


def test_a_wrong_password_is_told_and_the_form_is_accessible(
    browser: Browser, desk: DeskProcess, assert_accessible: Callable[[Page], None]
) -> None:
    context = browser.new_context(locale="vi-VN", color_scheme="dark")
    page = context.new_page()
    page.goto(desk.url + "/intake")
    expect(page).to_have_url(desk.url + "/sign-in?back=/intake")
    page.fill("input[name=name]", "canbo")
    page.fill("input[name=password]", "không phải mật khẩu này")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="mật khẩu không đúng")).to_be_visible()
    assert_accessible(page)
    context.close()


def test_an_administrator_makes_an_account_and_a_hostile_name_runs_nothing(
    sign_in: Callable[..., Page], desk: DeskProcess, assert_accessible: Callable[[Page], None]
) -> None:
    page = sign_in(desk, "quantri")
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: ran.append(str(error)))
    page.goto(desk.url + "/admin/accounts")
    assert_accessible(page)
    page.fill("#name", "hostile")
    page.fill("#shown_name", HOSTILE)
    page.fill("#password", "một câu dài dễ nhớ 7")
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page).to_have_url(desk.url + "/admin/accounts/hostile")
    expect(page.get_by_role("heading", level=1)).to_contain_text(HOSTILE)
    assert_accessible(page)
    page.get_by_role("link", name="Tài khoản").first.click()
    expect(page.get_by_role("cell", name=HOSTILE)).to_be_visible()
    assert ran == []
