"""The pages of administration in a real browser: accessible, and an import that is looked at first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from desk_process import DeskProcess

#: A name that would run as markup, as a template and as a formula.
HOSTILE = "=1+1 {{ 7*7 }} <img src=x onerror=alert(1)>"


def test_a_list_is_imported_after_a_look_and_hostile_names_run_nothing(
    sign_in: Callable[..., Page], desk: DeskProcess, assert_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    page = sign_in(desk, "quantri")
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.goto(desk.url + "/admin/catalogue")
    sent = tmp_path / "mới.csv"
    sent.write_text(f'code,name,effective_from\n1.999998,"{HOSTILE}",2026-12-01\n', encoding="utf-8")
    page.set_input_files("#file", str(sent))
    page.get_by_role("button", name="So sánh").press("Enter")
    expect(page.locator("#plan")).to_contain_text(HOSTILE)
    assert_accessible(page)
    page.get_by_role("button", name="Xác nhận nhập").press("Enter")
    expect(page.locator("#plan")).to_contain_text("Đã nhập mới.csv")
    page.goto(desk.url + "/admin/catalogue?words=1.999998&on=2026-12-02")
    expect(page.locator(".entry")).to_contain_text(HOSTILE)
    expect(page.get_by_role("cell", name="mới.csv")).to_be_visible()
    assert ran == []
