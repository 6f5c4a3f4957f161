"""The records of one open transaction, over SQLite or PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection

from dossiers.citizens import NumberIndex
from storage.records.sql_accounts import SqlAccountRecords
from storage.records.sql_arrangings import SqlArrangingRecords
from storage.records.sql_batches import SqlBatchRecords
from storage.records.sql_cases import SqlCaseRecords
from storage.records.sql_decisions import SqlDecisionRecords
from storage.records.sql_documents import SqlDocumentRecords
from storage.records.sql_dossiers import SqlDossierRecords
from storage.records.sql_events import SqlEventLog
from storage.records.sql_examples import SqlTrainingExamples
from storage.records.sql_holders import SqlHolderRecords
from storage.records.sql_kept_answers import SqlKeptAnswers
from storage.records.sql_ledger import SqlLedgerRecords
from storage.records.sql_pages import SqlPageRecords
from storage.records.sql_papers import SqlPaperRecords
from storage.records.sql_queue import SqlQueueRecords
from storage.records.sql_reports import SqlReportRecords
from storage.records.sql_results import SqlResultRecords
from storage.records.sql_reviews import SqlReviewRecords
from storage.records.sql_saved_searches import SqlSavedSearches
from storage.records.sql_scanner_uses import SqlScannerUses
from storage.records.sql_search import SqlSearchIndex
from storage.records.sql_sign_ins import SqlSignInRecords
from storage.records.sql_tasks import SqlTaskRecords
from storage.records.sql_tickets import SqlTicketRecords
from storage.records.sql_webhooks import SqlWebhookRecords


class SqlUnitOfWork:
    """Implements ``dossiers.ports.UnitOfWork`` over one connection with an open transaction."""

    def __init__(self, connection: Connection, numbers: NumberIndex) -> None:
        self.dossiers = SqlDossierRecords(connection, numbers)
        self.pages = SqlPageRecords(connection)
        self.arrangings = SqlArrangingRecords(connection)
        self.documents = SqlDocumentRecords(connection, numbers)
        self.tasks = SqlTaskRecords(connection)
        self.queue = SqlQueueRecords(connection)
        self.ledger = SqlLedgerRecords(connection)
        self.events = SqlEventLog(connection)
        self.search = SqlSearchIndex(connection, numbers)
        self.examples = SqlTrainingExamples(connection, numbers)
        self.cases = SqlCaseRecords(connection)
        self.results = SqlResultRecords(connection)
        self.scanner_uses = SqlScannerUses(connection)
        self.holders = SqlHolderRecords(connection)
        self.papers = SqlPaperRecords(connection)
        self.decisions = SqlDecisionRecords(connection)
        self.reviews = SqlReviewRecords(connection, numbers)
        self.saved_searches = SqlSavedSearches(connection)
        self.tickets = SqlTicketRecords(connection)
        self.reports = SqlReportRecords(connection)
        self.accounts = SqlAccountRecords(connection)
        self.sign_ins = SqlSignInRecords(connection)
        self.kept_answers = SqlKeptAnswers(connection)
        self.batches = SqlBatchRecords(connection)
        self.webhooks = SqlWebhookRecords(connection)
