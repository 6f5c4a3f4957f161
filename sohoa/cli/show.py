"""``sohoa show``: one dossier with everything known of it."""

from __future__ import annotations

import click

from sohoa.cli.lookup import find_dossier
from sohoa.cli.report_view import show_report
from sohoa.cli.session import Session, pass_session
from sohoa.report import report_on
from sohoa.report_json import report_as_json


@click.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def show(session: Session, code: str, as_json: bool) -> None:
    """Shows the dossier with the code CODE.

    \b
    Example:
      sohoa show H29.119-250701-0001
    """
    with session.open() as application:
        dossier = find_dossier(application.records, code)
        report = report_on(application.records, dossier.dossier_id, application.procedure_name(dossier))
    if as_json:
        session.print_json(report_as_json(report))
    else:
        show_report(session, report, brief=False)
