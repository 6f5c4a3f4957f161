"""Slots remember their form, whose paper they want, and whether a clerk placed the document.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; slots that are there were all placed by the program, and ask for no form."""
    with op.batch_alter_table("slots") as slots:
        slots.add_column(sa.Column("form", sa.Text(), nullable=False, server_default=""))
        slots.add_column(sa.Column("holder_sex", sa.Text(), nullable=False, server_default=""))
        slots.add_column(sa.Column("is_pinned", sa.Boolean(), nullable=False, server_default=sa.false()))
