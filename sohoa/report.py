"""What became of a dossier, gathered from the records for showing and for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossiers.consistency import Place, Remark, find_remarks
from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.events import EventKind
from dossiers.page import Page, PageState, ReceivedFile, Refusal, last_received
from dossiers.ports import RecordStore, UnitOfWork
from dossiers.reading import PageReading
from dossiers.settling import reused_slots
from dossiers.slot import Slot, missing, other_papers
from dossiers.slot_explanation import Explanation, SlotStanding, explain_slots


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """One page with what was read on it; ``reading`` is ``None`` while it waits or in quarantine.

    ``flags`` are what the station and the inspection remarked of its file, stable codes.
    """

    page: Page
    file_name: str
    reading: PageReading | None
    artefact_key: str | None
    flags: tuple[str, ...] = ()

    @property
    def issues(self) -> tuple[str, ...]:
        """What the station remarked, then what recognition did; each code once."""
        read = self.reading.issues if self.reading is not None else ()
        return tuple(dict.fromkeys((*self.flags, *read)))


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideLine:
    """A page that is kept beside the papers: set aside, or replaced by a rescan.

    Attributes:
        page: the page.
        file_name: name of its file.
        reason: why it is set aside, for example ``SEPARATOR``; empty where it was replaced.
        flags: what was remarked of its file.
    """

    page: Page
    file_name: str
    reason: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReport:
    """Everything there is to say about one dossier."""

    dossier: Dossier
    procedure_name: str
    files: tuple[ReceivedFile, ...]
    refusals: tuple[Refusal, ...]
    pages: tuple[PageLine, ...]
    documents: tuple[Document, ...]
    slots: tuple[Slot, ...]
    reused: Mapping[str, str]
    open_tasks: int
    aside: tuple[BesideLine, ...] = ()
    replaced: tuple[BesideLine, ...] = ()

    @property
    def other_papers(self) -> tuple[Document, ...]:
        """Documents that fill no slot."""
        return other_papers(self.slots, self.documents)

    @property
    def missing(self) -> tuple[Slot, ...]:
        """Required slots that nothing fills and no reuse has settled."""
        return tuple(slot for slot in missing(self.slots) if slot.rule.key not in self.reused)

    @property
    def explanations(self) -> tuple[Explanation, ...]:
        """Why each paper is where it is, and what is missing; empty without a checklist."""
        if not self.slots:
            return ()
        told = explain_slots(self.slots, self.documents, self.dossier.citizen_number)
        return tuple(
            each
            for each in told
            if each.standing is not SlotStanding.MISSING or each.slot_key not in self.reused
        )

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the papers say differently about the same people, and dates that cannot be."""
        return find_remarks(self.documents, last_received(self.files, self.dossier.opened_at))

    def page_of(self, place: Place) -> int | None:
        """1-based number of the page a value stands on; ``None`` where no reading of a page holds it."""
        own = self.document(place.document_id).page_ids
        for line in self.pages:
            is_own = line.page.page_id in own
            if is_own and line.reading is not None and place.value in line.reading.fields:
                return line.page.number
        return None

    @property
    def is_partial(self) -> bool:
        """Whether some file was refused, some page could not be read, or some work was left undone."""
        lost = any(line.page.state is PageState.QUARANTINED for line in self.pages)
        unmade = any(document.pdf_key is None and document.type_id != "blank" for document in self.documents)
        return bool(self.refusals) or lost or unmade or self.open_tasks > 0

    def document(self, document_id: str) -> Document:
        """Returns one of its documents."""
        return next(each for each in self.documents if each.document_id == document_id)

    def page_numbers(self, document: Document) -> tuple[int, ...]:
        """1-based page numbers of a document in the dossier."""
        numbers = {line.page.page_id: line.page.number for line in self.pages}
        return tuple(numbers[page_id] for page_id in document.page_ids)


def report_on(records: RecordStore, dossier_id: str, procedure_name: str) -> DossierReport:
    """Gathers the report of a dossier in one transaction.

    Raises:
        RecordError: ``NOT_FOUND``.
    """
    with records.transaction() as work:
        dossier = work.dossiers.get(dossier_id)
        files = tuple(work.dossiers.files(dossier_id))
        return DossierReport(
            dossier=dossier,
            procedure_name=procedure_name,
            files=files,
            refusals=tuple(work.dossiers.refusals(dossier_id)),
            pages=_page_lines(work, dossier_id, files),
            documents=tuple(work.documents.of_dossier(dossier_id)),
            slots=tuple(work.dossiers.slots(dossier_id)),
            reused=reused_slots(work, dossier_id),
            open_tasks=work.tasks.open_count(dossier_id),
            aside=_beside(work, work.pages.aside(dossier_id), files),
            replaced=_beside(work, work.pages.replaced(dossier_id), files),
        )


def _page_lines(work: UnitOfWork, dossier_id: str, files: Sequence[ReceivedFile]) -> tuple[PageLine, ...]:
    by_id = {file.file_id: file for file in files}
    lines = []
    for page in work.pages.of_dossier(dossier_id):
        known = work.pages.reading(page.page_id)
        lines.append(
            PageLine(
                page=page,
                file_name=by_id[page.file_id].name,
                flags=by_id[page.file_id].flags,
                reading=known[0] if known else None,
                artefact_key=known[1] if known else None,
            )
        )
    return tuple(lines)


def _beside(work: UnitOfWork, pages: Sequence[Page], files: Sequence[ReceivedFile]) -> tuple[BesideLine, ...]:
    if not pages:
        return ()
    by_id = {file.file_id: file for file in files}
    facts = work.events.of_dossier(pages[0].dossier_id)
    reasons = {fact.subject_id: fact.detail for fact in facts if fact.kind is EventKind.PAGE_SET_ASIDE}
    return tuple(
        BesideLine(
            page=page,
            file_name=by_id[page.file_id].name,
            reason=reasons.get(page.page_id, "") if page.state is PageState.SET_ASIDE else "",
            flags=by_id[page.file_id].flags,
        )
        for page in pages
    )
