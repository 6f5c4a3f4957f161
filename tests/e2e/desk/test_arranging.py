"""Every act on pages, by keys and by drag, and its undo: what the screen shows and what the records hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.desk.desk_process import DeskProcess
from tests.e2e.desk.test_intake import CARD, PAPERS, all_read, open_dossier, pages_shown, turned_by


@dataclass
class Sheets:
    """An open dossier with its pages on the screen, numbered 1 and up in the order of their receipt."""

    page: Page
    desk: DeskProcess
    code: str

    def tile(self, number: int) -> Locator:
        return self.page.locator("#live [data-page]", has_text=re.compile(rf"Tr\. {number}\b"))

    def press(self, number: int, key: str) -> None:
        self.tile(number).focus()
        self.page.keyboard.press(key)

    def drag(self, number: int, onto: Locator) -> None:
        self.tile(number).drag_to(onto)

    def tool(self, act: str) -> Locator:
        return self.page.locator(f".tools [data-act='{act}']")

    def shows(self, *groups: list[int]) -> None:
        """Exactly these papers of these pages, on the screen and in the records."""
        expect(self.page.locator("#live .group")).to_have_count(len(groups))
        texts = [re.compile(f"^Tr. {number}$") for group in groups for number in group]
        expect(self.page.locator("#live .groups .tile .tile-line > .number")).to_have_text(texts)
        shown = self.page.locator("#live .group")
        for place, group in enumerate(groups):
            expect(shown.nth(place).locator("[data-page]")).to_have_count(len(group))
        assert [page.number for page in self.in_order()] == [number for group in groups for number in group]

    def in_order(self) -> list:
        with self.desk.work() as work:
            return list(work.pages.of_dossier(work.dossiers.by_code(self.code).dossier_id))

    def last_step(self) -> str:
        """Kind of the last act on record that was not undone."""
        with self.desk.work() as work:
            steps = work.arrangings.of_dossier(work.dossiers.by_code(self.code).dossier_id)
        return [step for step in steps if not step.is_undone][-1].kind.value

    def undo(self, kind: str) -> None:
        assert self.last_step() == kind
        self.page.locator("#content").focus()
        self.page.keyboard.press("u")


@pytest.fixture(scope="module")
def opened(
    desk: DeskProcess, browser: object, open_window: Callable[..., Page], fill_tray: Callable[..., None]
) -> Sheets:
    """One dossier for all tests of this file: each puts back what it changed."""
    page = open_window(desk)
    fill_tray(*PAPERS)
    code = open_dossier(page, CARD, "1.001193")
    page.keyboard.press("s")
    pages_shown(page, 4)
    all_read(page)
    # Filed as well: until then pages lie as they came, and filing would join what was never split by hand.
    expect(page.locator("#live .group[data-document='']")).to_have_count(0)
    sheets = Sheets(page, desk, code)
    for number in (2, 3, 4):
        sheets.press(number, "x")
    sheets.shows([1], [2], [3], [4])
    return sheets


@pytest.mark.parametrize("way", ["keys", "drag"])
def test_a_page_is_moved(opened: Sheets, way: str) -> None:
    if way == "keys":
        opened.press(2, "Shift+ArrowLeft")
        opened.shows([2, 1], [3], [4])
    else:
        opened.drag(4, opened.tile(2))
        opened.shows([1], [4, 2], [3])
    opened.undo("move")
    opened.shows([1], [2], [3], [4])


@pytest.mark.parametrize("way", ["keys", "drag"])
def test_a_page_is_turned(opened: Sheets, way: str) -> None:
    if way == "keys":
        opened.press(1, ",")
    else:
        opened.drag(1, opened.tool("turn-left"))
    turned_by(opened.page, 0, 270)
    assert opened.in_order()[0].turned == 270
    opened.undo("turn")
    turned_by(opened.page, 0, 0)
    assert opened.in_order()[0].turned == 0


@pytest.mark.parametrize("way", ["keys", "drag"])
def test_papers_are_joined_and_split(opened: Sheets, way: str) -> None:
    do = opened.press if way == "keys" else lambda number, key: opened.drag(number, opened.tool(key))
    do(3, "j" if way == "keys" else "join")
    opened.shows([1], [2, 3], [4])
    do(3, "x" if way == "keys" else "split")
    opened.shows([1], [2], [3], [4])
    opened.undo("split")
    opened.shows([1], [2, 3], [4])
    opened.undo("join")
    opened.shows([1], [2], [3], [4])


@pytest.mark.parametrize("way", ["keys", "drag"])
def test_a_page_is_set_aside_and_taken_back(opened: Sheets, way: str) -> None:
    aside = opened.page.locator("#live .aside")
    if way == "keys":
        opened.press(4, "Delete")
    else:
        opened.drag(4, opened.tool("aside"))
    opened.shows([1], [2], [3])
    aside.locator("summary").press("Enter")
    if way == "keys":
        aside.get_by_role("button", name="Lấy lại").press("Enter")
    else:
        aside.locator("[data-aside]").drag_to(opened.page.locator("#papers-title"))
    pages_shown(opened.page, 4)
    expect(aside).to_have_count(0)
    opened.undo("take_back")
    pages_shown(opened.page, 3)
    expect(aside).to_have_count(1)
    opened.page.locator("#content").focus()
    opened.page.keyboard.press("u")
    opened.shows([1], [2], [3], [4])


@pytest.mark.parametrize("way", ["keys", "drag"])
def test_a_page_is_scanned_anew_and_the_earlier_scan_taken_back(
    opened: Sheets, fill_tray: Callable[..., None], way: str
) -> None:
    fill_tray(PAPERS[1])
    before = opened.in_order()[1].page_id
    if way == "keys":
        opened.press(2, "n")
    else:
        opened.drag(2, opened.tool("rescan"))
    tile = opened.tile(2)
    expect(tile).to_have_attribute("data-earlier", before)
    all_read(opened.page)
    after = opened.in_order()[1].page_id
    assert after != before
    expect(opened.page.locator("#undo-line")).to_contain_text("quét lại trang")
    opened.undo("rescan")
    expect(tile).to_have_attribute("data-page", before)
    assert opened.in_order()[1].page_id == before
    opened.press(2, "b")
    expect(tile).to_have_attribute("data-page", after)
    if way == "keys":
        opened.press(2, "b")
    else:
        opened.drag(2, opened.tool("earlier"))
    expect(tile).to_have_attribute("data-page", before)
    assert opened.in_order()[1].page_id == before
    opened.undo("restore")
    expect(tile).to_have_attribute("data-page", after)
    opened.press(2, "b")
    expect(tile).to_have_attribute("data-page", before)
