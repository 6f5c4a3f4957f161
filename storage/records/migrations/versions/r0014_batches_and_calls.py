"""Batches of dossiers, addresses of programs and the calls that they are due.

Revision ID: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.moment import Moment
from storage.records.row_number import RowNumber

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables."""
    _add_batches()
    _add_webhooks()


def _add_batches() -> None:
    op.create_table(
        "batches",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("paused_at", Moment(), nullable=True),
        sa.Column("paused_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_batches")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_batches_batch_id")),
    )
    op.create_index(op.f("ix_batches_made_at"), "batches", ["made_at"])
    op.create_index(op.f("ix_batches_paused_at"), "batches", ["paused_at"])
    op.create_table(
        "batch_dossiers",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_batch_dossiers_dossier_id_dossiers")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.batch_id"], name=op.f("fk_batch_dossiers_batch_id_batches")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_batch_dossiers")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq_batch_dossiers_dossier_id")),
    )
    op.create_index(op.f("ix_batch_dossiers_batch_id"), "batch_dossiers", ["batch_id"])


def _add_webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("webhook_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.account_id"], name=op.f("fk_webhooks_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_webhooks")),
        sa.UniqueConstraint("webhook_id", name=op.f("uq_webhooks_webhook_id")),
    )
    op.create_index(op.f("ix_webhooks_account_id"), "webhooks", ["account_id"])
    op.create_table(
        "webhook_deliveries",
        sa.Column("webhook_id", sa.Text(), nullable=False),
        sa.Column("event_seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("event_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.webhook_id"], name=op.f("fk_webhook_deliveries_webhook_id_webhooks")
        ),
        sa.PrimaryKeyConstraint("webhook_id", "event_seq", name=op.f("pk_webhook_deliveries")),
    )
    op.create_index(op.f("ix_webhook_deliveries_event_at"), "webhook_deliveries", ["event_at"])
    columns = ["state", "webhook_id", "event_seq"]
    op.create_index("ix_webhook_deliveries_state", "webhook_deliveries", columns)
