"""The first schema. There is no way down: records are never dropped, a backup is restored instead.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.records.row_number import RowNumber

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: Words arrive folded by us; the tokenizer must not fold again, because it never folds đ.
_FULL_TEXT = "USING fts5(folded, toned, tokenize = 'unicode61 remove_diacritics 0')"


def upgrade() -> None:
    """Makes all tables."""
    _make_counters()
    _make_dossiers()
    _make_events()
    _make_tasks()
    _make_documents()
    _make_files()
    _make_refusals()
    _make_slots()
    _make_field_values()
    _make_pages()
    _make_document_pages()
    _make_page_texts()
    _make_readings()
    if op.get_bind().dialect.name == "postgresql":
        _make_trigrams()
        return
    for name in ("page_index", "name_index"):
        op.execute(f"CREATE VIRTUAL TABLE {name} {_FULL_TEXT}")


def _make_trigrams() -> None:
    """Makes what stands for full text on PostgreSQL; names are found in ``field_values`` itself."""
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table(
        "page_index",
        sa.Column("rowid", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("toned", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rowid", name=op.f("pk_page_index")),
    )
    for table in ("page_index", "field_values"):
        for column in ("folded", "toned"):
            op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} USING gin ({column} gin_trgm_ops)")


def _make_counters() -> None:
    op.create_table(
        "counters",
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency", "day", name=op.f("pk_counters")),
    )


def _make_dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("intake_key", sa.Text(), nullable=False),
        sa.Column("procedure_code", sa.Text(), nullable=True),
        sa.Column("citizen_number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("code", name=op.f("uq_dossiers_code")),
        sa.UniqueConstraint("dossier_id", name=op.f("uq_dossiers_dossier_id")),
        sa.UniqueConstraint("intake_key", name=op.f("uq_dossiers_intake_key")),
    )
    op.create_index(op.f("ix_dossiers_citizen_number"), "dossiers", ["citizen_number"], unique=False)
    op.create_index(op.f("ix_dossiers_opened_at"), "dossiers", ["opened_at"], unique=False)
    op.create_index(op.f("ix_dossiers_procedure_code"), "dossiers", ["procedure_code"], unique=False)


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_dossier_id"), "events", ["dossier_id"], unique=False)


def _make_tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("rung_at", sa.BigInteger(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("interruptions", sa.Integer(), nullable=False),
        sa.Column("is_finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_tasks")),
        sa.UniqueConstraint("task_id", name=op.f("uq_tasks_task_id")),
    )
    op.create_index(op.f("ix_tasks_dossier_id"), "tasks", ["dossier_id"], unique=False)
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["priority", "due_at"],
        unique=False,
        sqlite_where=sa.text("is_finished = 0"),
        postgresql_where=sa.text("NOT is_finished"),
    )
    op.create_index(
        "ix_tasks_owner",
        "tasks",
        ["owner"],
        unique=False,
        sqlite_where=sa.text("owner IS NOT NULL"),
        postgresql_where=sa.text("owner IS NOT NULL"),
    )


def _make_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("copy_kind", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("issues", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("pdf_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_documents_dossier_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_documents")),
        sa.UniqueConstraint("document_id", name=op.f("uq_documents_document_id")),
    )
    op.create_index(op.f("ix_documents_dossier_id"), "documents", ["dossier_id"], unique=False)
    op.create_index(op.f("ix_documents_type_id"), "documents", ["type_id"], unique=False)


def _make_files() -> None:
    op.create_table(
        "files",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("receipt_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("original_key", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_files_dossier_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_files")),
        sa.UniqueConstraint("dossier_id", "receipt_key", name=op.f("uq_files_dossier_id_receipt_key")),
        sa.UniqueConstraint("file_id", name=op.f("uq_files_file_id")),
    )


def _make_refusals() -> None:
    op.create_table(
        "refusals",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("receipt_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=True),
        sa.Column("refused_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_refusals_dossier_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_refusals")),
        sa.UniqueConstraint("dossier_id", "receipt_key", name=op.f("uq_refusals_dossier_id_receipt_key")),
    )


def _make_slots() -> None:
    op.create_table(
        "slots",
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("accepts", sa.Text(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_slots_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", "position", name=op.f("pk_slots")),
    )


def _make_field_values() -> None:
    op.create_table(
        "field_values",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=True),
        sa.Column("toned", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("fk_field_values_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_field_values")),
    )
    op.create_index(op.f("ix_field_values_document_id"), "field_values", ["document_id"], unique=False)
    op.create_index(op.f("ix_field_values_value"), "field_values", ["value"], unique=False)


def _make_pages() -> None:
    op.create_table(
        "pages",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("dossier_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("original_key", sa.Text(), nullable=False),
        sa.Column("index_in_file", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.dossier_id"], name=op.f("fk_pages_dossier_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.file_id"], name=op.f("fk_pages_file_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_pages")),
        sa.UniqueConstraint("dossier_id", "number", name=op.f("uq_pages_dossier_id_number")),
        sa.UniqueConstraint("page_id", name=op.f("uq_pages_page_id")),
    )
    op.create_index(op.f("ix_pages_state"), "pages", ["state"], unique=False)


def _make_document_pages() -> None:
    op.create_table(
        "document_pages",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name=op.f("fk_document_pages_document_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["page_id"], ["pages.page_id"], name=op.f("fk_document_pages_page_id")),
        sa.PrimaryKeyConstraint("document_id", "position", name=op.f("pk_document_pages")),
    )
    op.create_index(op.f("ix_document_pages_page_id"), "document_pages", ["page_id"], unique=False)


def _make_page_texts() -> None:
    op.create_table(
        "page_texts",
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.page_id"], name=op.f("fk_page_texts_page_id")),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_page_texts")),
    )


def _make_readings() -> None:
    op.create_table(
        "readings",
        sa.Column("seq", RowNumber, nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("effect_key", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("artefact_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.page_id"], name=op.f("fk_readings_page_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_readings")),
        sa.UniqueConstraint("page_id", "effect_key", name=op.f("uq_readings_page_id_effect_key")),
    )
