"""The tables of batches and of calls to programs, in the metadata of ``storage.records.schema``."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from storage.records.moment import Moment
from storage.records.row_number import RowNumber
from storage.records.schema import metadata

batches: Final = Table(
    "batches",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("batch_id", Text, nullable=False, unique=True),
    Column("branch", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Moment, nullable=False, index=True),
    Column("paused_at", Moment, index=True),
    Column("paused_by", Text, nullable=False),
)

batch_dossiers: Final = Table(
    "batch_dossiers",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False, unique=True),
    Column("batch_id", Text, ForeignKey("batches.batch_id"), nullable=False, index=True),
)

#: ``kinds`` holds a comma before and after each.
webhooks: Final = Table(
    "webhooks",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("webhook_id", Text, nullable=False, unique=True),
    Column("account_id", Text, ForeignKey("accounts.account_id"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
)

webhook_deliveries: Final = Table(
    "webhook_deliveries",
    metadata,
    Column("webhook_id", Text, ForeignKey("webhooks.webhook_id"), primary_key=True),
    Column("event_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("dossier_id", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("event_at", Moment, nullable=False, index=True),
    Column("due_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Index("ix_webhook_deliveries_state", "state", "webhook_id", "event_seq"),
)
