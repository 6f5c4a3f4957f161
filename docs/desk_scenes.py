"""What the pictures of the desk show, in the order in which people meet it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page, expect

from docs.desk_camera import Camera, Look
from dossiers.reports.report_week import ReportWeek
from samples.office.set_up import MOTHER
from sohoa.clock import utc_now

#: A card as a reader types it; nobody has this number.
_CARD: Final = "003190000001||Nguyễn Thị Hoà|01011990|Nữ|Số 2 đường Ví Dụ, phường Mẫu|01012022"
_USUAL: Final = (Look(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A picture: its name, how the screen is brought there, and the looks in which the page shows it."""

    name: str
    act: Callable[[Camera], None]
    looks: Sequence[Look] = _USUAL


def _shown(name: str, path: str, account: str = "canbo", wait_for: str = "") -> Scene:
    return Scene(name=name, act=lambda camera: camera.show(path, account, wait_for))


def _chosen(page: Page, citizen: str, words: str) -> None:
    page.locator("#citizen:focus").wait_for()
    page.keyboard.insert_text(citizen)
    page.keyboard.press("Enter")
    page.locator("#found-citizen").wait_for()
    if page.locator("#owner-name").count():
        page.keyboard.type("Nguyễn Hà Thanh")
        page.keyboard.press("Enter")
    page.locator("#query:focus").wait_for()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.locator("#open-dossier:focus").wait_for()


def _need(camera: Camera) -> None:
    page = camera.open(path="/intake")
    _chosen(page, MOTHER, "thuong tru")
    camera.take(page)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/intake/H29"))
    page.context.close()


def _jam(camera: Camera) -> None:
    page = camera.open(path="/intake")
    _chosen(page, _CARD, "1.001193")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/intake/H29"))
    page.keyboard.press("s")
    page.locator("#scan-line.stopped").wait_for()
    camera.take(page)
    page.keyboard.press("s")
    page.locator("#live[data-stage=done][data-waiting='0']").wait_for()
    page.context.close()


def _last(camera: Camera, number: int = 0) -> Page:
    """The newest dossier of the card, open at the counter."""
    page = camera.open(path="/search?q=1.001193")
    code = page.locator("a.hit").nth(number).inner_text().split()[0]
    page.goto(f"{camera.url}/intake/{code}")
    page.locator("#live").wait_for()
    return page


def _scanned(camera: Camera) -> None:
    page = _last(camera)
    page.locator("#live [data-page]").nth(1).focus()
    camera.take(page)
    page.context.close()


def _receipt(camera: Camera) -> None:
    page = _last(camera)
    with page.context.expect_page():
        page.keyboard.press("r")
        if page.locator("#missing").get_attribute("data-names"):
            page.locator("#incomplete[open]").wait_for()
            page.keyboard.press("Enter")
    page.locator(".receipt-line").wait_for()
    camera.take(page)
    page.context.close()


def _case(camera: Camera) -> None:
    page = _last(camera)
    page.keyboard.press("g")
    page.locator("#steps").wait_for()
    page.keyboard.press("2")
    page.locator("#act-form").wait_for()
    camera.take(page)
    page.context.close()


def _keys(camera: Camera) -> None:
    page = _last(camera)
    page.locator("#content").focus()
    page.keyboard.press("?")
    page.locator("#shortcuts[open]").wait_for()
    camera.take(page)
    page.context.close()


def _confirm(camera: Camera) -> None:
    page = camera.open(path="/review")
    page.locator(".review-queue a").first.click()
    page.locator("#review-form, .review-fields").first.wait_for()
    page.wait_for_load_state("networkidle")
    camera.take(page)
    if page.locator("#release").count():
        page.keyboard.press("Escape")
        page.wait_for_url(re.compile("/review$"))
    page.context.close()


def _group(camera: Camera) -> None:
    page = camera.open(path="/review")
    page.locator(".review-groups a").first.click()
    page.wait_for_load_state("networkidle")
    camera.take(page)
    page.context.close()


def _viewer(camera: Camera) -> None:
    page = camera.open(path="/search")
    page.keyboard.type("giay chung sinh")
    page.keyboard.press("Enter")
    page.locator("a.hit").first.click()
    page.locator("svg.sheet").first.wait_for()
    page.wait_for_load_state("networkidle")
    camera.take(page)
    page.context.close()


def _found(camera: Camera) -> None:
    page = camera.open(path="/search")
    page.keyboard.type("giay chung sinh")
    page.keyboard.press("Enter")
    page.locator("a.hit").first.wait_for()
    camera.take(page)
    page.context.close()


def _lost(camera: Camera) -> None:
    page = _last(camera)
    page.context.set_offline(True)
    expect(page.locator("#connection")).to_be_visible()
    camera.take(page)
    page.context.close()


SCENES: Final[Sequence[Scene]] = (
    _shown("sign-in", "/sign-in", account=""),
    _shown("start", "/intake", wait_for="#procedures"),
    Scene(name="need", act=_need),
    Scene(name="jam", act=_jam),
    Scene(name="scanned", act=_scanned),
    Scene(name="dark", act=_scanned, looks=(Look(scheme="dark"),)),
    Scene(name="receipt", act=_receipt),
    Scene(name="case", act=_case),
    Scene(name="keys", act=_keys),
    Scene(name="lost", act=_lost),
    _shown("queue", "/review"),
    Scene(name="confirm", act=_confirm),
    Scene(name="group", act=_group),
    _shown("search", "/search"),
    Scene(name="found", act=_found),
    Scene(name="viewer", act=_viewer),
    _shown("waiting", "/waiting"),
    _shown("tasks", "/tasks", "soat"),
    _shown("dashboard", "/reports", "truong"),
    _shown("weekly", f"/reports/weekly/{ReportWeek.at(utc_now())}", "truong"),
    _shown("accounts", "/admin/accounts", "quantri"),
    _shown("account", "/admin/accounts/canbo", "quantri"),
    _shown("branches", "/admin/branches", "quantri"),
    _shown("scanners", "/admin/scanners", "quantri", wait_for="#found table"),
    _shown("catalogue", "/admin/catalogue?words=khai+sinh", "quantri"),
    _shown("forms", "/admin/forms", "quantri"),
    _shown("calendar", "/admin/calendar", "quantri"),
    _shown("problem", "/search/dossier/nothing"),
)
