"""The tables of accounts and sign-ins, in the metadata of ``storage.records.schema``.

Rule: of a password, a session's secret and a token only the hash is here; of a name that was tried in vain
only a hash, too.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from storage.records.moment import Moment
from storage.records.row_number import RowNumber
from storage.records.schema import metadata

accounts: Final = Table(
    "accounts",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("account_id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, unique=True),
    Column("shown_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("branch", Text, nullable=False),
    Column("grants", Text, nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
)

account_events: Final = Table(
    "account_events",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("account_id", Text, ForeignKey("accounts.account_id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

sessions: Final = Table(
    "sessions",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("account_id", Text, ForeignKey("accounts.account_id"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    Column("confirmed_at", Moment, nullable=False),
)

api_tokens: Final = Table(
    "api_tokens",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("token_id", Text, nullable=False, unique=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("account_id", Text, ForeignKey("accounts.account_id"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

failed_tries: Final = Table(
    "failed_tries",
    metadata,
    Column("key", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Moment, nullable=False, index=True),
)

#: Answers to programs, by a hash of the account and its key.
kept_answers: Final = Table(
    "kept_answers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("request_hash", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
