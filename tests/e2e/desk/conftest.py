"""The sample office served by real desks, seen by a real browser. Fixtures for every test of a screen.

``desk``, ``page`` (signed in as a clerk), ``sign_in``, ``assert_accessible``, ``tray``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.e2e.desk.comfort import WATCH_SHIFTS
from tests.e2e.desk.desk_process import PASSWORD, ROOT, DeskProcess, open_process
from tests.e2e.desk.office_copy import copy_office, made_office
from tests.e2e.quick_plugin import quick_settings

#: How long the browser waits for what must come; slow machines are slow.
_PATIENCE_MS = 120_000
#: Rules of axe-core that other colours alone can break.
_OF_COLOURS = ["color-contrast", "link-in-text-block"]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, quick_plugin: Path, worker_id: str) -> Path:
    """The data folder of the sample office, set up by its own script with the quick engine."""
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "office"
    made = made_office(shared, quick_settings(quick_plugin))
    data_dir = copy_office(made, tmp_path_factory.mktemp("desk") / "data")
    (data_dir / "tray").mkdir()
    return data_dir


@pytest.fixture(scope="session")
def open_desk(office: Path, quick_plugin: Path) -> Iterator[Callable[..., DeskProcess]]:
    """Opens a desk of the sample office.

    ``faults`` go to its simulated scanner, whose papers are those of the folder ``tray``.
    """
    opened: list[DeskProcess] = []

    def open_one(*arguments: str, faults: str = "") -> DeskProcess:
        scanner = f"simulated:{office / 'tray'}" + (f"?{faults}" if faults else "")
        environment = {**quick_settings(quick_plugin), "SOHOA_SCANNER": scanner}
        opened.append(open_process(office, environment, *arguments))
        return opened[-1]

    yield open_one
    for each in opened:
        each.stop()


@pytest.fixture(scope="session")
def desk(open_desk: Callable[..., DeskProcess]) -> DeskProcess:
    """The desk that most tests share."""
    return open_desk()


@pytest.fixture
def tray(fill_tray: Callable[..., None]) -> Callable[..., None]:
    """Puts papers of the samples into the feeder, in this order."""
    return fill_tray


@pytest.fixture(scope="session")
def fill_tray(office: Path) -> Callable[..., None]:
    """The same for fixtures that live longer than a test."""

    def fill(*papers: str) -> None:
        for old in (office / "tray").iterdir():
            old.unlink()
        for number, paper in enumerate(papers):
            name = f"{number:02d}-{Path(paper).name}"
            shutil.copy(ROOT / "samples" / "data" / paper, office / "tray" / name)

    return fill


@pytest.fixture(scope="session")
def playwright_engine() -> Iterator[Playwright]:
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as engine:
        yield engine


@pytest.fixture(scope="session")
def browser(playwright_engine: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright_engine.chromium.launch(executable_path=found, args=arguments)
    yield browser
    browser.close()


@pytest.fixture
def sign_in(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window of its own at a desk, signed in; nothing it asks for may leave the machine."""
    yield from windows(browser)


@pytest.fixture(scope="module")
def open_window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """The same for windows that all tests of a file share."""
    yield from windows(browser)


def windows(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens windows and closes them in the end; see ``sign_in``."""
    contexts = []

    def open_window(desk: DeskProcess, name: str = "canbo", **options: object) -> Page:
        made = {"viewport": {"width": 1366, "height": 768}, "locale": "vi-VN", **options}
        context = browser.new_context(**made)
        context.set_default_timeout(_PATIENCE_MS)
        contexts.append(context)
        context.add_init_script(WATCH_SHIFTS)
        page = context.new_page()
        page.foreign = []
        page.on("request", lambda asked: _note_foreign(page.foreign, asked.url, desk))
        page.goto(desk.url + "/sign-in")
        page.fill("input[name=name]", name)
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield open_window
    foreign = [url for context in contexts for page in context.pages for url in getattr(page, "foreign", [])]
    for context in contexts:
        context.close()
    assert foreign == []


def _note_foreign(noted: list[str], url: str, desk: DeskProcess) -> None:
    if not url.startswith((desk.url, "data:", "blob:")):
        noted.append(url)


@pytest.fixture
def page(sign_in: Callable[..., Page], desk: DeskProcess) -> Page:
    """The window of a clerk at the shared desk."""
    return sign_in(desk)


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[..., None]:
    """Fails where axe-core finds a violation on what the window shows (WCAG 2.2 A and AA, best practices).

    ``colours``: looks at what the colours of a page decide alone, on one that was looked at before.
    """
    axe, loaded = Axe(), Axe(axe_script="0")

    def look(page: Page, *, colours: bool = False) -> None:
        options = {"resultTypes": ["violations"]} | ({"runOnly": _OF_COLOURS} if colours else {})
        is_there = page.evaluate("'axe' in window")
        found = (loaded if is_there else axe).run(page, options=options)
        told = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found.response["violations"]]
        assert told == []

    return look
