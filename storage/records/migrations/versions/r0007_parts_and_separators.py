"""A page may be a part of a picture, and a separator sheet may name its type or begin a document.

Revision ID: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; pages that are there are whole pictures behind no separator."""
    with op.batch_alter_table("pages") as pages:
        pages.add_column(sa.Column("region", sa.Text()))
        pages.add_column(sa.Column("named_type", sa.Text(), nullable=False, server_default=""))
        pages.add_column(sa.Column("opens_document", sa.Boolean(), nullable=False, server_default=sa.false()))
