"""The intake screen as an area of the desk."""

from __future__ import annotations

from typing import Final

from litestar import Router
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide

from dossiers.permissions import Permission
from reception.frame.area import Area, Link
from reception.frame.pages import Pages
from reception.intake import screen, start
from reception.intake.live import LiveScreen
from reception.intake.reuse_answers import ReuseAnswers
from reception.services import DeskServices


def _live(desk: NamedDependency[DeskServices], pages: NamedDependency[Pages], state: State) -> LiveScreen:
    """One memory of answers for the application."""
    if "reuse_answers" not in state:
        state["reuse_answers"] = ReuseAnswers(desk.reuse, desk.clock)
    return LiveScreen(desk, pages, state["reuse_answers"])


_HANDLERS: Final = (
    start.first_page,
    start.call_next,
    start.citizen,
    start.scanned_card,
    start.procedures,
    start.checklist,
    start.open_dossier,
    screen.screen,
    screen.changed,
    screen.scan,
    screen.end_scan,
    screen.act_on_page,
    screen.put_into_slot,
    screen.decide_reuse,
    screen.consent,
    screen.undo,
    screen.receipt,
    screen.receipt_pdf,
)

AREA: Final = Area(
    routes=[
        Router(
            path="/",
            route_handlers=_HANDLERS,
            dependencies={"live": Provide(_live, sync_to_thread=False)},
            include_in_schema=False,
        )
    ],
    links=[Link(label="intake", path="/intake", key="1", permission=Permission.DOSSIER_WRITE.value)],
    permission=Permission.DOSSIER_WRITE.value,
)
