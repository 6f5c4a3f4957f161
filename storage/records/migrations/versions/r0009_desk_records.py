"""Tickets, weekly reports, half-done confirmations and kept searches; cases found by their end.

Revision ID: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.moment import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds four tables and two indexes."""
    op.create_table(
        "tickets",
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("called_at", Moment()),
        sa.Column("counter", sa.Text(), nullable=False),
        sa.Column("served_at", Moment()),
        sa.Column("left_at", Moment()),
        sa.Column("dossier_id", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_tickets"),
    )
    op.create_index("ix_tickets_taken_at", "tickets", ["taken_at"])
    op.create_table(
        "weekly_reports",
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("counted_at", Moment(), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_at", Moment()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "week", "revision", name="pk_weekly_reports"),
    )
    op.create_table(
        "review_drafts",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("held_until", Moment(), nullable=False),
        sa.Column("type_id", sa.Text(), nullable=False),
        sa.Column("copy_kind", sa.Text(), nullable=False),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.Text(), nullable=False),
        sa.Column("first_check", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_review_drafts"),
    )
    op.create_table(
        "saved_searches",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "name", name="pk_saved_searches"),
    )
    op.create_index("ix_cases_receiving_point_ended_at", "cases", ["receiving_point", "ended_at"])
    op.create_index("ix_case_steps_at", "case_steps", ["at"])
