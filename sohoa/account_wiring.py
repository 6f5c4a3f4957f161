"""Accounts and sign-ins wired from an application."""

from __future__ import annotations

from dossiers.account_desk import AccountDesk
from dossiers.sign_in import SignIn
from sohoa.bootstrap import Application
from sohoa.clock import utc_now
from storage.keys.argon2_hasher import Argon2Hasher


def make_account_desk(application: Application) -> AccountDesk:
    """What an administrator does with accounts."""
    return AccountDesk(records=application.records, passwords=Argon2Hasher(), clock=utc_now)


def make_sign_in(application: Application) -> SignIn:
    """Signing in and out."""
    return SignIn(
        records=application.records,
        passwords=Argon2Hasher(),
        clock=utc_now,
        inherited=application.inherited,
    )
