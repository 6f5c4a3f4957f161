"""``sohoa confirm``: a clerk says what a document is; the answer becomes a training example."""

from __future__ import annotations

import click
from rich.table import Table

from dossiers.document_names import type_name
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.office_types import learn_office_types
from dossiers.placing import Placing
from sohoa.cli.changed import show_changed
from sohoa.cli.chosen import chosen_document
from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now
from sohoa.report import report_on
from sohoa.training import make_learning


@click.command()
@click.argument("code", required=False)
@click.option("--document", "numbers", type=int, multiple=True, help="Number of a document; may be repeated.")
@click.option("--page", type=int, help="Number of a page of the document instead.")
@click.option("--type", "type_id", help="What it really is, where the proposal is wrong; see --list-types.")
@click.option("--list-types", is_flag=True, help="List the ids and names of all types.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def confirm(
    session: Session,
    code: str | None,
    numbers: tuple[int, ...],
    page: int | None,
    type_id: str | None,
    list_types: bool,
    as_json: bool,
) -> None:
    """Confirms the types of documents of the dossier CODE, or corrects one with --type.

    Slots are filled anew, and sohoa train learns from the pages. Values are not confirmed by this.

    \b
    Examples:
      sohoa confirm H29.119-250701-0001 --document 1 --document 2
      sohoa confirm H29.119-250701-0001 --document 3 --type giay_chung_sinh
      sohoa confirm H29.119-250701-0001 --page 5 --type ct07
      sohoa confirm --list-types
    """
    if list_types:
        _list(session, as_json=as_json)
        return
    if code is None or not (numbers or page is not None):
        raise click.UsageError("give CODE and --document or --page")
    if type_id is not None and len(numbers) + (page is not None) > 1:
        raise click.UsageError("--type corrects one document at a time")
    with session.open() as application:
        dossier = find_dossier(application.records, code)
        report = report_on(application.records, dossier.dossier_id, application.procedure_name(dossier))
        chosen = [chosen_document(report, number, None) for number in numbers]
        chosen += [chosen_document(report, None, page)] if page is not None else []
        learning = make_learning(application)
        for document in chosen:
            named = learning.confirm_type(document.document_id, type_id or document.type_id)
            name = type_name(named.type_id, session.messages.language)
            session.remark("type_confirmed", number=document.ordinal, name=name)
        Placing(records=application.records, clock=utc_now).refill(dossier.dossier_id)
        show_changed(session, application, dossier, as_json=as_json)


def _list(session: Session, *, as_json: bool) -> None:
    learn_office_types(session.settings.data_dir)
    types = [each for each in DOCUMENT_TYPES.values() if each.type_id not in (BLANK, UNKNOWN)]
    if as_json:
        session.print_json([{"type": each.type_id, "vi": each.vi, "en": each.en} for each in types])
        return
    table = Table()
    for title in ("--type", session.messages.say("kind")):
        table.add_column(title, overflow="fold")
    for each in types:
        table.add_row(each.type_id, type_name(each.type_id, session.messages.language))
    session.out.print(table)
