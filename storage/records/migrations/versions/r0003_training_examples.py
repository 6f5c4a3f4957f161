"""Pages whose type a clerk confirmed become training examples.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.moment import Moment
from storage.records.row_number import RowNumber

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "training_examples",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("type_id", sa.Text(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_training_examples")),
        sa.UniqueConstraint("page_id", name=op.f("uq_training_examples_page_id")),
        sa.ForeignKeyConstraint(
            ["page_id"], ["pages.page_id"], name=op.f("fk_training_examples_page_id_pages")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_training_examples_dossier_id_dossiers")
        ),
    )
    op.create_index(op.f("ix_training_examples_dossier_id"), "training_examples", ["dossier_id"])
