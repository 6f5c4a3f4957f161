"""The page ledger, in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, or_, select

from dossiers.dossier import DigitizationState
from dossiers.ledger import Gap, GapKind
from dossiers.page import PageState
from dossiers.tasks import TaskKind
from storage.records.schema import documents, dossiers, files, pages, tasks


class SqlLedgerRecords:
    """Implements ``dossiers.ledger.LedgerRecords``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def gaps(self, received_since: datetime, limit: int) -> Sequence[Gap]:
        """Pages that are nowhere; see the port."""
        return (
            *self._missing(received_since, limit),
            *self._stuck(GapKind.NOT_DUE, _IS_NOT_DUE, limit),
            *self._stuck(GapKind.NOT_FILED, _IS_NOT_FILED, limit),
            *self._stuck(GapKind.NO_DOCUMENT, _HAS_NO_DOCUMENT, limit),
        )

    def _missing(self, since: datetime, limit: int) -> Iterator[Gap]:
        present = select(func.count()).where(pages.c.file_id == files.c.file_id).scalar_subquery()
        statement = (
            select(
                dossiers.c.code,
                files.c.dossier_id,
                files.c.file_id,
                (files.c.page_count - present).label("missing"),
            )
            .join(dossiers, dossiers.c.dossier_id == files.c.dossier_id)
            .where(files.c.received_at >= since, present < files.c.page_count)
            .order_by(files.c.file_id)
            .limit(limit)
        )
        for code, dossier_id, file_id, missing in self._connection.execute(statement):
            yield _gap(GapKind.PAGES_MISSING, code, dossier_id, file_id, missing)

    def _stuck(self, kind: GapKind, is_stuck: ColumnElement[bool], limit: int) -> Iterator[Gap]:
        statement = (
            select(dossiers.c.code, pages.c.dossier_id, pages.c.page_id)
            .join(dossiers, dossiers.c.dossier_id == pages.c.dossier_id)
            .where(is_stuck)
            .order_by(pages.c.page_id)
            .limit(limit)
        )
        for code, dossier_id, page_id in self._connection.execute(statement):
            yield _gap(kind, code, dossier_id, page_id, 1)


_IS_NOT_DUE = and_(
    pages.c.state == PageState.RECEIVED.value,
    ~exists().where(
        tasks.c.dossier_id == pages.c.dossier_id,
        tasks.c.subject_id == pages.c.page_id,
        tasks.c.kind == TaskKind.READ_PAGE.value,
        tasks.c.is_finished == false(),
    ),
)
_IS_NOT_FILED = and_(
    pages.c.state == PageState.READ.value,
    dossiers.c.state == DigitizationState.RECEIVING.value,
    ~exists().where(tasks.c.dossier_id == pages.c.dossier_id, tasks.c.is_finished == false()),
)
_HAS_NO_DOCUMENT = and_(
    or_(pages.c.state == PageState.FILED.value, pages.c.state == PageState.IN_REVIEW.value),
    ~exists().where(documents.c.document_id == pages.c.document_id),
)


def _gap(kind: GapKind, code: str, dossier_id: str, subject_id: str, count: int) -> Gap:
    branch = code.rsplit("-", 2)[0]
    return Gap(kind=kind, branch=branch, dossier_id=dossier_id, subject_id=subject_id, pages=count)
