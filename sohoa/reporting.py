"""Tickets and reports wired from an application."""

from __future__ import annotations

from dossiers.calendar_file import load_calendar
from dossiers.counting import HasReplaceable
from dossiers.dossier import Dossier
from dossiers.ports import Clock
from dossiers.reports.ticket_desk import TicketDesk
from dossiers.reports.weekly_desk import WeeklyDesk
from sohoa.bootstrap import Application
from sohoa.checklists import procedure_of
from sohoa.clock import utc_now


def make_weekly_desk(application: Application, clock: Clock = utc_now) -> WeeklyDesk:
    """Wires the weekly report; ``BAD_CALENDAR`` where the office's own calendar cannot be used."""
    return WeeklyDesk(
        records=application.records,
        calendar=load_calendar(application.settings.data_dir),
        has_replaceable=replaceable_in(application),
        clock=clock,
    )


def make_ticket_desk(application: Application, clock: Clock = utc_now) -> TicketDesk:
    """Wires the waiting room."""
    return TicketDesk(records=application.records, clock=clock)


def replaceable_in(application: Application) -> HasReplaceable:
    """Says whether the catalogue publishes components of a dossier's procedure that data may replace."""

    def has_replaceable(dossier: Dossier) -> bool:
        procedure = procedure_of(application.catalogue, dossier)
        return procedure is not None and any(each.replaced_by for each in procedure.components)

    return has_replaceable
