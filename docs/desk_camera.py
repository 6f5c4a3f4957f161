"""A window at a desk that takes pictures of what it shows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from samples.office.set_up import PASSWORD

#: Largest picture, bytes; pictures of paper that are larger as PNG are kept as JPEG.
MOST_BYTES = 120_000
_COLOURS = 64
_QUALITY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Width of the window and its colours."""

    width: int = 1366
    scheme: str = "light"

    @classmethod
    def every(cls) -> tuple[Look, ...]:
        """Both sizes, light and dark."""
        return tuple(
            cls(width=width, scheme=scheme) for width in (1366, 1024) for scheme in ("light", "dark")
        )


class Camera:
    """Takes pictures of one scene; each has the name of the scene and, where asked, of its look."""

    def __init__(
        self, browser: Browser, url: str, into: Path, name: str, looks: Sequence[Look], *, names_look: bool
    ) -> None:
        self.browser = browser
        self.url = url
        self._into = into
        self._name = name
        self._looks = looks
        self._names_look = names_look

    def open(self, account: str = "canbo", path: str = "/") -> Page:
        """A window signed in; nobody is signed in where the account is empty."""
        context = self.browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
        context.set_default_timeout(180_000)
        page = context.new_page()
        page.goto(self.url + "/sign-in")
        if account:
            page.fill("input[name=name]", account)
            page.fill("input[name=password]", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "/sign-in" not in url)
            page.goto(self.url + path)
        return page

    def take(self, page: Page) -> None:
        """Takes what the window shows, in each look."""
        for look in self._looks:
            page.set_viewport_size({"width": look.width, "height": 768})
            page.emulate_media(color_scheme="dark" if look.scheme == "dark" else "light")
            page.evaluate("Promise.all([...document.images].map((each) => each.decode().catch(() => {})))")
            tail = f"-{look.width}-{look.scheme}" if self._names_look else ""
            _keep(page.screenshot(), self._into / f"{self._name}{tail}")

    def show(self, path: str, account: str = "canbo", wait_for: str = "") -> None:
        """Opens an address and takes it."""
        page = self.open(account, path)
        page.wait_for_load_state("networkidle")
        if wait_for:
            page.locator(wait_for).first.wait_for()
        self.take(page)
        page.context.close()


def _keep(taken: bytes, target: Path) -> None:
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    packed = io.BytesIO()
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    ending = ".png" if packed.tell() <= MOST_BYTES else ".jpg"
    if ending == ".jpg":
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=_QUALITY, optimize=True)
    target.with_suffix(ending).write_bytes(packed.getvalue())
