"""Doing one due task: lease it, work, record the effect, or give it back.

Rule: whatever happens in between, the task is either finished in the same transaction as its effect or
due again; the start is counted before the work begins (C6).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from dossiers.errors import ConfigurationError, EngineError, RecordError, SohoaError, StaleVersion
from dossiers.filing import Filing
from dossiers.page import Page, PageState, derived_id
from dossiers.ports import Clock, ObjectStore, RecordStore
from dossiers.tasks import Lease, TaskKind
from pipeline.codec import decode_result, encode_result
from pipeline.reader import PdfPage
from workers.reader_pool import ReaderPool
from workers.retries import pause_before_retry

#: Longer than the longest step; a dead owner on this machine is noticed at once, not by this.
LEASE_TIME: Final = timedelta(minutes=10)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the work needs."""

    records: RecordStore
    originals: ObjectStore
    derivatives: ObjectStore
    filing: Filing
    readers: ReaderPool
    clock: Clock
    owner: str


class Performer:
    """Performs tasks by id; safe to call from several threads, and twice for the same task."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._work = {
            TaskKind.READ_PAGE: self._read_page,
            TaskKind.FILE_DOSSIER: services.filing.file_dossier,
            TaskKind.RENDER_DOCUMENT: self._render_document,
        }

    def perform(self, task_id: str) -> None:
        """Does the task if it is due and nobody else does it.

        Raises:
            ConfigurationError: a tool is missing; the task stays due and its starts are counted.
        """
        lease = self._lease(task_id)
        if lease is None:
            return
        if lease.is_exhausted:
            self._give_up(lease, "TOO_MANY_STARTS")
            return
        try:
            self._work[lease.task.kind](lease)
        except StaleVersion:
            _log.info("task %s was taken over by another worker", task_id)
            self._give_back_quietly(lease)
        except ConfigurationError:
            self._give_back(lease)
            raise
        except SohoaError as error:
            self._after_failure(lease, error)
        except Exception:  # noqa: BLE001 - the last handler of the actor: a bug must not hold the task
            _log.exception("task %s ended by an unforeseen error", task_id)
            self._after_failure(lease, EngineError("UNFORESEEN", "an error of the program"))

    def _lease(self, task_id: str) -> Lease | None:
        services = self._services
        now = services.clock()
        with services.records.transaction() as work:
            return work.tasks.lease(task_id, services.owner, now, now + LEASE_TIME)

    def _read_page(self, lease: Lease) -> None:
        services = self._services
        with services.records.transaction() as work:
            page = work.pages.get(lease.task.subject_id)
            known = work.pages.reading(page.page_id)
        if known is not None and page.state is not PageState.RECEIVED:
            self._finish(lease)
            return
        content = services.originals.get(page.original_key)
        with services.readers.borrow() as reader:
            result = reader.read(content, page.index, page.region)
        artefact_key = services.derivatives.put_once(encode_result(result))
        reading = result.reading
        effect = derived_id(page.original_key, str(page.index), reading.pipeline_version, reading.engine)
        services.filing.record_reading(lease, effect, reading, artefact_key)

    def _render_document(self, lease: Lease) -> None:
        services = self._services
        try:
            pages, title = self._pages_of_document(lease.task.subject_id)
        except RecordError as gone:
            if gone.code != "NOT_FOUND":
                raise
            self._finish(lease)  # the dossier was cut anew since
            return
        with services.readers.borrow() as reader:
            pdf = reader.render_pdf([self._pdf_page(page, key) for page, key in pages], title)
        services.filing.record_pdf(lease, services.derivatives.put_once(pdf))

    def _pages_of_document(self, document_id: str) -> tuple[list[tuple[Page, str]], str]:
        with self._services.records.transaction() as work:
            document = work.documents.get(document_id)
            pages = []
            for page_id in document.page_ids:
                known = work.pages.reading(page_id)
                if known is not None:
                    pages.append((work.pages.get(page_id), known[1]))
            dossier = work.dossiers.get(document.dossier_id)
        return pages, f"{dossier.code} – {document.ordinal}"

    def _pdf_page(self, page: Page, artefact_key: str) -> PdfPage:
        services = self._services
        return PdfPage(
            content=services.originals.get(page.original_key),
            index=page.index,
            result=decode_result(services.derivatives.get(artefact_key)),
        )

    def _after_failure(self, lease: Lease, error: SohoaError) -> None:
        pause = pause_before_retry(error, lease)
        _log.warning("task %s failed: %s, start %d", lease.task.task_id, error.code, lease.starts)
        if pause is None:
            self._give_up(lease, error.code)
            return
        self._give_back(lease, pause)

    def _give_up(self, lease: Lease, code: str) -> None:
        if lease.task.kind is TaskKind.READ_PAGE:
            self._services.filing.quarantine_page(lease, code)
            return
        self._services.filing.abandon(lease, code)

    def _give_back_quietly(self, lease: Lease) -> None:
        try:
            self._give_back(lease)
        except StaleVersion:
            return

    def _give_back(self, lease: Lease, pause: timedelta = timedelta(0)) -> None:
        with self._services.records.transaction() as work:
            work.tasks.give_back(lease, self._services.clock() + pause)

    def _finish(self, lease: Lease) -> None:
        with self._services.records.transaction() as work:
            work.tasks.finish(lease)
