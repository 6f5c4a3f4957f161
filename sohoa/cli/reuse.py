"""``sohoa reuse``: the clerk decides what stands in for the papers of a dossier."""

from __future__ import annotations

import click

from dossiers.reuse_decision import ReuseDecision
from sohoa.cli.lookup import find_dossier
from sohoa.cli.options import clerk
from sohoa.cli.outcome_view import answer_as_json, show_answer
from sohoa.cli.session import Session, pass_session


@click.group()
def reuse() -> None:
    """What stands in for the papers of a dossier (tái sử dụng giấy tờ).

    \b
    Examples:
      sohoa reuse explain H29.119-261127-0002
      sohoa reuse accept H29.119-261127-0002 quan_he --by "Trần Văn B"
      sohoa reuse overrule H29.119-261127-0002 cho_o --by "Trần Văn B" --reason "bản quét mờ"
    """


@reuse.command()
@click.argument("code")
@clerk(is_required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def explain(session: Session, code: str, clerk: str, as_json: bool) -> None:
    """Says for each slot of the dossier CODE what stands in for its paper, and why not.

    \b
    Example:
      sohoa reuse explain H29.119-261127-0002
    """
    with session.open() as application:
        dossier = find_dossier(application.records, code)
        answer = application.reuse.explain_dossier(dossier.dossier_id, clerk)
        with application.records.transaction() as work:
            decisions = tuple(work.decisions.of_dossier(dossier.dossier_id))
    if as_json:
        session.print_json(answer_as_json(answer))
    else:
        show_answer(session, answer, decisions)


@reuse.command()
@click.argument("code")
@click.argument("slots", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every slot for which something is granted.")
@clerk()
@pass_session
def accept(session: Session, code: str, slots: tuple[str, ...], every: bool, clerk: str) -> None:
    """Takes what is granted for SLOTS of the dossier CODE: the citizen is not asked for these papers.

    \b
    Examples:
      sohoa reuse accept H29.119-261127-0002 quan_he --by "Trần Văn B"
      sohoa reuse accept H29.119-261127-0002 --all --by "Trần Văn B"
    """
    if bool(slots) == every:
        raise click.UsageError("name slots, or give --all")
    with session.open() as application:
        dossier_id = find_dossier(application.records, code).dossier_id
        if every:
            answer = application.reuse.explain_dossier(dossier_id, clerk)
            slots = tuple(each.rule.key for each in answer.granted)
        for slot in slots:
            _tell(session, application.reuse.accept(dossier_id, slot, clerk))
    if not slots:
        session.remark("reuse_nothing")


@reuse.command()
@click.argument("code")
@click.argument("slot")
@clerk()
@click.option("--reason", required=True, help="Why; it is recorded.")
@pass_session
def overrule(session: Session, code: str, slot: str, clerk: str, reason: str) -> None:
    """Decides against the proposal for SLOT of the dossier CODE, with a reason.

    A paper that is granted is asked for nevertheless; one that was refused is taken where the rule that
    refuses it leaves the choice.

    \b
    Example:
      sohoa reuse overrule H29.119-261127-0002 cho_o --by "Trần Văn B" --reason "bản quét mờ"
    """
    with session.open() as application:
        dossier_id = find_dossier(application.records, code).dossier_id
        _tell(session, application.reuse.overrule(dossier_id, slot, clerk, reason))


def _tell(session: Session, decision: ReuseDecision) -> None:
    session.out.print(
        session.messages.say(
            f"decided_{decision.verdict.value}", slot=decision.slot_key, origin=decision.origin or "-"
        ),
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
