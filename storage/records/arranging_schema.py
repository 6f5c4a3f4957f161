"""Table of what clerks did to the pages of dossiers."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Table, Text

from storage.records.moment import Moment
from storage.records.row_number import RowNumber
from storage.records.schema import metadata

arranging_steps: Final = Table(
    "arranging_steps",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("step_id", Text, nullable=False, unique=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("before", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("undone_by", Text, nullable=False),
)
