"""``sohoa find``: archived files by procedure code and everything else."""

from __future__ import annotations

from datetime import datetime

import click
from rich.table import Table

from dossiers.codes.agency_code import AgencyCode
from dossiers.codes.dossier_code import DossierCode
from dossiers.codes.personal_number import PersonalNumber
from dossiers.codes.procedure_code import ProcedureCode
from dossiers.document_names import type_name
from dossiers.document_types import DOCUMENT_TYPES
from dossiers.retrieval import Retrieval
from dossiers.search import Hit, Query
from sohoa.cli.session import Session, pass_session

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.command()
@click.option("--procedure", help="Procedure code; older and newer codes of it are found too.")
@click.option(
    "--agency", help="Agency that took it in, decides or supports it; older and newer identifiers too."
)
@click.option("--dossier", help="Dossier code (mã hồ sơ).")
@click.option("--citizen", help="Personal number of the owner or of anybody on a paper.")
@click.option("--person", help="A person's name, with or without tone marks.")
@click.option("--type", "type_id", type=click.Choice(sorted(DOCUMENT_TYPES)), help="Document type.")
@click.option("--from", "first", type=_DAY, help="First day of receipt.")
@click.option("--to", "last", type=_DAY, help="Last day of receipt.")
@click.option("--words", help="Words that stand on one page, with or without tone marks.")
@click.option("--exact-tones", is_flag=True, help="Names and words must match tone for tone.")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def find(
    session: Session,
    procedure: str | None,
    agency: str | None,
    dossier: str | None,
    citizen: str | None,
    person: str | None,
    type_id: str | None,
    first: datetime | None,
    last: datetime | None,
    words: str | None,
    exact_tones: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Finds documents; all conditions must hold.

    \b
    Examples:
      sohoa find --procedure 1.001193
      sohoa find --agency H29.119 --from 2026-11-01
      sohoa find --person "nguyen thi hoa" --type giay_khai_sinh
      sohoa find --words "quyền sử dụng đất" --from 2026-01-01
    """
    with session.open() as application:
        retrieval = application.retrieval
        hits = retrieval.find(
            Query(
                procedure_codes=_codes(retrieval, procedure),
                agency_codes=_agencies(retrieval, agency),
                dossier_code=str(DossierCode.parse(dossier)) if dossier else None,
                citizen_number=PersonalNumber.parse(citizen).digits if citizen else None,
                person=person,
                type_id=type_id,
                received_from=first.date() if first else None,
                received_to=last.date() if last else None,
                words=words,
                exact_tones=exact_tones,
                limit=limit,
            )
        )
    if as_json:
        session.print_json([_as_json(hit) for hit in hits])
    else:
        _print(session, hits)


def _codes(retrieval: Retrieval, procedure: str | None) -> tuple[str, ...]:
    return retrieval.codes(ProcedureCode.parse(procedure).number) if procedure else ()


def _agencies(retrieval: Retrieval, agency: str | None) -> tuple[str, ...]:
    return retrieval.agencies(AgencyCode.parse(agency).text) if agency else ()


def _as_json(hit: Hit) -> dict[str, str | int | None]:
    return {
        "dossier": hit.dossier_code,
        "document": hit.document_id,
        "type": hit.type_id,
        "page": hit.page_number,
        "snippet": hit.snippet,
    }


def _print(session: Session, hits: tuple[Hit, ...]) -> None:
    say = session.messages.say
    if not hits:
        session.out.print(say("found_none"))
        return
    has_places = any(hit.page_number for hit in hits)
    table = Table()
    for key in ("dossier", "document", *(("page", "snippet") if has_places else ())):
        table.add_column(say(key), overflow="fold")
    for hit in hits:
        kind = type_name(hit.type_id, session.messages.language) if hit.type_id else ""
        place = (str(hit.page_number or ""), hit.snippet.replace("[", "\\[")) if has_places else ()
        table.add_row(hit.dossier_code, kind, *place)
    session.out.print(table)
    dossiers = len({hit.dossier_id for hit in hits})
    session.out.print(say("found", documents=len({hit.document_id for hit in hits}), dossiers=dossiers))
