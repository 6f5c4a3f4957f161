"""``sohoa checklist``: what a person need not bring for a procedure."""

from __future__ import annotations

from datetime import datetime

import click

from dossiers.citizens import HolderNumber
from sohoa.cli.options import citizen, clerk
from sohoa.cli.outcome_view import answer_as_json, show_answer
from sohoa.cli.session import Session, pass_session


@click.command()
@click.option("--procedure", required=True, help="Procedure code (mã TTHC), for example 1.004222.")
@citizen()
@click.option("--variant", help="Variant of the procedure, where it has several.")
@click.option("--branch", help="Receiving point; default the agency of the settings.")
@click.option("--on", "day", type=click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"]), help="As of this day.")
@click.option("--no-ask", is_flag=True, help="Do not ask national databases.")
@clerk(is_required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def checklist(
    session: Session,
    procedure: str,
    citizen: HolderNumber,
    variant: str | None,
    branch: str | None,
    day: datetime | None,
    no_ask: bool,
    clerk: str,
    as_json: bool,
) -> None:
    """Shows which papers of a procedure need not be brought, and why (không phải nộp lại).

    The number is the owner's: with an authorisation that of the authoriser.

    \b
    Examples:
      sohoa checklist --procedure 1.004222 --citizen 003195500150
      echo 003195500150 | sohoa checklist --procedure 1.004222 --citizen -
    """
    with session.open() as application:
        answer = application.reuse.explain(
            citizen,
            procedure,
            branch or session.settings.agency,
            clerk,
            variant=variant,
            on=day.date() if day else None,
            is_asking=not no_ask,
        )
    if as_json:
        session.print_json(answer_as_json(answer))
    else:
        show_answer(session, answer)
