"""``sohoa dossier open``."""

from __future__ import annotations

import hashlib
from uuid import uuid4

import click

from dossiers.case import Channel, IdentifierKind, Parties, Party, Places
from dossiers.case_desk import CaseOpening, Doing
from dossiers.codes.agency_code import AgencyCode
from dossiers.codes.identifier import identifier_of
from sohoa.cli import dossier_options as options
from sohoa.cli.session import Session, pass_session
from sohoa.office import make_office
from sohoa.settings import UNCONFIGURED_AGENCY


@click.command("open")
@click.option("--procedure", required=True, help="Procedure code (mã TTHC).")
@click.option("--variant", help="Variant of the procedure, where it has several.")
@click.option("--name", required=True, help="Name of the owner; with authorisation: of the authoriser.")
@click.option("--citizen", help="Personal number of the owner.")
@click.option("--passport", help="Passport of an owner who is a foreigner.")
@click.option("--organisation", help="Tax or enterprise code of an owner that is an organisation.")
@click.option("--address", default="", help="Address of the owner.")
@click.option("--phone", default="", help="Telephone of the owner.")
@click.option("--bearer", default="", help="Name of whoever brings the papers for the owner.")
@click.option("--bearer-citizen", default="", help="Personal number of the bearer.")
@click.option("--authorisation", default="", help="What authorises the bearer.")
@click.option("--channel", type=click.Choice([each.value for each in Channel]), default="direct")
@click.option("--competent", help="Identifier of the agency that decides; default the receiving point.")
@click.option("--support", default="", help="Identifier of the point that helped to submit.")
@click.option("--key", help="Opening again with the same key is the same opening.")
@options.by
@options.as_json
@pass_session
def open_(
    session: Session,
    procedure: str,
    variant: str | None,
    name: str,
    citizen: str | None,
    passport: str | None,
    organisation: str | None,
    address: str,
    phone: str,
    bearer: str,
    bearer_citizen: str,
    authorisation: str,
    channel: str,
    competent: str | None,
    support: str,
    key: str | None,
    by: str,
    as_json: bool,
) -> None:
    """Opens a dossier and gives it its code (mã hồ sơ).

    \b
    Examples:
      sohoa dossier open --procedure 1.001193 --name "Nguyễn Thị Hoà" --citizen 003190000001
      sohoa dossier open --procedure 1.004222 --name "Trần Văn Bê" --bearer "Lê Thị Xê" \\
        --authorisation "Giấy ủy quyền số 5" --competent H29.120
    """
    point = session.settings.agency
    if point == UNCONFIGURED_AGENCY:
        session.remark("agency_unconfigured", agency=point)
    agency = str(AgencyCode.parse(competent)) if competent else point
    kind, identifier = _identifier(citizen, passport, organisation)
    opening = CaseOpening(
        intake_key=hashlib.sha256(f"case\x1f{key or uuid4().hex}".encode()).hexdigest(),
        procedure=procedure,
        variant=variant,
        channel=Channel(channel),
        places=Places(receiving_point=point, competent_agency=agency, support_point=support),
        parties=Parties(
            owner=Party(name=name, kind=kind, identifier=identifier, address=address, phone=phone),
            bearer=_bearer(bearer, bearer_citizen),
            authorisation=authorisation,
        ),
    )
    with session.open() as application:
        office = make_office(application)
        dossier, case = office.desk.open(opening, Doing(by=by))
    if as_json:
        session.print_json({"code": dossier.code, "state": case.state, "title": dossier.title})
    else:
        session.out.print(session.messages.say("case_opened", code=dossier.code, title=dossier.title))


def _identifier(
    citizen: str | None, passport: str | None, organisation: str | None
) -> tuple[IdentifierKind, str]:
    if sum(each is not None for each in (citizen, passport, organisation)) > 1:
        raise click.UsageError("give only one of --citizen, --passport and --organisation")
    given = {IdentifierKind.PASSPORT: passport, IdentifierKind.ORGANISATION: organisation}
    kind = next((each for each, text in given.items() if text), IdentifierKind.PERSONAL_NUMBER)
    return kind, identifier_of(kind, given.get(kind, citizen) or "")


def _bearer(name: str, citizen: str) -> Party | None:
    if citizen and not name:
        raise click.UsageError("--bearer-citizen needs --bearer")
    number = identifier_of(IdentifierKind.PERSONAL_NUMBER, citizen)
    return Party(name=name, identifier=number) if name else None
