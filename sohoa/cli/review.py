"""``sohoa review``: a named clerk looks at what was read and confirms it."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.table import Table

from dossiers.confirmed import ConfirmedPaper
from dossiers.document import Document
from dossiers.document_names import full_name
from dossiers.document_types import BLANK, UNKNOWN
from dossiers.reading import CopyKind
from dossiers.review import Confirmation
from sohoa.bootstrap import Application
from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session

_KINDS = [each.value for each in CopyKind if each is not CopyKind.UNKNOWN]


@click.command()
@click.argument("code")
@click.option("--confirm", "ordinals", type=int, multiple=True, help="Number of a document; may be repeated.")
@click.option("--confirm-all", "every", is_flag=True, help="Every document whose type is known.")
@click.option("--by", "clerk", help="Name of the clerk who confirms; it is recorded.")
@click.option("--type", "type_id", help="What the document is, where the proposal is wrong.")
@click.option("--copy", "copy_kind", type=click.Choice(_KINDS), help="Original or which kind of copy.")
@click.option("--set", "typed", multiple=True, help="A corrected value: field=value; field= for none.")
@click.option("--dry-run", is_flag=True, help="Only say what would be confirmed.")
@pass_session
def review(
    session: Session,
    code: str,
    ordinals: tuple[int, ...],
    every: bool,
    clerk: str | None,
    type_id: str | None,
    copy_kind: str | None,
    typed: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Shows the documents of the dossier CODE with their values; a named clerk confirms them.

    Only what was confirmed here can be used again (sohoa checklist), and it stays so: look first.

    \b
    Examples:
      sohoa review H29.119-250701-0001
      sohoa review H29.119-250701-0001 --confirm 2 --by "Trần Văn B" --set expiry_date=01/03/2035
      sohoa review H29.119-250701-0001 --confirm-all --by "Trần Văn B"
    """
    _check(ordinals, every=every, clerk=clerk, is_correcting=bool(typed or type_id or copy_kind))
    said = Confirmation(
        clerk=clerk or "",
        type_id=type_id,
        copy_kind=CopyKind(copy_kind) if copy_kind else None,
        corrections=dict(_pair(each) for each in typed),
    )
    with session.open() as application:
        documents, papers = _documents(application, code)
        if not ordinals and not every:
            _show(session, documents, papers)
        for document in _chosen(documents, ordinals, every=every, done=set(papers)):
            if not dry_run:
                application.review.confirm(document.document_id, said)
            name = full_name(document, session.messages.language)
            key = "would_confirm" if dry_run else "confirmed"
            session.out.print(
                session.messages.say(key, number=document.ordinal, name=name), markup=False, highlight=False
            )


def _check(ordinals: tuple[int, ...], *, every: bool, clerk: str | None, is_correcting: bool) -> None:
    if ordinals and every:
        raise click.UsageError("give --confirm or --confirm-all")
    if (ordinals or every) and not (clerk or "").strip():
        raise click.UsageError("confirming needs a name: --by")
    if is_correcting and len(ordinals) != 1:
        raise click.UsageError("corrections are for one --confirm")


def _show(session: Session, documents: Sequence[Document], papers: dict[str, ConfirmedPaper]) -> None:
    say = session.messages.say
    for document in documents:
        paper = papers.get(document.document_id)
        state = say("confirmed_by", clerk=paper.confirmed_by) if paper else say("not_confirmed")
        name = full_name(document, session.messages.language)
        table = Table(title=f"{document.ordinal}. {name} – {state}".replace("[", "("), title_justify="left")
        for key in ("field", "field_key", "value", "confidence"):
            table.add_column(say(key), overflow="fold")
        for value in document.fields:
            shown = (value.value or "").replace("[", "(")
            table.add_row(
                session.messages.field(value.name), value.name, shown, f"{round(100 * value.confidence)} %"
            )
        session.out.print(table)


def _documents(application: Application, code: str) -> tuple[Sequence[Document], dict[str, ConfirmedPaper]]:
    dossier = find_dossier(application.records, code)
    with application.records.transaction() as work:
        documents = [each for each in work.documents.of_dossier(dossier.dossier_id) if each.type_id != BLANK]
        papers = {each.paper_id: each for each in work.papers.of_dossier(dossier.dossier_id)}
    return documents, papers


def _chosen(
    documents: Sequence[Document], ordinals: tuple[int, ...], *, every: bool, done: set[str]
) -> Sequence[Document]:
    if every:
        return [each for each in documents if each.type_id != UNKNOWN and each.document_id not in done]
    known = {each.ordinal: each for each in documents}
    if unknown := [each for each in ordinals if each not in known]:
        raise click.UsageError(f"the dossier has no document {unknown[0]}")
    return [known[each] for each in ordinals]


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError("--set takes field=value")
    return name, value
