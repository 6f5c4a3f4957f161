"""Hands and eyes: a reader that types anywhere, a clock that turns amber and red in time, stillness."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.e2e.desk.comfort import moving_parts
from tests.e2e.desk.desk_process import DeskProcess


def test_the_clock_of_the_ticket_turns_amber_at_12_minutes_and_red_at_18(
    page: Page, desk: DeskProcess
) -> None:
    page.clock.install()
    page.goto(desk.url + "/intake")
    clock = page.locator(".bar .clock")
    expect(clock).to_have_attribute("data-state", "calm")
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    colours = [_colour(page)]
    for minutes, state in ((12, "amber"), (18, "red"), (20, "over")):
        page.clock.fast_forward((minutes * 60 - 1 - _seconds(page)) * 1000)
        expect(clock.locator("[data-figure]")).to_have_text(f"{minutes - 1}:59")
        assert _colour(page) == colours[-1]
        page.clock.fast_forward(1000)
        expect(clock).to_have_attribute("data-state", state)
        colours.append(_colour(page))
    assert len(set(colours)) == 3  # green, amber, red, and red for what is over


def test_what_a_card_reader_types_while_nothing_has_the_focus_is_the_number(
    page: Page, desk: DeskProcess
) -> None:
    page.goto(desk.url + "/intake")
    page.locator("#citizen:focus").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("003190000001||Nguyễn Thị Hoà|01011990|Nữ|Số 2 đường Ví Dụ, phường Mẫu|01012022")
    page.keyboard.press("Enter")
    expect(page.locator("#found-citizen")).to_have_attribute("data-number", "003190000001")
    expect(page.locator("#procedures [aria-pressed]")).to_have_count(0)  # no figure of it chose a procedure


def _seconds(page: Page) -> int:
    minutes, seconds = page.locator(".bar .clock [data-figure]").inner_text().split(":")
    return int(timedelta(minutes=int(minutes), seconds=int(seconds)).total_seconds())


def _colour(page: Page) -> str:
    return str(page.locator(".bar .clock").evaluate("(each) => getComputedStyle(each).backgroundColor"))


def test_nothing_moves_for_whoever_asked_for_stillness(page: Page, desk: DeskProcess) -> None:
    page.goto(desk.url + "/intake")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<span class=dot></span>')"
    )  # as a scan shows
    assert moving_parts(page) == 1
    page.emulate_media(reduced_motion="reduce")
    assert moving_parts(page) == 0
