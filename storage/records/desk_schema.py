"""The tables of the desk's own records, in the metadata of ``storage.records.schema``."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, Table, Text

from storage.records.moment import Moment
from storage.records.schema import metadata

tickets: Final = Table(
    "tickets",
    metadata,
    Column("ticket_id", Text, primary_key=True),
    Column("branch", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("taken_at", Moment, nullable=False),
    Column("called_at", Moment),
    Column("counter", Text, nullable=False),
    Column("served_at", Moment),
    Column("left_at", Moment),
    Column("dossier_id", Text),
    Column("version", Integer, nullable=False),
    Index("ix_tickets_taken_at", "taken_at"),
)

#: ``written`` and ``figures`` are JSON; ``week`` is ISO, ``2026-W48``, and sorts by time.
weekly_reports: Final = Table(
    "weekly_reports",
    metadata,
    Column("unit", Text, primary_key=True),
    Column("week", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("written", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Column("counted_at", Moment, nullable=False),
    Column("drafted_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("signed_at", Moment),
    Column("version", Integer, nullable=False),
)

#: ``edits`` and ``looked_at`` are JSON.
review_drafts: Final = Table(
    "review_drafts",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("clerk", Text, nullable=False),
    Column("held_until", Moment, nullable=False),
    Column("type_id", Text, nullable=False),
    Column("copy_kind", Text, nullable=False),
    Column("edits", Text, nullable=False),
    Column("looked_at", Text, nullable=False),
    Column("first_check", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

saved_searches: Final = Table(
    "saved_searches",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("asked", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)
