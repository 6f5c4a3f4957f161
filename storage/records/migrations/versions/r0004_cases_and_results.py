"""Cases with their steps and supplements; results and their revocation.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.moment import Moment
from storage.records.row_number import RowNumber

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables; dossiers that are there were digitized without a case."""
    _cases()
    _case_steps()
    _supplements()
    _results()


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("receiving_point", sa.Text(), nullable=False),
        sa.Column("competent_agency", sa.Text(), nullable=False),
        sa.Column("support_point", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("received_at", Moment()),
        sa.Column("counts_from", sa.Text()),
        sa.Column("due_at", Moment()),
        sa.Column("stopped_at", Moment()),
        sa.Column("supplement_requests", sa.Integer(), nullable=False),
        sa.Column("reappointments", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_cases")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_cases_dossier_id_dossiers")
        ),
    )
    op.create_index(op.f("ix_cases_receiving_point"), "cases", ["receiving_point"])
    op.create_index(op.f("ix_cases_due_at"), "cases", ["due_at"])


def _case_steps() -> None:
    op.create_table(
        "case_steps",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_at", Moment()),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_case_steps")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["cases.dossier_id"], name=op.f("fk_case_steps_dossier_id_cases")
        ),
    )
    op.create_index(op.f("ix_case_steps_dossier_id"), "case_steps", ["dossier_id"])


def _supplements() -> None:
    op.create_table(
        "supplements",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_at", Moment(), nullable=False),
        sa.Column("received_at", Moment()),
        sa.PrimaryKeyConstraint("dossier_id", "number", name=op.f("pk_supplements")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["cases.dossier_id"], name=op.f("fk_supplements_dossier_id_cases")
        ),
    )


def _results() -> None:
    op.create_table(
        "results",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text()),
        sa.Column("national_code", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Text()),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("revoked_at", Moment()),
        sa.Column("revoked_by", sa.Text()),
        sa.Column("revocation_reason", sa.Text()),
        sa.Column("replaced_by", sa.Text()),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_results")),
        sa.UniqueConstraint("code", name=op.f("uq_results_code")),
        sa.UniqueConstraint("dossier_id", "number", name=op.f("uq_results_dossier_id_number")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_results_dossier_id_dossiers")
        ),
    )
    op.create_index(op.f("ix_results_document_id"), "results", ["document_id"])
