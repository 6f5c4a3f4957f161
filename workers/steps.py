"""The steps themselves: reading a page, rendering a document. Each ends the lease it is given.

Rule: safe to do twice; bytes and artefacts are kept by content, records change under the lease (C4, C5).
"""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.errors import RecordError
from dossiers.filing import Filing
from dossiers.page import Page, PageState, derived_id
from dossiers.ports import Clock, ObjectStore, RecordStore
from dossiers.tasks import Lease, TaskKind
from pipeline.codec import encode_result
from pipeline.reader import PdfPage
from workers.laps import Laps
from workers.reader_pool import ReaderPool


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


class Steps:
    """Does one leased task."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def do(self, lease: Lease, laps: Laps) -> None:
        """Does the task and ends its lease.

        Raises:
            StaleVersion: the lease is not the newest one; nothing was changed.
            SohoaError: it could not be done; the lease is still held.
        """
        if lease.task.kind is TaskKind.READ_PAGE:
            self._read_page(lease, laps)
        elif lease.task.kind is TaskKind.RENDER_DOCUMENT:
            self._render_document(lease, laps)
        else:
            with laps.lap("record"):
                self._services.filing.file_dossier(lease)

    def _read_page(self, lease: Lease, laps: Laps) -> None:
        services = self._services
        with services.records.transaction() as work:
            page = work.pages.get(lease.task.subject_id)
            known = work.pages.reading(page.page_id)
        if known is not None and page.state is not PageState.RECEIVED:
            self._finish(lease)
            return
        with laps.lap("fetch"):
            content = services.originals.get(page.original_key)
        with services.readers.borrow() as reader, laps.lap("read"):
            result = reader.read(content, page.index, page.region)
        with laps.lap("store"):
            artefact_key = services.derivatives.put_once(encode_result(result))
        reading = result.reading
        effect = derived_id(page.original_key, str(page.index), reading.pipeline_version, reading.engine)
        with laps.lap("record"):
            services.filing.record_reading(lease, effect, reading, artefact_key)

    def _render_document(self, lease: Lease, laps: Laps) -> None:
        services = self._services
        try:
            pages, title = self._pages_of_document(lease.task.subject_id)
        except RecordError as gone:
            if gone.code != "NOT_FOUND":
                raise
            self._finish(lease)  # the dossier was cut anew since
            return
        with laps.lap("fetch"):
            fetched = [self._pdf_page(page, key) for page, key in pages]
        with services.readers.borrow() as reader, laps.lap("render"):
            pdf = reader.render_pdf(fetched, title)
        with laps.lap("store"):
            key = services.derivatives.put_once(pdf)
        with laps.lap("record"):
            services.filing.record_pdf(lease, key)

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
            artefact=services.derivatives.get(artefact_key),
        )

    def _finish(self, lease: Lease) -> None:
        with self._services.records.transaction() as work:
            work.tasks.finish(lease)
