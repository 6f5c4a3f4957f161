"""``sohoa account``: who may work here, and which programs."""

from __future__ import annotations

from datetime import timedelta

import click
from rich.table import Table

from dossiers.account_desk import AccountChange, NewAccount
from dossiers.accounts import Account
from dossiers.permissions import GRANTABLE, Permission, Role
from dossiers.steward import Steward
from sohoa.account_wiring import make_account_desk
from sohoa.cli.options import clerk
from sohoa.cli.password import read_password
from sohoa.cli.session import Session, pass_session

_ROLES = click.Choice([each.value for each in Role])
_GRANTS = click.Choice(sorted(each.value for each in GRANTABLE))
_SCOPES = click.Choice(sorted(each.value for each in Permission))


@click.group()
def account() -> None:
    """Accounts of people, and tokens of programs that act in their name.

    \b
    Examples:
      sohoa account add hoa --shown-name "Nguyễn Thị Hoà" --role clerk --branch H29.119
      sohoa account list
      sohoa account disable hoa
      sohoa account token hoa --label "Cổng dịch vụ công" --scope dossier.read --scope search
    """


@account.command()
@click.argument("name")
@click.option("--shown-name", required=True, help="The person's name.")
@click.option("--role", required=True, type=_ROLES)
@click.option("--branch", help="Agency or branch; default the agency of the settings.")
@click.option("--grant", "grants", type=_GRANTS, multiple=True, help="A right beside those of the role.")
@clerk(is_required=False)
@pass_session
def add(
    session: Session,
    name: str,
    shown_name: str,
    role: str,
    branch: str | None,
    grants: tuple[str, ...],
    clerk: str,
) -> None:
    """Makes an account; its password is asked for, or read from standard input.

    \b
    Example:
      sohoa account add hoa --shown-name "Nguyễn Thị Hoà" --role clerk --branch H29.119
    """
    new = NewAccount(
        name=name,
        shown_name=shown_name,
        role=Role(role),
        branch=branch or session.settings.agency,
        grants=frozenset(Permission(each) for each in grants),
    )
    password = read_password(session)
    with session.open() as application:
        made = make_account_desk(application).create(new, password, Steward.of_computer(clerk))
    _tell(session, "account_added", name=made.name)


@account.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def list_all(session: Session, as_json: bool) -> None:
    """Lists all accounts."""
    with session.open() as application:
        found = make_account_desk(application).all(Steward.of_computer(""))
    if as_json:
        session.print_json([_as_json(each) for each in found])
        return
    table = Table()
    for key in ("account_name", "account_shown_name", "account_role", "branch", "account_state"):
        table.add_column(session.messages.say(key), overflow="fold")
    for each in found:
        state = session.messages.say("account_is_disabled" if each.is_disabled else "account_is_active")
        role = session.messages.say(f"role_{each.role.value}")
        shown = each.shown_name.replace("[", "(")
        table.add_row(each.name, shown, role, " ".join([each.branch, *sorted(each.grants)]), state)
    session.out.print(table)


@account.command()
@click.argument("name")
@click.option("--shown-name")
@click.option("--role", type=_ROLES)
@click.option("--branch")
@click.option("--grant", "grants", type=_GRANTS, multiple=True, help="All rights beside those of the role.")
@click.option("--no-grants", is_flag=True, help="No right beside those of the role.")
@clerk(is_required=False)
@pass_session
def change(
    session: Session,
    name: str,
    shown_name: str | None,
    role: str | None,
    branch: str | None,
    grants: tuple[str, ...],
    no_grants: bool,
    clerk: str,
) -> None:
    """Changes an account; its sessions end."""
    wanted = AccountChange(
        shown_name=shown_name,
        role=Role(role) if role else None,
        branch=branch,
        grants=frozenset(Permission(each) for each in grants) if grants or no_grants else None,
    )
    _change(session, name, wanted, clerk, "account_changed")


@account.command()
@click.argument("name")
@clerk(is_required=False)
@pass_session
def disable(session: Session, name: str, clerk: str) -> None:
    """Shuts an account out from the next request on."""
    _change(session, name, AccountChange(is_disabled=True), clerk, "account_disabled")


@account.command()
@click.argument("name")
@clerk(is_required=False)
@pass_session
def enable(session: Session, name: str, clerk: str) -> None:
    """Lets a disabled account in again."""
    _change(session, name, AccountChange(is_disabled=False), clerk, "account_enabled")


@account.command()
@click.argument("name")
@clerk(is_required=False)
@pass_session
def password(session: Session, name: str, clerk: str) -> None:
    """Gives an account another password, asked for or read from standard input; its sessions end."""
    secret = read_password(session)
    with session.open() as application:
        make_account_desk(application).set_password(name, secret, Steward.of_computer(clerk))
    _tell(session, "account_password_set", name=name)


@account.command()
@click.argument("name")
@click.option("--label", required=True, help="What the token is for.")
@click.option("--scope", "scopes", type=_SCOPES, multiple=True, required=True, help="What it may do.")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 366), help="How long it lasts.")
@clerk(is_required=False)
@pass_session
def token(session: Session, name: str, label: str, scopes: tuple[str, ...], days: int, clerk: str) -> None:
    """Makes a token for a program and prints it, this once, on standard output.

    \b
    Example:
      sohoa account token hoa --label "Cổng dịch vụ công" --scope dossier.read > token.txt
    """
    wanted = {Permission(each) for each in scopes}
    with session.open() as application:
        made, secret = make_account_desk(application).make_token(
            name, label, wanted, Steward.of_computer(clerk), timedelta(days=days)
        )
    session.out.file.write(secret + "\n")
    session.remark("account_token_made", token=made.token_id, until=f"{made.expires_at:%d/%m/%Y}")


@account.command()
@click.argument("name")
@click.option("--revoke", help="Revoke the token with this id.")
@clerk(is_required=False)
@pass_session
def tokens(session: Session, name: str, revoke: str | None, clerk: str) -> None:
    """Lists the tokens of an account, or revokes one."""
    with session.open() as application:
        desk, by = make_account_desk(application), Steward.of_computer(clerk)
        if revoke:
            desk.revoke_token(name, revoke, by)
        found = desk.tokens(name, by)
    table = Table()
    for key in ("account_token", "account_label", "account_scopes", "account_until", "account_state"):
        table.add_column(session.messages.say(key), overflow="fold")
    for each in found:
        state = session.messages.say("revoked" if each.revoked_at else "account_is_active")
        scopes = " ".join(sorted(each.scopes))
        until = f"{each.expires_at:%d/%m/%Y}"
        table.add_row(each.token_id, each.label.replace("[", "("), scopes, until, state)
    session.out.print(table)


def _change(session: Session, name: str, wanted: AccountChange, by: str, told: str) -> None:
    with session.open() as application:
        changed = make_account_desk(application).change(name, wanted, Steward.of_computer(by))
    _tell(session, told, name=changed.name)


def _tell(session: Session, key: str, **values: object) -> None:
    session.out.print(session.messages.say(key, **values), markup=False, highlight=False)


def _as_json(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "shown_name": account.shown_name,
        "role": account.role.value,
        "branch": account.branch,
        "grants": sorted(account.grants),
        "is_disabled": account.is_disabled,
        "created_at": account.created_at.isoformat(),
    }
