"""A page scanned anew takes the number of the old one, which stays; uses of scanners are noted.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.moment import Moment
from storage.records.row_number import RowNumber

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the revision of a page and the table of uses; pages that are there were all scanned once."""
    with op.batch_alter_table("pages") as pages:
        pages.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        pages.drop_constraint("uq_pages_dossier_id_number", type_="unique")
        pages.create_unique_constraint(
            "uq_pages_dossier_id_number_revision", ["dossier_id", "number", "revision"]
        )
    op.create_table(
        "scanner_uses",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_scanner_uses")),
    )
    op.create_index("ix_scanner_uses_device_ended_at", "scanner_uses", ["device", "ended_at"])
