"""Dossiers and values are found by the blind index of a number; the number itself is in no index any more.

Revision ID: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

from storage.records.number_entries import fill_entries

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns, computes them for what is there, drops the indexes of clear numbers."""
    op.add_column("dossiers", sa.Column("citizen_entry", sa.Text()))
    op.add_column("field_values", sa.Column("entry", sa.Text()))
    fill_entries(op.get_bind(), context.config.attributes["numbers"])
    op.drop_index("ix_dossiers_citizen_number", "dossiers")
    op.drop_index("ix_field_values_value", "field_values")
    op.create_index("ix_dossiers_citizen_entry", "dossiers", ["citizen_entry"])
    op.create_index(
        "ix_field_values_entry",
        "field_values",
        ["entry"],
        sqlite_where=sa.text("entry IS NOT NULL"),
        postgresql_where=sa.text("entry IS NOT NULL"),
    )
