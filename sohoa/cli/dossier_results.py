"""``sohoa dossier result`` and ``sohoa dossier revoke``."""

from __future__ import annotations

from datetime import datetime

import click

from dossiers.document_types import DOCUMENT_TYPES
from dossiers.local_time import day_in_vietnam
from dossiers.result import already_revoked
from dossiers.result_desk import NewResult
from sohoa.cli import dossier_options as options
from sohoa.cli.lookup import find_dossier
from sohoa.cli.session import Session, pass_session
from sohoa.office import make_office


@click.command()
@click.argument("code")
@click.option("--name", required=True, help="Name of the paper in Vietnamese.")
@click.option("--type", "type_id", default="", help="Id of its document type, for example giay_khai_sinh.")
@click.option("--document", "document_id", help="Id of the document of the dossier that holds it.")
@click.option("--national-code", default="", help="Code in the national list, for example KQ.G15.000031.")
@click.option("--issued", type=options.DAY, help="Day on the paper; default today.")
@click.option("--valid-until", type=options.DAY, help="Last day of its validity, as printed.")
@options.by
@options.as_json
@pass_session
def result(
    session: Session,
    code: str,
    name: str,
    type_id: str,
    document_id: str | None,
    national_code: str,
    issued: datetime | None,
    valid_until: datetime | None,
    by: str,
    as_json: bool,
) -> None:
    """Records a result of the dossier CODE and gives it its code, CODE-KQ(n).

    \b
    Example:
      sohoa dossier result H29.119-261125-0001 --name "Giấy khai sinh" --type giay_khai_sinh
    """
    if type_id and type_id not in DOCUMENT_TYPES:
        raise click.BadParameter(f"{type_id}: no such document type", param_hint="--type")
    with session.open() as application:
        office = make_office(application)
        dossier = find_dossier(office.records, code)
        new = NewResult(
            name=name,
            issued_on=issued.date() if issued else day_in_vietnam(office.clock()),
            type_id=type_id,
            document_id=document_id,
            national_code=national_code,
            valid_until=valid_until.date() if valid_until else None,
        )
        recorded = office.results.record(dossier.dossier_id, new, by)
    if as_json:
        session.print_json({"code": recorded.code, "name": recorded.name})
    else:
        session.out.print(session.messages.say("result_stands", code=recorded.code, name=name), markup=False)


@click.command()
@click.argument("result_code")
@options.reason
@click.option("--replaced-by", default="", help="Code of the result that stands in its place.")
@options.by
@options.dry_run
@pass_session
def revoke(session: Session, result_code: str, reason: str, replaced_by: str, by: str, dry_run: bool) -> None:
    """Revokes a result from now on; cannot be undone. It stays there to be looked up, and is reused no more.

    \b
    Examples:
      sohoa dossier revoke "H29.119-261125-0001-KQ(1)" --reason "Cấp sai thẩm quyền" --dry-run
      sohoa dossier revoke H29.119-261125-0001-KQ1 --reason "Cấp sai thẩm quyền"
    """
    with session.open() as application:
        office = make_office(application)
        found = office.results.find(result_code)
        if found.revocation is not None:
            raise already_revoked(found.code)
        if not dry_run:
            office.results.revoke(found.code, by=by, reason=reason, replaced_by=replaced_by)
    key = "would_revoke" if dry_run else "result_revoked"
    session.out.print(session.messages.say(key, code=found.code, name=found.name), markup=False)
