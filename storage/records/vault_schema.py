"""The tables of stores of people and of reuse, in the metadata of ``storage.records.schema``.

Rule: no index holds a number of a person: ``entry``, ``subject`` and ``claim`` are keyed hashes, whose key
lies outside the database. Values on papers are in ``confirmed_facts``, which has no index over them. Days are
ISO dates in Viet Nam.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text, text

from storage.records.moment import Moment
from storage.records.row_number import RowNumber
from storage.records.schema import metadata

holder_numbers: Final = Table(
    "holder_numbers",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("entry", Text, nullable=False, unique=True),
    Column("holder_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("tail", Text, nullable=False),
    Column("since", Moment, nullable=False),
)

consents: Final = Table(
    "consents",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("holder_id", Text, nullable=False, index=True),
    Column("purpose", Text, nullable=False),
    Column("is_given", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("given_by", Text, nullable=False),
)

vault_events: Final = Table(
    "vault_events",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("holder_id", Text, nullable=False, index=True),
    Column("act", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("subject", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("from_holder", Text, nullable=False),
)

confirmed_papers: Final = Table(
    "confirmed_papers",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("paper_id", Text, nullable=False, unique=True),
    Column("holder_id", Text, nullable=False, index=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False, index=True),
    Column("dossier_code", Text, nullable=False),
    Column("procedure_code", Text),
    Column("type_id", Text, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("copy_kind", Text, nullable=False),
    Column("issued_on", Text),
    Column("expires_on", Text),
    Column("is_unlimited", Boolean, nullable=False),
    Column("born_on", Text),
    Column("subject", Text),
    Column("claim", Text),
    Column("purpose", Text, nullable=False),
    Column("confirmed_by", Text, nullable=False),
    Column("confirmed_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Index(
        "ix_confirmed_papers_claim",
        "claim",
        sqlite_where=text("claim IS NOT NULL"),
        postgresql_where=text("claim IS NOT NULL"),
    ),
)

#: ``box`` is ``left,top,right,bottom``; ``checks`` is JSON.
confirmed_facts: Final = Table(
    "confirmed_facts",
    metadata,
    Column("paper_id", Text, ForeignKey("confirmed_papers.paper_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("value", Text),
    Column("proposed", Text),
    Column("raw", Text, nullable=False),
    Column("page_id", Text),
    Column("box", Text),
    Column("confidence", Float, nullable=False),
    Column("source", Text),
    Column("checks", Text, nullable=False),
)

reuse_decisions: Final = Table(
    "reuse_decisions",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False),
    Column("slot_key", Text, nullable=False),
    Column("holder_id", Text, nullable=False),
    Column("procedure_code", Text, nullable=False),
    Column("branch", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("source", Text),
    Column("origin", Text, nullable=False),
    Column("paper_id", Text),
    Column("type_id", Text, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("is_latest", Boolean, nullable=False),
    Index("ix_reuse_decisions_dossier_id_slot_key", "dossier_id", "slot_key"),
)
