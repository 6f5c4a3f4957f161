"""The tables, as the newest migration leaves them.

Rule: a change here comes with a migration; a test compares the two. ``seq`` columns order rows by insertion
(C9) and tie a row to its entry in a full-text table.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    column,
    table,
    text,
)

from storage.records.moment import Moment
from storage.records.row_number import RowNumber

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

counters: Final = Table(
    "counters",
    metadata,
    Column("agency", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

dossiers: Final = Table(
    "dossiers",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("dossier_id", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False, unique=True),
    Column("intake_key", Text, nullable=False, unique=True),
    Column("procedure_code", Text),
    Column("citizen_number", Text),
    Column("citizen_entry", Text, index=True),
    Column("title", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_dossiers_opened_at", "opened_at", "seq"),
    Index("ix_dossiers_procedure_code", "procedure_code", "opened_at", "seq"),
)

#: Every agency that a dossier names, once: its code begins with it, or its case does so somewhere. Beside it
#: stands what searches are ordered and narrowed by, so that an index walks through an agency's dossiers.
dossier_agencies: Final = Table(
    "dossier_agencies",
    metadata,
    Column("dossier_seq", BigInteger, ForeignKey("dossiers.seq"), primary_key=True, autoincrement=False),
    Column("agency", Text, primary_key=True),
    Column("procedure_code", Text),
    Column("opened_at", Moment, nullable=False),
    Index("ix_dossier_agencies_agency", "agency", "opened_at", "dossier_seq"),
    Index("ix_dossier_agencies_procedure_code", "agency", "procedure_code", "opened_at", "dossier_seq"),
)

files: Final = Table(
    "files",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("file_id", Text, nullable=False, unique=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False),
    Column("receipt_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("original_key", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("byte_count", Integer, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("flags", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    UniqueConstraint("dossier_id", "receipt_key"),
)

refusals: Final = Table(
    "refusals",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False),
    Column("receipt_key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("object_key", Text),
    Column("refused_at", Moment, nullable=False),
    UniqueConstraint("dossier_id", "receipt_key"),
)

slots: Final = Table(
    "slots",
    metadata,
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("accepts", Text, nullable=False),
    Column("is_required", Boolean, nullable=False),
    Column("policy", Text, nullable=False),
    Column("document_id", Text),
    Column("form", Text, nullable=False),
    Column("holder_sex", Text, nullable=False),
    Column("is_pinned", Boolean, nullable=False),
)

pages: Final = Table(
    "pages",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("page_id", Text, nullable=False, unique=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False),
    Column("file_id", Text, ForeignKey("files.file_id"), nullable=False),
    Column("original_key", Text, nullable=False),
    Column("index_in_file", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("document_id", Text),
    Column("version", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("region", Text),
    Column("named_type", Text, nullable=False),
    Column("opens_document", Boolean, nullable=False),
    Column("place", Float, nullable=False),
    Column("turned", Integer, nullable=False),
    UniqueConstraint("dossier_id", "number", "revision"),
)

page_texts: Final = Table(
    "page_texts",
    metadata,
    Column("page_id", Text, ForeignKey("pages.page_id"), primary_key=True),
    Column("text", Text, nullable=False),
)

readings: Final = Table(
    "readings",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("page_id", Text, ForeignKey("pages.page_id"), nullable=False),
    Column("effect_key", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Column("artefact_key", Text, nullable=False),
    UniqueConstraint("page_id", "effect_key"),
)

documents: Final = Table(
    "documents",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("document_id", Text, nullable=False, unique=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("type_id", Text, nullable=False, index=True),
    Column("confidence", Float, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("copy_kind", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("issues", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("pdf_key", Text),
)

document_pages: Final = Table(
    "document_pages",
    metadata,
    Column("document_id", Text, ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("page_id", Text, ForeignKey("pages.page_id"), nullable=False, index=True),
)

#: One row for each field with a value. ``folded`` and ``toned`` hold the words of a person's name, each
#: between blanks of its own, and are NULL for other fields. ``entry`` is the blind index of a value that is a
#: number of a person or an organisation; a value itself is never indexed.
field_values: Final = Table(
    "field_values",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column(
        "document_id",
        Text,
        ForeignKey("documents.document_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("folded", Text),
    Column("toned", Text),
    Column("entry", Text),
    Index(
        "ix_field_values_entry",
        "entry",
        sqlite_where=text("entry IS NOT NULL"),
        postgresql_where=text("entry IS NOT NULL"),
    ),
)

#: Open tasks, in the very words of our statements: SQLite uses a partial index for nothing else.
_OPEN_SQLITE: Final = text("is_finished = 0")
_OPEN: Final = text("NOT is_finished")

tasks: Final = Table(
    "tasks",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("task_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("dossier_id", Text, nullable=False, index=True),
    Column("priority", Text, nullable=False),
    Column("branch", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("rung_at", Moment),
    Column("owner", Text),
    Column("lease_until", Moment),
    Column("fence", Integer, nullable=False),
    Column("starts", Integer, nullable=False),
    Column("interruptions", Integer, nullable=False),
    Column("is_finished", Boolean, nullable=False),
    Index(
        "ix_tasks_open",
        "priority",
        "due_at",
        sqlite_where=_OPEN_SQLITE,
        postgresql_where=_OPEN,
    ),
    Index(
        "ix_tasks_turn",
        "priority",
        "turn",
        "seq",
        sqlite_where=_OPEN_SQLITE,
        postgresql_where=_OPEN,
    ),
    Index(
        "ix_tasks_branch",
        "branch",
        "priority",
        "turn",
        sqlite_where=_OPEN_SQLITE,
        postgresql_where=_OPEN,
    ),
    Index(
        "ix_tasks_owner",
        "owner",
        sqlite_where=text("owner IS NOT NULL"),
        postgresql_where=text("owner IS NOT NULL"),
    ),
)

paused_branches: Final = Table(
    "paused_branches",
    metadata,
    Column("branch", Text, primary_key=True),
    Column("paused_at", Moment, nullable=False),
)

events: Final = Table(
    "events",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("dossier_id", Text, nullable=False, index=True),
    Column("subject_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("detail", Text, nullable=False),
)

training_examples: Final = Table(
    "training_examples",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("page_id", Text, ForeignKey("pages.page_id"), nullable=False, unique=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False, index=True),
    Column("type_id", Text, nullable=False),
    Column("features", Text, nullable=False),
    Column("confirmed_at", Moment, nullable=False),
)

scanner_uses: Final = Table(
    "scanner_uses",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("device", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Index("ix_scanner_uses_device_ended_at", "device", "ended_at"),
)

#: Made by the migrations only: words of a page, words of a person's name; ``rowid`` is the ``seq`` of the
#: page or of the field value. On SQLite they are full-text tables (FTS5); on PostgreSQL the first is a table
#: with indexes of trigrams and the second is not needed. See ``storage.records.word_match``.
page_index: Final = table(
    "page_index", column("rowid", Integer), column("folded", Text), column("toned", Text)
)
name_index: Final = table(
    "name_index", column("rowid", Integer), column("folded", Text), column("toned", Text)
)
FULL_TEXT_TABLES: Final = ("page_index", "name_index")
