"""The tables of cases and results, in the metadata of ``storage.records.schema``."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.records.moment import Moment
from storage.records.row_number import RowNumber
from storage.records.schema import metadata

#: ``parties`` is JSON, see ``storage.records.parties_codec``; days are ISO dates in Viet Nam.
cases: Final = Table(
    "cases",
    metadata,
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), primary_key=True),
    Column("variant", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("receiving_point", Text, nullable=False, index=True),
    Column("competent_agency", Text, nullable=False),
    Column("support_point", Text, nullable=False),
    Column("parties", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", Moment),
    Column("counts_from", Text),
    Column("due_at", Moment, index=True),
    Column("stopped_at", Moment),
    Column("supplement_requests", Integer, nullable=False),
    Column("reappointments", Integer, nullable=False),
    Column("ended_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_cases_receiving_point_ended_at", "receiving_point", "ended_at"),
)

case_steps: Final = Table(
    "case_steps",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("dossier_id", Text, ForeignKey("cases.dossier_id"), nullable=False, index=True),
    Column("action", Text, nullable=False),
    Column("from_state", Text, nullable=False),
    Column("to_state", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("due_at", Moment),
)

supplements: Final = Table(
    "supplements",
    metadata,
    Column("dossier_id", Text, ForeignKey("cases.dossier_id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("items", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("requested_at", Moment, nullable=False),
    Column("received_at", Moment),
)

results: Final = Table(
    "results",
    metadata,
    Column("seq", RowNumber, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("dossier_id", Text, ForeignKey("dossiers.dossier_id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("type_id", Text, nullable=False),
    Column("document_id", Text, index=True),
    Column("national_code", Text, nullable=False),
    Column("issued_on", Text, nullable=False),
    Column("valid_until", Text),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("revoked_at", Moment),
    Column("revoked_by", Text),
    Column("revocation_reason", Text),
    Column("replaced_by", Text),
    UniqueConstraint("dossier_id", "number"),
)
