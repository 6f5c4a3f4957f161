"""Words of pages that hold a number of a person stand in the index of words by a keyed hash only.

Revision ID: 0015
"""

from __future__ import annotations

from alembic import context, op

from storage.records.blind_words import blind_pages

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Blinds what stands in clear; columns stay as they are."""
    blind_pages(op.get_bind(), context.config.attributes["numbers"])
