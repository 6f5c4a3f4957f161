"""Tasks know their branch and their turn; a branch may be paused.

Revision ID: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.moment import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OPEN = sa.text("NOT is_finished")
#: SQLite uses a partial index only for the very words of a statement, and ours say this.
_OPEN_SQLITE = sa.text("is_finished = 0")


def upgrade() -> None:
    """Adds both; tasks that are there get their turn by age, as they went so far."""
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(sa.Column("branch", sa.Text(), nullable=False, server_default=""))
        tasks.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE tasks SET turn = seq WHERE NOT is_finished")
    _name_branches()
    for name, columns in (
        ("ix_tasks_turn", ["priority", "turn", "seq"]),
        ("ix_tasks_branch", ["branch", "priority", "turn"]),
    ):
        op.create_index(name, "tasks", columns, sqlite_where=_OPEN_SQLITE, postgresql_where=_OPEN)
    op.create_table(
        "paused_branches",
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("paused_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("branch", name=op.f("pk_paused_branches")),
    )


def _name_branches() -> None:
    tasks = sa.table("tasks", sa.column("dossier_id"), sa.column("branch"), sa.column("is_finished"))
    dossiers = sa.table("dossiers", sa.column("dossier_id"), sa.column("code"))
    waiting = sa.select(tasks.c.dossier_id).where(tasks.c.is_finished == sa.false())
    codes = sa.select(dossiers).where(dossiers.c.dossier_id.in_(waiting))
    for dossier_id, code in op.get_bind().execute(codes).all():
        named = sa.update(tasks).where(tasks.c.dossier_id == dossier_id)
        op.get_bind().execute(named.values(branch=code.rsplit("-", 2)[0]))
