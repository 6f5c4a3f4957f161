"""``sohoa dossier add`` and ``sohoa dossier slots``."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from dossiers.case_file import CaseFile
from dossiers.document_names import document_name
from dossiers.errors import InputCode, InputError
from dossiers.slot import Slot
from sohoa.cli import dossier_options as options
from sohoa.cli.lookup import find_dossier
from sohoa.cli.progress import ConsoleWatcher
from sohoa.cli.session import Session, pass_session
from sohoa.digitization import add_papers
from sohoa.office import make_office
from sohoa.report import report_on


@click.command()
@click.argument("code")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@pass_session
def add(session: Session, code: str, paths: tuple[Path, ...]) -> None:
    """Takes files and folders into the dossier CODE and reads them; supplements too.

    \b
    Example:
      sohoa dossier add H29.119-261125-0001 scans/ card.jpg

    \b
    Exit codes: 0 done, 4 some file was refused (the others went on), 9 some page could not be read.
    """
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise InputError(InputCode.NOT_FOUND, str(path))
    with session.open() as application:
        dossier = find_dossier(application.records, code)
        with ConsoleWatcher(session, application.catalogue) as watcher:
            add_papers(application, dossier, paths, watcher)
        report = report_on(application.records, dossier.dossier_id, application.procedure_name(dossier))
        with application.records.transaction() as work:
            has_case = work.cases.find(dossier.dossier_id) is not None
        if has_case:
            show_slots(session, make_office(application).case_file(dossier.dossier_id))
    refused = InputError.exit_code if report.refusals else 0
    raise click.exceptions.Exit(refused or (9 if report.is_partial else 0))


@click.command()
@click.argument("code")
@options.as_json
@pass_session
def slots(session: Session, code: str, as_json: bool) -> None:
    """Shows the checklist of the dossier CODE: what is filled, what is missing, how each paper is treated.

    \b
    Example:
      sohoa dossier slots H29.119-261125-0001
    """
    with session.open() as application:
        dossier = find_dossier(application.records, code)
        file = make_office(application).case_file(dossier.dossier_id)
    if as_json:
        session.print_json([_as_json(each) for each in file.slots])
    else:
        show_slots(session, file)


def show_slots(session: Session, file: CaseFile) -> None:
    """Prints the checklist of a case."""
    say = session.messages.say
    documents = {each.document_id: each for each in file.documents}
    table = Table()
    for key in ("component", "policy", "paper_form", "filled_by"):
        table.add_column(say(key), overflow="fold")
    for slot in file.slots:
        document = documents.get(slot.document_id or "")
        named = (
            document_name(document, session.messages.language) if document else _empty(session, file, slot)
        )
        form = say(f"paper_form_{slot.rule.form}") if slot.rule.form else ""
        table.add_row(slot.rule.name, say(f"policy_{slot.rule.policy}"), form, named)
    session.out.print(table)
    names = "; ".join(each.rule.name for each in file.missing)
    if file.waiting_count:
        session.out.print(say("pages_waiting", count=file.waiting_count), markup=False)
    session.out.print(say("missing", names=names) if names else say("missing_none"), markup=False)


def _empty(session: Session, file: CaseFile, slot: Slot) -> str:
    if (origin := file.reused.get(slot.rule.key)) is not None:
        return session.messages.say("slot_reused", origin=origin)
    if slot.rule.policy == "present_only":
        return session.messages.say("slot_present_only")
    return session.messages.say("slot_missing" if slot.rule.is_required else "slot_optional")


def _as_json(slot: Slot) -> dict[str, object]:
    return {
        "key": slot.rule.key,
        "name": slot.rule.name,
        "policy": slot.rule.policy,
        "form": slot.rule.form or None,
        "required": slot.rule.is_required,
        "document_id": slot.document_id,
    }
