"""Filing: what becomes of pages once they are read.

Rules: everything that one step changes is one transaction under one lease (C4, C5); the cut of a dossier
into documents is made anew from all its readings, so that neither the order in which pages were read nor
a kill in between can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Final

from dossiers.consistency import with_remarks
from dossiers.document import Document, document_from
from dossiers.document_types import BLANK
from dossiers.dossier import DigitizationState, Dossier
from dossiers.events import Event, EventKind
from dossiers.page import Page, PageState, derived_id, last_received
from dossiers.ports import Clock, RecordStore, Segmenter, UnitOfWork
from dossiers.reading import PageReading
from dossiers.separated import separated
from dossiers.settling import Checklist, confirmed_pages, rules_of, settle
from dossiers.slot import SlotRule
from dossiers.tasks import Lease, Priority, Task, TaskKind

#: A code on the paper names another dossier.
OTHER_DOSSIER: Final = "OTHER_DOSSIER"
#: What else is to happen in the transaction that ends a lease, as its last act.
Then = Callable[[UnitOfWork], None]


def nothing_more(_: UnitOfWork) -> None:
    """Nothing else."""


class Filing:
    """The use case of filing; every method ends the lease it is given."""

    def __init__(
        self, *, records: RecordStore, segmenter: Segmenter, checklist: Checklist, clock: Clock
    ) -> None:
        self._records = records
        self._segmenter = segmenter
        self._checklist = checklist
        self._clock = clock

    def record_reading(
        self,
        lease: Lease,
        effect_key: str,
        reading: PageReading,
        artefact_key: str,
        then: Then = nothing_more,
    ) -> None:
        """Notes what was read on a page, once, and makes filing due when it was the last one waiting.

        Raises:
            StaleVersion: the lease is not the newest one; nothing was changed.
        """
        with self._records.transaction() as work:
            page = work.pages.get(lease.task.subject_id)
            if work.pages.add_reading(page.page_id, effect_key, reading, artefact_key):
                if page.state not in (PageState.REPLACED, PageState.SET_ASIDE):
                    work.search.index_page(page, reading.text)
                self._note(work, EventKind.PAGE_READ, page.dossier_id, page.page_id, reading.outcome)
            if page.state is PageState.RECEIVED:
                work.pages.save(page.moved(PageState.READ))
            work.tasks.finish(lease)
            self._file_when_read(work, lease)
            then(work)

    def quarantine_page(self, lease: Lease, code: str) -> None:
        """Hands a page that could not be read to a person; the rest of the dossier goes on."""
        with self._records.transaction() as work:
            page = work.pages.get(lease.task.subject_id)
            if page.state is PageState.RECEIVED:
                work.pages.save(page.moved(PageState.QUARANTINED))
                self._note(work, EventKind.PAGE_QUARANTINED, page.dossier_id, page.page_id, code)
            work.tasks.finish(lease)
            self._file_when_read(work, lease)

    def file_dossier(self, lease: Lease, then: Then = nothing_more) -> None:
        """Cuts the dossier into documents and fills its slots, from all readings there are."""
        documents = self._cut(lease.task.subject_id)
        with self._records.transaction() as work:
            if documents is not None:
                self._store(work, lease.task.subject_id, documents, lease.task.priority)
            work.tasks.finish(lease)
            then(work)

    def refile(self, dossier_id: str) -> None:
        """Does the same at once, after a clerk arranged pages; nothing happens while a page waits to be read.

        Raises:
            RecordError: ``NOT_FOUND``, there is no such dossier.
        """
        documents = self._cut(dossier_id)
        if documents is not None:
            with self._records.transaction() as work:
                self._store(work, dossier_id, documents, Priority.COUNTER)

    def _cut(self, dossier_id: str) -> tuple[Document, ...] | None:
        """The documents of a dossier; ``None`` while a page waits: the last one makes filing due again."""
        with self._records.look() as work:
            if work.pages.is_waiting(dossier_id):
                return None
            settled = confirmed_pages(work.documents.of_dossier(dossier_id))
            pages = [
                page
                for page in work.pages.of_dossier(dossier_id)
                if page.state is not PageState.QUARANTINED and page.page_id not in settled
            ]
            known = work.pages.readings(dossier_id)
            readings = [known[page.page_id] for page in pages]
            rules = self._rules(work, work.dossiers.get(dossier_id))
        expected = {type_id for rule in rules for type_id in rule.accepts}
        return self._assemble(dossier_id, pages, readings, expected)

    def record_pdf(self, lease: Lease, pdf_key: str, then: Then = nothing_more) -> None:
        """Notes the searchable PDF of a document."""
        with self._records.transaction() as work:
            work.documents.set_pdf(lease.task.subject_id, pdf_key)
            self._note(work, EventKind.DOCUMENT_RENDERED, lease.task.dossier_id, lease.task.subject_id)
            work.tasks.finish(lease)
            then(work)

    def abandon(self, lease: Lease, code: str) -> None:
        """Gives a filing or rendering task up for good: the dossier waits for a clerk, its pages are safe."""
        with self._records.transaction() as work:
            dossier = work.dossiers.get(lease.task.dossier_id)
            work.dossiers.save(dossier.moved(DigitizationState.NEEDS_CLERK))
            self._note(work, EventKind.TASK_ABANDONED, dossier.dossier_id, lease.task.subject_id, code)
            work.tasks.finish(lease)

    def _assemble(
        self,
        dossier_id: str,
        pages: Sequence[Page],
        readings: Sequence[PageReading],
        expected: Collection[str],
    ) -> tuple[Document, ...]:
        page_ids = tuple(page.page_id for page in pages)
        proposals = separated(pages, readings, lambda stack: self._segmenter.assemble(stack, expected))
        return tuple(
            document_from(proposal, dossier_id, ordinal, page_ids)
            for ordinal, proposal in enumerate(proposals, start=1)
        )

    def _rules(self, work: UnitOfWork, dossier: Dossier) -> Sequence[SlotRule]:
        return rules_of(work, dossier, self._checklist)

    def _store(
        self, work: UnitOfWork, dossier_id: str, documents: Sequence[Document], priority: Priority
    ) -> None:
        if work.pages.is_waiting(dossier_id):
            return
        dossier = work.dossiers.get(dossier_id)
        received = last_received(work.dossiers.files(dossier.dossier_id), dossier.opened_at)
        documents = with_remarks([_marked(document, dossier.code) for document in documents], received)
        work.documents.replace_proposed(dossier.dossier_id, documents)
        owners = {page_id: document for document in documents for page_id in document.page_ids}
        owned = [page for page in work.pages.of_dossier(dossier.dossier_id) if page.page_id in owners]
        work.pages.save(*(_placed(page, owners[page.page_id]) for page in owned))
        settle(work, dossier, self._rules(work, dossier), is_filed=True)
        papers = [document.document_id for document in documents if document.type_id != BLANK]
        work.tasks.add(*(self._task(TaskKind.RENDER_DOCUMENT, each, dossier, priority) for each in papers))
        detail = f"{len(documents)} documents"
        self._note(work, EventKind.DOSSIER_FILED, dossier.dossier_id, dossier.dossier_id, detail)

    def _file_when_read(self, work: UnitOfWork, lease: Lease) -> None:
        dossier_id = lease.task.dossier_id
        if not work.pages.is_waiting(dossier_id):
            # Grows with every page that arrives, those included that take the place of another.
            generation = str(sum(1 + page.revision for page in work.pages.of_dossier(dossier_id)))
            dossier, priority = work.dossiers.get(dossier_id), lease.task.priority
            work.tasks.add(self._task(TaskKind.FILE_DOSSIER, dossier_id, dossier, priority, generation))

    def _task(
        self, kind: TaskKind, subject_id: str, dossier: Dossier, priority: Priority, generation: str = ""
    ) -> Task:
        return Task(
            task_id=derived_id(kind, subject_id, generation),
            kind=kind,
            subject_id=subject_id,
            dossier_id=dossier.dossier_id,
            priority=priority,
            due_at=self._clock(),
            branch=dossier.branch,
        )

    def _note(
        self, work: UnitOfWork, kind: EventKind, dossier_id: str, subject_id: str, detail: str = ""
    ) -> None:
        work.events.append(
            Event(kind=kind, dossier_id=dossier_id, subject_id=subject_id, at=self._clock(), detail=detail)
        )


def _marked(document: Document, code: str) -> Document:
    """Tells the clerk of a paper whose code is that of another dossier; it may still belong here."""
    codes = {value.value for value in document.fields if value.name == "dossier_code"} - {None}
    if not codes or code in codes:
        return document
    return replace(document, issues=(*document.issues, OTHER_DOSSIER))


def _placed(page: Page, document: Document) -> Page:
    place = PageState.IN_REVIEW if document.needs_clerk else PageState.FILED
    return page.moved(place, document.document_id)
