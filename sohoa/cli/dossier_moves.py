"""``sohoa dossier move`` and ``sohoa dossier status``."""

from __future__ import annotations

from typing import Final

import click
from rich.table import Table

from dossiers.case_desk import Doing
from dossiers.case_file import CaseFile
from dossiers.case_moves import Action
from dossiers.case_order import CaseOrder
from dossiers.deadlines import Standing
from dossiers.form_facts import short_time
from sohoa.cli import dossier_options as options
from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session
from sohoa.office import Office, make_office
from sohoa.office_cases import look_at, order_case

#: Actions that need no more than a reason and print nothing; the others have commands of their own.
_PLAIN: Final = {
    "process": Action.PROCESS,
    "payment": Action.REQUEST_PAYMENT,
    "paid": Action.RECEIVE_PAYMENT,
    "continue": Action.CONTINUE,
    "withdraw": Action.WITHDRAW,
    "finish": Action.FINISH,
    "return": Action.RETURN,
}


@click.command()
@click.argument("action", type=click.Choice(sorted(_PLAIN)))
@click.argument("code")
@click.option("--reason", default="", help="Why, in Vietnamese.")
@options.by
@options.dry_run
@pass_session
def move(session: Session, action: str, code: str, reason: str, by: str, dry_run: bool) -> None:
    """Moves the dossier CODE on: to work, to payment, to its end, to the return of its result.

    \b
    Examples:
      sohoa dossier move process H29.119-261125-0001
      sohoa dossier move withdraw H29.119-261125-0001 --reason "Công dân xin rút" --dry-run
    """
    with session.open() as application:
        office = make_office(application)
        dossier = find_dossier(office.records, code)
        if dry_run:
            file = office.case_file(dossier.dossier_id)
            legal = office.moves.move(dossier.dossier_id, file.case.state, _PLAIN[action])
            key, reached = "would_become", legal.to_state or file.case.state
        else:
            order = CaseOrder(action=_PLAIN[action], doing=Doing(by=by, reason=reason))
            key, reached = "case_state", order_case(office, dossier.dossier_id, order)[0].state
        state = office.moves.state(reached)
    named = state.vi if session.messages.language == "vi" else state.en
    session.out.print(session.messages.say(key, code=dossier.code, state=named), markup=False)


@click.command()
@click.argument("code")
@click.option("--reason", default="", help="Why, in Vietnamese.")
@options.by
@pass_session
def undo(session: Session, code: str, reason: str, by: str) -> None:
    """Takes back what was done last to the dossier CODE, on the same day; its form counts no more.

    A receipt that was given and a result that was returned are not taken back.

    \b
    Example:
      sohoa dossier undo H29.119-261125-0001 --reason "Chọn nhầm hồ sơ"
    """
    with session.open() as application:
        office = make_office(application)
        dossier = find_dossier(office.records, code)
        case = office.desk.take_back(dossier.dossier_id, Doing(by=by, reason=reason))
        state = office.moves.state(case.state)
    named = state.vi if session.messages.language == "vi" else state.en
    session.out.print(session.messages.say("case_state", code=dossier.code, state=named), markup=False)


@click.command()
@click.argument("code")
@options.as_json
@pass_session
def status(session: Session, code: str, as_json: bool) -> None:
    """Shows where the dossier CODE stands: state, agencies, term, steps, supplements and results.

    \b
    Example:
      sohoa dossier status H29.119-261125-0001
    """
    with session.open() as application:
        office = make_office(application)
        dossier = find_dossier(office.records, code)
        found = look_at(office, dossier.dossier_id)
    if as_json:
        due = found.answer_due_at
        told = _as_json(found.file, found.standing)
        session.print_json({**told, "answer_due_at": due.isoformat() if due else None})
    else:
        _show(session, office, found.file, found.standing)
        if found.answer_due_at is not None and found.is_new:
            due_text = short_time(found.answer_due_at)
            session.out.print(session.messages.say("answer_due", due=due_text), markup=False)


def _show(session: Session, office: Office, file: CaseFile, standing: Standing) -> None:
    say, case = session.messages.say, file.case
    state = office.moves.state(case.state)
    named = state.vi if session.messages.language == "vi" else state.en
    session.out.print(say("case_state", code=file.dossier.code, state=named), markup=False)
    places = case.places
    told = say("places", receiving=places.receiving_point, competent=places.competent_agency)
    session.out.print(told, markup=False)
    due = short_time(case.clock.due_at) or say("term_unknown")
    session.out.print(say("due_standing", due=due, standing=say(f"standing_{standing.value}")), markup=False)
    table = Table()
    for key in ("step_time", "step_action", "step_by", "step_reason"):
        table.add_column(say(key), overflow="fold")
    for step in file.steps:
        table.add_row(short_time(step.at), say(f"action_{step.action}"), step.by, step.reason)
    session.out.print(table)
    for each in file.results:
        key = "result_revoked" if each.revocation else "result_stands"
        session.out.print(say(key, code=each.code, name=each.name), markup=False)


def _as_json(file: CaseFile, standing: Standing) -> dict[str, object]:
    case = file.case
    return {
        "code": file.dossier.code,
        "procedure": file.dossier.procedure_code,
        "state": case.state,
        "channel": case.channel.value,
        "receiving_point": case.places.receiving_point,
        "support_point": case.places.support_point or None,
        "competent_agency": case.places.competent_agency,
        "due_at": case.clock.due_at.isoformat() if case.clock.due_at else None,
        "counts_from": case.clock.counts_from.isoformat() if case.clock.counts_from else None,
        "standing": standing.value,
        "steps": [
            {"action": each.action, "state": each.to_state, "at": each.at.isoformat(), "by": each.by}
            for each in file.steps
        ],
        "supplements": [
            {"number": each.number, "items": list(each.items), "received": each.received_at is not None}
            for each in file.supplements
        ],
        "results": [{"code": each.code, "revoked": each.revocation is not None} for each in file.results],
    }
