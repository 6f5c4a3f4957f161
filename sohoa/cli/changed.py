"""Shows what became of the slots of a dossier after a clerk changed something."""

from __future__ import annotations

from dossiers.dossier import Dossier
from sohoa.bootstrap import Application
from sohoa.cli.report_view import show_slots
from sohoa.cli.session import Session
from sohoa.report import report_on
from sohoa.report_json import report_as_json


def show_changed(session: Session, application: Application, dossier: Dossier, *, as_json: bool) -> None:
    """Prints the slots, the other papers and why they are so, or the whole dossier as JSON."""
    report = report_on(application.records, dossier.dossier_id, application.procedure_name(dossier))
    if as_json:
        session.print_json(report_as_json(report))
    else:
        show_slots(session, report)
