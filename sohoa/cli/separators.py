"""``sohoa separators``: sheets that cut a batch, as a PDF to print."""

from __future__ import annotations

from pathlib import Path

import click

from dossiers.catalogue import Catalogue, load_catalogue
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.document_names import type_name
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.local_time import day_in_vietnam
from dossiers.office_types import learn_office_types
from scanners.separators.grammar import SheetKind, sheet_text
from scanners.separators.printing import PrintedSheet, sheets_pdf
from sohoa.cli.session import Session, pass_session
from sohoa.clock import utc_now

#: More sheets in one file are a mistake in the command.
MOST_SHEETS = 500


@click.command()
@click.option(
    "--next", "next_count", type=click.IntRange(0, MOST_SHEETS), default=0, help="Sheets of this kind."
)
@click.option("--dossier", "dossiers", multiple=True, help="Code of the dossier that begins; repeatable.")
@click.option("--procedure", "procedures", multiple=True, help="Code of the procedure; repeatable.")
@click.option("--type", "types", multiple=True, help="Id of the type of the next document; repeatable.")
@click.option("--profile", "profiles", multiple=True, help="Scanning profile from here on; repeatable.")
@click.option("--copies", type=click.IntRange(1, 100), default=1, show_default=True, help="Of each sheet.")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False), help="PDF.")
@pass_session
def separators(
    session: Session,
    next_count: int,
    dossiers: tuple[str, ...],
    procedures: tuple[str, ...],
    types: tuple[str, ...],
    profiles: tuple[str, ...],
    copies: int,
    output: Path,
) -> None:
    """Makes separator sheets (tờ phân cách) for A4 paper; print them on one side, at full size.

    \b
    Examples:
      sohoa separators --next 20 -o next.pdf
      sohoa separators --procedure 1.001193 --type giay_khai_sinh --copies 5 -o sheets.pdf
    """
    learn_office_types(session.settings.data_dir)
    wanted = [
        *((SheetKind.DOSSIER, each) for each in dossiers),
        *((SheetKind.PROCEDURE, each) for each in procedures),
        *((SheetKind.TYPE, _known_type(each)) for each in types),
        *((SheetKind.PROFILE, each) for each in profiles),
    ]
    sheets = [sheet for kind, value in wanted for sheet in [_sheet(session, kind, value)] * copies]
    sheets += [_sheet(session, SheetKind.NEXT, "")] * next_count
    if not 1 <= len(sheets) <= MOST_SHEETS:
        raise click.UsageError(session.messages.say("separators_count", most=MOST_SHEETS))
    content = sheets_pdf(sheets, session.messages.say("separators_pdf_title"))
    partial = output.with_name(output.name + ".part")
    partial.write_bytes(content)
    partial.replace(output)
    session.remark("separators_written", count=len(sheets), path=output)


def _known_type(type_id: str) -> str:
    if type_id not in DOCUMENT_TYPES:
        raise click.BadParameter(f"{type_id}: sohoa knows no such document type", param_hint="--type")
    return type_id


def _sheet(session: Session, kind: SheetKind, value: str) -> PrintedSheet:
    say = session.messages.say
    try:
        code = sheet_text(kind, value)
    except ValueError as cause:
        raise click.BadParameter(str(cause), param_hint=f"--{kind.name.lower()}") from cause
    key = kind.name.lower()
    return PrintedSheet(
        code=code,
        title=say("separator_title"),
        kind=say(f"separator_{key}"),
        value=_shown(session, kind, value),
        remarks=(say(f"separator_{key}_remark"), say("separator_remark")),
    )


def _shown(session: Session, kind: SheetKind, value: str) -> str:
    if kind is SheetKind.TYPE:
        return type_name(value, session.messages.language)
    if kind is SheetKind.PROCEDURE:
        code = str(ProcedureCode.parse(value))
        return " – ".join(
            part for part in (code, _procedure_name(load_catalogue(session.settings.data_dir), code)) if part
        )
    return value


def _procedure_name(catalogue: Catalogue, code: str) -> str:
    found = catalogue.search(code, day_in_vietnam(utc_now()))
    return found[0].name if len(found) == 1 else ""
