"""The dossier commands that print a form; those that also move the case do both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from dossiers.case import Case
from dossiers.case_desk import Doing
from dossiers.case_moves import Action
from dossiers.case_order import CaseOrder
from dossiers.case_rules import papers_missing
from dossiers.codes.agency_code import AgencyCode
from dossiers.form_facts import long_time
from dossiers.form_template import FormId
from dossiers.local_time import day_in_vietnam
from sohoa.cli import dossier_options as options
from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session
from sohoa.office import Office, make_office
from sohoa.office_cases import look_at, order_case


@click.command()
@click.argument("code")
@click.option("--incomplete", is_flag=True, help="Print although main papers are missing.")
@options.by
@options.output
@pass_session
def receipt(session: Session, code: str, incomplete: bool, by: str, output: Path | None) -> None:
    """Takes the dossier CODE in, starts its term and prints the receipt with the day of return.

    Nobody waits for pages to be read: those that wait are named as such. Again, it prints the receipt anew.

    \b
    Example:
      sohoa dossier receipt H29.119-261125-0001 -o receipt.pdf
    """

    def take_in(office: Office, dossier_id: str) -> Case:
        file = office.case_file(dossier_id)
        if file.missing and not incomplete:
            raise papers_missing([each.rule.name for each in file.missing])
        if office.moves.find(file.case.state, Action.ACCEPT) is None:
            return file.case
        return office.desk.move(dossier_id, Action.ACCEPT, Doing(by=by))

    case = _print_after(session, code, FormId.RECEIPT, output, take_in)
    due = long_time(case.clock.due_at) or session.messages.say("term_unknown")
    session.out.print(session.messages.say("due_on", due=due), markup=False)


@click.command()
@click.argument("code")
@click.option("--item", "items", multiple=True, help="A paper that is missing or must be better; repeatable.")
@click.option("--received", is_flag=True, help="The papers asked for came: the term counts anew.")
@click.option("--reason", default="", help="Why, in Vietnamese; it is printed.")
@options.by
@options.output
@pass_session
def supplement(
    session: Session,
    code: str,
    items: tuple[str, ...],
    received: bool,
    reason: str,
    by: str,
    output: Path | None,
) -> None:
    """Asks for papers, once and for all of them, and prints the request; the clock stands still.

    \b
    Examples:
      sohoa dossier supplement H29.119-261125-0001 --item "Giấy chứng sinh" --reason "Thiếu" -o a.pdf
      sohoa dossier supplement H29.119-261125-0001 --received
    """
    doing = Doing(by=by, reason=reason)
    if received:
        case = _ordered(session, code, CaseOrder(action=Action.RECEIVE_SUPPLEMENT, doing=doing), None)
        due = long_time(case.clock.due_at) or session.messages.say("term_unknown")
        session.out.print(session.messages.say("due_on", due=due), markup=False)
        return
    _ordered(session, code, CaseOrder(action=Action.REQUEST_SUPPLEMENT, doing=doing, items=items), output)


@click.command()
@click.argument("code")
@options.reason
@options.by
@options.output
@options.dry_run
@pass_session
def refuse(session: Session, code: str, reason: str, by: str, output: Path | None, dry_run: bool) -> None:
    """Refuses the dossier CODE and prints the refusal; on the same day ``undo`` takes it back.

    \b
    Example:
      sohoa dossier refuse H29.119-261125-0001 --reason "Không thuộc thẩm quyền" -o refusal.pdf
    """
    if dry_run:
        _rehearse(session, code, Action.REFUSE)
        return
    _ordered(session, code, CaseOrder(action=Action.REFUSE, doing=Doing(by=by, reason=reason)), output)


@click.command("extend")
@click.argument("code")
@click.option("--to", "day", type=options.DAY, required=True, help="The new day.")
@options.reason
@options.by
@options.output
@pass_session
def apology(session: Session, code: str, day: datetime, reason: str, by: str, output: Path | None) -> None:
    """Puts off the return, once, and prints the apology; it should go out one working day before the term.

    \b
    Example:
      sohoa dossier extend H29.119-261125-0001 --to 2026-11-30 --reason "Phải xác minh" -o apology.pdf
    """

    with session.open() as application:
        office = make_office(application)
        due = look_at(office, find_dossier(office.records, code).dossier_id).apology_due
        today = day_in_vietnam(office.clock())
    order = CaseOrder(action=Action.REAPPOINT, doing=Doing(by=by, reason=reason), new_day=day.date())
    _ordered(session, code, order, output)
    if due is not None and today > due:
        session.remark("apology_late", day=f"{due:%d/%m/%Y}")


@click.command()
@click.argument("code")
@options.reason
@options.by
@options.output
@pass_session
def stop(session: Session, code: str, reason: str, by: str, output: Path | None) -> None:
    """Stops work on the dossier CODE and prints the notice; ``move continue`` takes it up again.

    \b
    Example:
      sohoa dossier stop H29.119-261125-0001 --reason "Chờ kết quả của Tòa án" -o notice.pdf
    """
    _ordered(session, code, CaseOrder(action=Action.STOP, doing=Doing(by=by, reason=reason)), output)


@click.command()
@click.argument("code")
@options.output
@pass_session
def slip(session: Session, code: str, output: Path | None) -> None:
    """Prints the control slip: every step of the dossier CODE.

    \b
    Example:
      sohoa dossier slip H29.119-261125-0001 -o slip.pdf
    """
    _print_after(session, code, FormId.CONTROL_SLIP, output, _as_it_is)


@click.command()
@click.argument("code")
@options.output
@pass_session
def label(session: Session, code: str, output: Path | None) -> None:
    """Prints the postal label of the dossier CODE.

    \b
    Example:
      sohoa dossier label H29.119-261125-0001 -o label.pdf
    """
    _print_after(session, code, FormId.POSTAL_LABEL, output, _as_it_is)


@click.command()
@click.argument("code")
@click.option("--fact", "facts", multiple=True, help="What the person declares, NAME=VALUE; repeatable.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
@pass_session
def declaration(session: Session, code: str, facts: tuple[str, ...], output: Path) -> None:
    """Prints the declaration (tờ khai) of the procedure, filled in from confirmed papers of the dossier CODE.

    \b
    Example:
      sohoa dossier declaration H29.119-261125-0001 --fact relation="Mẹ đẻ" -o declaration.pdf
    """
    declared = dict(each.partition("=")[::2] for each in facts)
    if "" in declared or not all("=" in each for each in facts):
        raise click.BadParameter("write NAME=VALUE", param_hint="--fact")
    with session.open() as application:
        office = make_office(application)
        dossier = find_dossier(office.records, code)
        pdf, conflicts = office.print_declaration(dossier.dossier_id, declared)
    output.write_bytes(pdf)
    session.remark("printed_to", path=output)
    if conflicts:
        session.remark("papers_disagree", names=", ".join(conflicts))


@click.command()
@click.option("--from", "first", type=options.DAY, required=True, help="First day.")
@click.option("--to", "last", type=options.DAY, required=True, help="Last day, of the same year.")
@click.option("--point", help="Identifier of the receiving point; default the one of the settings.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True)
@pass_session
def register(session: Session, first: datetime, last: datetime, point: str | None, output: Path) -> None:
    """Prints the register (sổ theo dõi hồ sơ) of a receiving point.

    \b
    Example:
      sohoa dossier register --from 2026-11-01 --to 2026-11-30 -o register.pdf
    """
    if last < first or last.year != first.year:
        raise click.UsageError("both days lie in one year, the last not before the first")
    agency = str(AgencyCode.parse(point)) if point else session.settings.agency
    with session.open() as application:
        pdf = make_office(application).print_register(agency, first.date(), last.date())
    output.write_bytes(pdf)
    session.remark("printed_to", path=output)


def _as_it_is(office: Office, dossier_id: str) -> Case:
    return office.case_file(dossier_id).case


def _ordered(session: Session, code: str, order: CaseOrder, output: Path | None) -> Case:
    """Does something to a case; says where it stands, and writes the form that goes out."""
    with session.open() as application:
        office = make_office(application)
        dossier = find_dossier(office.records, code)
        case, pdf = order_case(office, dossier.dossier_id, order)
        state = office.moves.state(case.state)
    named = state.vi if session.messages.language == "vi" else state.en
    session.out.print(session.messages.say("case_state", code=dossier.code, state=named), markup=False)
    if output is not None and pdf is not None:
        output.write_bytes(pdf)
        session.remark("printed_to", path=output)
    return case


def _print_after(
    session: Session, code: str, form: FormId, output: Path | None, act: Callable[[Office, str], Case]
) -> Case:
    """Takes a case in or leaves it as it is, then prints a form about it; the template is checked first."""
    with session.open() as application:
        office = make_office(application)
        dossier = find_dossier(office.records, code)
        office.template(form)
        case = act(office, dossier.dossier_id)
        pdf = office.print_form(dossier.dossier_id, form)
        state = office.moves.state(case.state)
    named = state.vi if session.messages.language == "vi" else state.en
    session.out.print(session.messages.say("case_state", code=dossier.code, state=named), markup=False)
    if output is not None:
        output.write_bytes(pdf)
        session.remark("printed_to", path=output)
    return case


def _rehearse(session: Session, code: str, action: Action) -> None:
    with session.open() as application:
        office = make_office(application)
        dossier = find_dossier(office.records, code)
        file = office.case_file(dossier.dossier_id)
        move = office.moves.move(dossier.dossier_id, file.case.state, action)
        state = office.moves.state(move.to_state)
    named = state.vi if session.messages.language == "vi" else state.en
    session.out.print(session.messages.say("would_become", code=dossier.code, state=named), markup=False)
