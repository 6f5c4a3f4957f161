"""``sohoa vault``: the store of a person or organisation (Kho)."""

from __future__ import annotations

from contextlib import closing

import click
from rich.table import Table

from dossiers.citizens import HolderNumber
from dossiers.consent import ConsentBy, Purpose
from dossiers.document_names import type_name
from dossiers.vault import VaultView
from sohoa.bootstrap import RECORDS_FILE
from sohoa.cli.options import citizen, clerk
from sohoa.cli.session import Session, pass_session
from sohoa.reuse_wiring import key_file
from storage.keys.number_index import renew_key
from storage.records.opening import open_records

_PURPOSES = [each.value for each in Purpose]


@click.group()
def vault() -> None:
    """The store of a person or organisation (Kho dữ liệu của tổ chức, cá nhân).

    \b
    Examples:
      sohoa vault show --citizen 003195500150
      sohoa vault consent --citizen 003195500150 --by "Trần Văn B"
      sohoa vault merge --citizen 003195500150 --with 012345678 --by "Trần Văn B" --reason "CMND cũ"
    """


@vault.command()
@citizen()
@clerk(is_required=False)
@click.option("--values", is_flag=True, help="Show the confirmed values too.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def show(session: Session, citizen: HolderNumber, clerk: str, values: bool, as_json: bool) -> None:
    """Shows what is in the store; who looked is noted.

    \b
    Example:
      sohoa vault show --citizen 003195500150
    """
    with session.open() as application:
        view = application.vault.show(citizen, clerk)
    if as_json:
        session.print_json(_as_json(view))
        return
    say = session.messages.say
    numbers = ", ".join(f"{each.kind.value} …{each.tail}" for each in view.numbers)
    consents = ", ".join(say(f"purpose_{each.value}") for each in sorted(view.consents))
    session.out.print(say("vault_numbers", numbers=numbers), markup=False, highlight=False)
    session.out.print(say("vault_consents", purposes=consents or say("none")), markup=False, highlight=False)
    table = Table()
    for key in ("paper_id", "filled_by", "vault_origin", "issued", "expires", "vault_confirmed"):
        table.add_column(say(key), overflow="fold")
    for held in view.papers:
        paper = held.paper
        name = type_name(paper.type_id, session.messages.language)
        is_out = paper.revoked_at or held.result_revoked_at
        table.add_row(
            paper.paper_id,
            f"{name} ({say('revoked')})" if is_out else name,
            held.result_code or paper.dossier_code,
            f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else "",
            f"{paper.expires_on:%d/%m/%Y}" if paper.expires_on else "",
            paper.confirmed_by.replace("[", "("),
        )
    session.out.print(table)
    if values:
        _show_values(session, view)


@vault.command()
@citizen()
@click.option(
    "--purpose", "purposes", type=click.Choice(_PURPOSES), multiple=True, help="Default: keep, reuse."
)
@click.option("--representative", is_flag=True, help="Given by parent, guardian or representative.")
@clerk()
@pass_session
def consent(
    session: Session, citizen: HolderNumber, purposes: tuple[str, ...], representative: bool, clerk: str
) -> None:
    """Notes that the person agrees: luu_kho (keep), tai_su_dung (reuse), dien_to_khai (fill in forms).

    \b
    Example:
      sohoa vault consent --citizen 003195500150 --by "Trần Văn B"
    """
    wanted = [Purpose(each) for each in purposes] or [Purpose.KEEP, Purpose.REUSE]
    by = ConsentBy.REPRESENTATIVE if representative else ConsentBy.SELF
    with session.open() as application:
        counting = application.vault.consent(citizen, wanted, clerk, by=by)
    _tell_consents(session, counting)


@vault.command()
@citizen()
@click.option("--purpose", "purposes", type=click.Choice(_PURPOSES), multiple=True, help="Default: all.")
@clerk()
@pass_session
def withdraw(session: Session, citizen: HolderNumber, purposes: tuple[str, ...], clerk: str) -> None:
    """Notes that the person no longer agrees; it counts from this moment.

    \b
    Example:
      sohoa vault withdraw --citizen 003195500150 --purpose tai_su_dung --by "Trần Văn B"
    """
    wanted = [Purpose(each) for each in purposes] or list(Purpose)
    with session.open() as application:
        counting = application.vault.consent(citizen, wanted, clerk, is_given=False)
    _tell_consents(session, counting)


@vault.command()
@citizen()
@citizen("--with", "other", help="The other number: an old card's, or that of the same person known twice.")
@clerk()
@click.option("--reason", required=True, help="Why they are one; it is recorded.")
@pass_session
def merge(session: Session, citizen: HolderNumber, other: HolderNumber, clerk: str, reason: str) -> None:
    """Joins two numbers of one person; consent is not carried over. Undone by sohoa vault split --act.

    \b
    Example:
      sohoa vault merge --citizen 003195500150 --with 012345678 --by "Trần Văn B" --reason "CMND cũ"
    """
    with session.open() as application:
        act = application.vault.merge(citizen, other, clerk, reason)
    key = "vault_merged" if act else "vault_one_already"
    session.out.print(session.messages.say(key, act=act), markup=False, highlight=False)


@vault.command()
@citizen()
@click.option("--act", help="Undo this joining: merge:….")
@click.option("--paper", "papers", multiple=True, help="A paper that is another person's.")
@citizen("--to", is_required=False, help="The person whose papers they are.")
@clerk()
@pass_session
def split(
    session: Session,
    citizen: HolderNumber,
    act: str | None,
    papers: tuple[str, ...],
    to: HolderNumber | None,
    clerk: str,
) -> None:
    """Parts people that were joined by mistake, or gives papers to the person they belong to.

    \b
    Examples:
      sohoa vault split --citizen 003195500150 --act merge:0123456789ab --by "Trần Văn B"
      sohoa vault split --citizen 003195500150 --paper 4f2a… --to 003090123456 --by "Trần Văn B"
    """
    if bool(act) == bool(papers) or bool(papers) != bool(to):
        raise click.UsageError("give --act, or --paper with --to")
    with session.open() as application:
        if act:
            moved = application.vault.undo(citizen, act, clerk)
        elif to:
            application.vault.split(citizen, papers, to, clerk)
            moved = len(papers)
    session.out.print(session.messages.say("vault_parted", count=moved), markup=False, highlight=False)


@vault.command()
@click.argument("paper")
@clerk()
@click.option("--reason", required=True, help="Why; it is recorded.")
@pass_session
def revoke(session: Session, paper: str, clerk: str, reason: str) -> None:
    """Marks the paper with the id PAPER as revoked; it stays to be looked up and is never used again.

    \b
    Example:
      sohoa vault revoke 0123456789abcdef0123 --by "Trần Văn B" --reason "cơ quan cấp đã hủy"
    """
    with session.open() as application:
        application.vault.revoke(paper, clerk, reason)
    session.out.print(session.messages.say("vault_revoked", paper=paper), markup=False, highlight=False)


@vault.command("renew-key")
@pass_session
def renew(session: Session) -> None:
    """Makes a new key for the index of numbers and files everything under it (nobody can write meanwhile).
    Only people whose number stands in no dossier move when they are next looked up. After an interruption run
    it again.

    \b
    Example:
      sohoa vault renew-key
    """
    key = key_file(session.settings)
    count = renew_key(key)
    settings = session.settings
    with closing(open_records(settings.records_url, settings.data_dir / RECORDS_FILE, key)) as records:
        filed = records.file_numbers_anew()
    told = session.messages.say(
        "vault_key_renewed", count=count, filed=filed.values, people=filed.people, left=filed.left
    )
    session.out.print(told, markup=False, soft_wrap=True)


def _tell_consents(session: Session, counting: frozenset[Purpose]) -> None:
    say = session.messages.say
    purposes = ", ".join(say(f"purpose_{each.value}") for each in sorted(counting))
    session.out.print(say("vault_consents", purposes=purposes or say("none")), markup=False, highlight=False)


def _show_values(session: Session, view: VaultView) -> None:
    say = session.messages.say
    table = Table()
    for key in ("paper_id", "field", "value", "source"):
        table.add_column(say(key), overflow="fold")
    for paper_id, facts in view.facts.items():
        for fact in facts:
            source = fact.source.value if fact.source else say("typed")
            shown = f"{source}, {say('corrected')}" if fact.is_corrected else source
            name = session.messages.field(fact.name)
            table.add_row(paper_id, name, (fact.value or "").replace("[", "("), shown)
    session.out.print(table)


def _as_json(view: VaultView) -> dict[str, object]:
    return {
        "numbers": [{"kind": each.kind.value, "tail": each.tail} for each in view.numbers],
        "consents": sorted(each.value for each in view.consents),
        "papers": [
            {
                "id": held.paper.paper_id,
                "type": held.paper.type_id,
                "dossier": held.paper.dossier_code,
                "result": held.result_code,
                "issued_on": held.paper.issued_on.isoformat() if held.paper.issued_on else None,
                "expires_on": held.paper.expires_on.isoformat() if held.paper.expires_on else None,
                "copy": held.paper.copy_kind.value,
                "confirmed_by": held.paper.confirmed_by,
                "confirmed_at": held.paper.confirmed_at.isoformat(),
                "is_revoked": bool(held.paper.revoked_at or held.result_revoked_at),
                "values": [
                    {
                        "field": fact.name,
                        "value": fact.value,
                        "proposed": fact.proposed,
                        "page": fact.page_id,
                        "confidence": fact.confidence,
                        "source": fact.source.value if fact.source else None,
                    }
                    for fact in view.facts[held.paper.paper_id]
                ],
            }
            for held in view.papers
        ],
    }
