"""Half-done confirmations and what waits for one, in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, exists, select, update

from dossiers.citizens import NumberIndex
from dossiers.document import DocumentState
from dossiers.document_types import BLANK
from dossiers.errors import StaleVersion
from dossiers.review_draft import ReviewDraft
from dossiers.review_ports import Unconfirmed
from storage.records.desk_schema import review_drafts as _drafts
from storage.records.schema import documents, dossiers
from storage.records.sql_documents import SqlDocumentRecords
from storage.records.turns import survey, take_turn
from storage.records.upsert import insert_new
from storage.records.vault_schema import confirmed_papers


class SqlReviewRecords:
    """Implements ``dossiers.review_ports.ReviewRecords``."""

    def __init__(self, connection: Connection, numbers: NumberIndex) -> None:
        self._connection = connection
        self._documents = SqlDocumentRecords(connection, numbers)

    def find(self, document_id: str) -> ReviewDraft | None:
        """Returns the draft of a document, if somebody began one."""
        take_turn(self._connection, "draft", document_id)
        statement = select(_drafts).where(_drafts.c.document_id == document_id)
        row = self._connection.execute(statement).mappings().one_or_none()
        return None if row is None else _draft(row)

    def put(self, draft: ReviewDraft) -> None:
        """Keeps a draft over the version it carries, 0 for a new one."""
        take_turn(self._connection, "draft", draft.document_id)
        own = (_drafts.c.document_id == draft.document_id) & (_drafts.c.version == draft.version)
        values = _columns(draft)
        if self._connection.execute(update(_drafts).where(own).values(values)).rowcount:
            return
        if draft.version or self.find(draft.document_id) is not None:
            raise StaleVersion(f"draft of document {draft.document_id}")
        insert_new(self._connection, _drafts, values)

    def erase(self, document_id: str) -> None:
        """Forgets a draft; none is no error."""
        self._connection.execute(delete(_drafts).where(_drafts.c.document_id == document_id))

    def unconfirmed(self, since: datetime, unit: str, type_id: str, limit: int) -> Sequence[Unconfirmed]:
        """Documents that no clerk has confirmed with their values, oldest dossier first, then by ordinal."""
        survey(self._connection)
        is_done = exists(
            select(confirmed_papers.c.seq).where(confirmed_papers.c.paper_id == documents.c.document_id)
        )
        is_asked = documents.c.type_id == type_id if type_id else documents.c.type_id != BLANK
        statement = (
            select(documents.c.document_id, dossiers.c.code, dossiers.c.procedure_code, dossiers.c.opened_at)
            .select_from(dossiers.join(documents, documents.c.dossier_id == dossiers.c.dossier_id))
            .where(
                dossiers.c.opened_at >= since,
                documents.c.state != DocumentState.WITHDRAWN.value,
                is_asked,
                ~is_done,
            )
            .order_by(dossiers.c.opened_at, dossiers.c.seq, documents.c.ordinal, documents.c.seq)
            .limit(limit)
        )
        if unit:
            statement = statement.where(dossiers.c.code.startswith(f"{unit}-", autoescape=True))
        rows = self._connection.execute(statement).mappings().all()
        ids = [row["document_id"] for row in rows]
        found = self._documents.several(ids)
        drafts = select(_drafts).where(_drafts.c.document_id.in_(ids))
        begun = {row["document_id"]: _draft(row) for row in self._connection.execute(drafts).mappings()}
        return tuple(
            Unconfirmed(
                document=found[row["document_id"]],
                dossier_code=row["code"],
                procedure_code=row["procedure_code"],
                opened_at=row["opened_at"],
                draft=begun.get(row["document_id"]),
            )
            for row in rows
        )


def _columns(draft: ReviewDraft) -> dict[str, object]:
    return {
        "document_id": draft.document_id,
        "clerk": draft.clerk,
        "held_until": draft.held_until,
        "type_id": draft.type_id,
        "copy_kind": draft.copy_kind,
        "edits": json.dumps(draft.edits, ensure_ascii=False),
        "looked_at": json.dumps(draft.looked_at, ensure_ascii=False),
        "first_check": draft.first_check,
        "version": draft.version + 1,
    }


def _draft(row: RowMapping) -> ReviewDraft:
    return ReviewDraft(
        document_id=row["document_id"],
        clerk=row["clerk"],
        held_until=row["held_until"],
        type_id=row["type_id"],
        copy_kind=row["copy_kind"],
        edits=tuple((name, text) for name, text in json.loads(row["edits"])),
        looked_at=tuple(json.loads(row["looked_at"])),
        first_check=row["first_check"],
        version=row["version"],
    )
