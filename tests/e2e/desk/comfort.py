"""What a screen does to eyes and hands: moves, widths, the focus; asked of the page itself."""

from __future__ import annotations

from playwright.sync_api import Page

#: Most that a screen may move by itself, as browsers count it (cumulative layout shift).
MOST_SHIFT = 0.1
#: Runs in every page before its own scripts.
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries())
    if (!each.hadRecentInput)
      window.shifts.push({value: each.value, what: each.sources.map((own) => own.node?.id)});
}).observe({type: "layout-shift", buffered: true});
"""
_TOO_WIDE = """() => {
  const most = document.documentElement.clientWidth + 1;
  if (document.documentElement.scrollWidth <= most) return [];
  return [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > most)
    .map((each) => each.outerHTML.slice(0, 120)).slice(0, 3).concat("wider than the window");
}"""
_WITHOUT_FOCUS = """() => {
  const found = [];
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  for (const each of document.querySelectorAll(kinds)) {
    if (each.disabled || !each.checkVisibility()) continue;
    each.focus({preventScroll: true});
    if (document.activeElement !== each) continue;
    const style = getComputedStyle(each);
    const isShown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!isShown) found.push(each.outerHTML.slice(0, 120));
  }
  return found;
}"""
_MOVING = """() => {
  const fades = (each) => parseFloat(getComputedStyle(each).transitionDuration) > 0;
  return document.getAnimations().length + [...document.querySelectorAll("*")].filter(fades).length;
}"""


def shift_of(page: Page) -> float:
    """How much the screen moved by itself since it was opened."""
    return float(page.evaluate("window.shifts.reduce((sum, each) => sum + each.value, 0)"))


def too_wide(page: Page, width: int, height: int) -> list[str]:
    """What does not fit into a window of this size, in px, without scrolling sideways; empty: all fits."""
    page.set_viewport_size({"width": width, "height": height})
    return list(page.evaluate(_TOO_WIDE))


def without_focus(page: Page) -> list[str]:
    """What can be reached by keyboard and does not show that it has the focus."""
    page.keyboard.press("Tab")
    return list(page.evaluate(_WITHOUT_FOCUS))


def moving_parts(page: Page) -> int:
    """Parts of the screen that move or fade."""
    return int(page.evaluate(_MOVING))
