"""Every screen of the desk, light and dark: accessible, small, still, no wider than its window, our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.e2e.desk.comfort import MOST_SHIFT, WATCH_SHIFTS, shift_of, too_wide, without_focus
from tests.e2e.desk.desk_process import DeskProcess
from tests.e2e.desk.visits import addresses, places_of

#: Most that a screen may bring on its first load, bytes as sent; pictures of papers come on top.
MOST_BYTES = 200_000
_TABLET = (768, 1024)
_DESK = (1366, 768)


@pytest.mark.parametrize("account", ["", "canbo", "truong", "quantri"])
def test_every_screen_is_accessible_small_and_still(
    browser: Browser,
    sign_in: Callable[..., Page],
    desk: DeskProcess,
    assert_accessible: Callable[..., None],
    account: str,
) -> None:
    page = sign_in(desk, account) if account else browser.new_page(locale="vi-VN")
    if not account:
        page.add_init_script(WATCH_SHIFTS)
    counter = _Counter(page)
    for address in addresses(places_of(desk))[account]:
        counter.forget()
        page.emulate_media(color_scheme="light")
        page.goto(desk.url + address, wait_until="load")
        assert page.locator("html[lang=vi] main").count() == 1, address
        if address == "/admin/scanners":
            page.locator("#found table").wait_for()
        assert_accessible(page)
        assert shift_of(page) < MOST_SHIFT, (address, page.evaluate("window.shifts"))
        page.emulate_media(color_scheme="dark")
        assert_accessible(page, colours=True)
        assert without_focus(page) == [], address
        for width, height in (_TABLET, _DESK):
            assert too_wide(page, width, height) == [], (address, width)
        assert counter.elsewhere(desk.url) == [], address
        assert 3_000 < counter.bytes_sent() <= MOST_BYTES, address
    if not account:
        page.close()


class _Counter:
    """Counts what comes over the network, without the browser's own store."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._pictures: set[str] = set()
        self._sizes: dict[str, float] = {}
        self._urls: list[str] = []
        self._session.on("Network.requestWillBeSent", self._note_picture)
        self._session.on("Network.loadingFinished", self._note_size)
        self._session.send("Network.enable")
        self._session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def forget(self) -> None:
        """Begins anew."""
        self._sizes.clear()

    def bytes_sent(self) -> float:
        """All but pictures of papers."""
        return sum(size for request, size in self._sizes.items() if request not in self._pictures)

    def elsewhere(self, home: str) -> list[str]:
        """Addresses asked for that are not of this desk."""
        return [url for url in self._urls if not url.startswith((home, "data:", "blob:"))]

    def _note_picture(self, told: dict) -> None:
        self._urls.append(told["request"]["url"])
        if "/pictures/" in told["request"]["url"]:
            self._pictures.add(told["requestId"])

    def _note_size(self, told: dict) -> None:
        self._sizes[told["requestId"]] = told["encodedDataLength"]
