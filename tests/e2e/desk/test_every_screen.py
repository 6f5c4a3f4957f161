"""Every screen of the desk, light and dark: accessible, small, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.e2e.desk.desk_process import DeskProcess
from tests.e2e.desk.visits import addresses, places_of

#: Most that a screen may bring on its first load, bytes as sent; pictures of papers come on top.
MOST_BYTES = 200_000


@pytest.mark.parametrize("account", ["", "canbo", "truong", "quantri"])
def test_every_screen_is_accessible_and_small(
    browser: Browser,
    sign_in: Callable[..., Page],
    desk: DeskProcess,
    assert_accessible: Callable[[Page], None],
    account: str,
) -> None:
    page = sign_in(desk, account) if account else browser.new_page(locale="vi-VN")
    counter = _Counter(page)
    for address in addresses(places_of(desk))[account]:
        counter.forget()
        page.emulate_media(color_scheme="light")
        page.goto(desk.url + address, wait_until="load")
        assert page.locator("html[lang=vi] main").count() == 1, address
        if address == "/admin/scanners":
            page.locator("#found table").wait_for()
        assert_accessible(page)
        page.emulate_media(color_scheme="dark")
        assert_accessible(page)
        assert 3_000 < counter.bytes_sent() <= MOST_BYTES, address
    if not account:
        page.close()


class _Counter:
    """Counts what comes over the network, without the browser's own store."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._pictures: set[str] = set()
        self._sizes: dict[str, float] = {}
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

    def _note_picture(self, told: dict) -> None:
        if "/pictures/" in told["request"]["url"]:
            self._pictures.add(told["requestId"])

    def _note_size(self, told: dict) -> None:
        self._sizes[told["requestId"]] = told["encodedDataLength"]
