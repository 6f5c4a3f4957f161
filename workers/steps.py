"""The steps themselves: reading a page, rendering a document. Each ends the lease it is given.

Rule: safe to do twice; bytes and artefacts are kept by content, records change under the lease (C4, C5).
"""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.errors import RecordError
from dossiers.filing import Filing, Then
from dossiers.page import Page, derived_id
from dossiers.ports import Clock, ObjectStore, RecordStore
from dossiers.render_order import RenderOrder
from dossiers.tasks import Lease, TaskKind
from pipeline.reader import PdfPage
from workers.laps import Laps
from workers.matter import Matter, Taken, look_up
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

    def do(self, taken: Taken, laps: Laps, then: Then) -> None:
        """Does the task and ends its lease.

        Args:
            taken: the task.
            laps: measures the parts.
            then: is called at the end of the transaction that ends the lease.

        Raises:
            StaleVersion: the lease is not the newest one; nothing was changed.
            SohoaError: it could not be done; the lease is still held.
        """
        lease, matter = taken.lease, taken.matter
        if matter is None:
            with self._services.records.look() as work:
                matter = look_up(work, lease)
        if lease.task.kind is TaskKind.READ_PAGE:
            self._read_page(lease, matter, laps, then)
        elif lease.task.kind is TaskKind.RENDER_DOCUMENT:
            self._render_document(lease, matter.order, laps, then)
        else:
            with laps.lap("record"):
                self._services.filing.file_dossier(lease, then)

    def _read_page(self, lease: Lease, matter: Matter, laps: Laps, then: Then) -> None:
        services, page = self._services, matter.page
        if page is None:
            raise RecordError(
                "NOT_FOUND", vi="Không tìm thấy dữ liệu này.", en=f"there is no page {lease.task.subject_id}"
            )
        if matter.is_read:
            self._finish(lease, then)
            return
        with laps.lap("fetch"):
            content = services.originals.get(page.original_key)
        with services.readers.borrow() as reader, laps.lap("read"):
            read = reader.read_to_keep(content, page.index, page.region)
        with laps.lap("store"):
            artefact_key = services.derivatives.put_once(read.artefact)
        reading = read.reading
        effect = derived_id(page.original_key, str(page.index), reading.pipeline_version, reading.engine)
        with laps.lap("record"):
            services.filing.record_reading(lease, effect, reading, artefact_key, then)

    def _render_document(self, lease: Lease, order: RenderOrder | None, laps: Laps, then: Then) -> None:
        services = self._services
        if order is None:
            self._finish(lease, then)  # the dossier was cut anew since
            return
        with laps.lap("fetch"):
            fetched = [self._pdf_page(page, key) for page, key in order.sheets]
        with services.readers.borrow() as reader, laps.lap("render"):
            pdf = reader.render_pdf(fetched, f"{order.dossier_code} – {order.ordinal}")
        with laps.lap("store"):
            key = services.derivatives.put_once(pdf)
        with laps.lap("record"):
            services.filing.record_pdf(lease, key, then)

    def _pdf_page(self, page: Page, artefact_key: str) -> PdfPage:
        services = self._services
        return PdfPage(
            content=services.originals.get(page.original_key),
            index=page.index,
            artefact=services.derivatives.get(artefact_key),
        )

    def _finish(self, lease: Lease, then: Then) -> None:
        with self._services.records.transaction() as work:
            work.tasks.finish(lease)
            then(work)
