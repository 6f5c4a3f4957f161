"""Confirmed papers, stores of people (Kho), consents and decisions on reuse.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.moment import Moment
from storage.records.row_number import RowNumber

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables; documents that are there were confirmed by nobody."""
    _holder_numbers()
    _consents()
    _vault_events()
    _confirmed_papers()
    _confirmed_facts()
    _reuse_decisions()


def _holder_numbers() -> None:
    op.create_table(
        "holder_numbers",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("tail", sa.Text(), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_holder_numbers")),
        sa.UniqueConstraint("entry", name=op.f("uq_holder_numbers_entry")),
    )
    op.create_index(op.f("ix_holder_numbers_holder_id"), "holder_numbers", ["holder_id"])


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("holder_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_holder_id"), "consents", ["holder_id"])


def _vault_events() -> None:
    op.create_table(
        "vault_events",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("holder_id", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_holder", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_vault_events")),
    )
    op.create_index(op.f("ix_vault_events_holder_id"), "vault_events", ["holder_id"])


def _confirmed_papers() -> None:
    op.create_table(
        "confirmed_papers",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("dossier_code", sa.Text(), nullable=False),
        sa.Column("procedure_code", sa.Text()),
        sa.Column("type_id", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("copy_kind", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text()),
        sa.Column("expires_on", sa.Text()),
        sa.Column("is_unlimited", sa.Boolean(), nullable=False),
        sa.Column("born_on", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("claim", sa.Text()),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=False),
        sa.Column("revoked_at", Moment()),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_confirmed_papers")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_confirmed_papers_dossier_id_dossiers")
        ),
        sa.UniqueConstraint("paper_id", name=op.f("uq_confirmed_papers_paper_id")),
    )
    op.create_index(
        op.f("ix_confirmed_papers_claim"),
        "confirmed_papers",
        ["claim"],
        sqlite_where=sa.text("claim IS NOT NULL"),
        postgresql_where=sa.text("claim IS NOT NULL"),
    )
    op.create_index(op.f("ix_confirmed_papers_dossier_id"), "confirmed_papers", ["dossier_id"])
    op.create_index(op.f("ix_confirmed_papers_holder_id"), "confirmed_papers", ["holder_id"])


def _confirmed_facts() -> None:
    op.create_table(
        "confirmed_facts",
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("proposed", sa.Text()),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("page_id", sa.Text()),
        sa.Column("box", sa.Text()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id", "position", name=op.f("pk_confirmed_facts")),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["confirmed_papers.paper_id"],
            name=op.f("fk_confirmed_facts_paper_id_confirmed_papers"),
        ),
    )


def _reuse_decisions() -> None:
    op.create_table(
        "reuse_decisions",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("slot_key", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Text(), nullable=False),
        sa.Column("procedure_code", sa.Text(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Text()),
        sa.Column("type_id", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_reuse_decisions")),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_reuse_decisions_dossier_id_dossiers")
        ),
    )
    op.create_index(op.f("ix_reuse_decisions_at"), "reuse_decisions", ["at"])
    op.create_index(
        op.f("ix_reuse_decisions_dossier_id_slot_key"), "reuse_decisions", ["dossier_id", "slot_key"]
    )
