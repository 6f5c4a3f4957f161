"""Dossiers of an agency are walked through in their order, newest first, by an index.

Revision ID: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.moment import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

#: The agency of a code is all but its last two parts; both databases understand this.
_HEADED = """
    INSERT INTO dossier_agencies (dossier_seq, agency, procedure_code, opened_at)
    SELECT seq, rtrim(rtrim(cut, replace(cut, '-', '')), '-'), procedure_code, opened_at
    FROM (
        SELECT seq, procedure_code, opened_at, rtrim(rtrim(code, replace(code, '-', '')), '-') AS cut
        FROM dossiers
    ) AS heads
    ORDER BY seq
"""
#: Agencies that cases name, where the code does not do so already.
_NAMED = """
    INSERT INTO dossier_agencies (dossier_seq, agency, procedure_code, opened_at)
    SELECT dossiers.seq, cases.{0}, dossiers.procedure_code, dossiers.opened_at
    FROM cases JOIN dossiers ON dossiers.dossier_id = cases.dossier_id
    WHERE cases.{0} <> ''
    ON CONFLICT (dossier_seq, agency) DO NOTHING
"""


def upgrade() -> None:
    """Adds the table with a row for each agency that each dossier names; orders both old indexes."""
    op.create_table(
        "dossier_agencies",
        sa.Column("dossier_seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("procedure_code", sa.Text(), nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_seq"], ["dossiers.seq"], name=op.f("fk_dossier_agencies_dossier_seq_dossiers")
        ),
        sa.PrimaryKeyConstraint("dossier_seq", "agency", name=op.f("pk_dossier_agencies")),
    )
    op.execute(sa.text(_HEADED))
    for place in ("receiving_point", "competent_agency", "support_point"):
        op.execute(sa.text(_NAMED.format(place)))
    op.create_index("ix_dossier_agencies_agency", "dossier_agencies", ["agency", "opened_at", "dossier_seq"])
    columns = ["agency", "procedure_code", "opened_at", "dossier_seq"]
    op.create_index("ix_dossier_agencies_procedure_code", "dossier_agencies", columns)
    op.drop_index("ix_dossiers_procedure_code", "dossiers")
    op.create_index("ix_dossiers_procedure_code", "dossiers", ["procedure_code", "opened_at", "seq"])
    op.drop_index("ix_dossiers_opened_at", "dossiers")
    op.create_index("ix_dossiers_opened_at", "dossiers", ["opened_at", "seq"])
