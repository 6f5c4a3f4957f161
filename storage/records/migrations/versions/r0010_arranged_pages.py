"""A clerk moves and turns pages; what was done is kept so that it can be undone.

Revision ID: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.moment import Moment
from storage.records.row_number import RowNumber

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns, with no page moved or turned, and the table of steps."""
    with op.batch_alter_table("pages") as pages:
        pages.add_column(sa.Column("place", sa.Float(), nullable=False, server_default="0"))
        pages.add_column(sa.Column("turned", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "arranging_steps",
        sa.Column("seq", RowNumber, primary_key=True),
        sa.Column("step_id", sa.Text(), nullable=False, unique=True),
        sa.Column("dossier_id", sa.Text(), sa.ForeignKey("dossiers.dossier_id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=False),
    )
    op.create_index("ix_arranging_steps_dossier_id", "arranging_steps", ["dossier_id"])
