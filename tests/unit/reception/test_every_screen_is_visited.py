"""The walk through every screen in a browser leaves no route out."""

from __future__ import annotations

from tests.e2e.desk.visits import LEADING, PARTS, SCREENS, desk_paths, screen_paths


def test_every_route_that_answers_a_page_is_visited() -> None:
    pages = screen_paths()

    assert "/review" in pages
    assert pages == SCREENS.keys() | PARTS.keys()
    assert LEADING.keys() <= desk_paths() - pages
