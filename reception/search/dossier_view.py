"""What the viewer shows of a dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossiers.document import Document
from dossiers.document_types import BLANK
from dossiers.dossier import Dossier
from dossiers.page import Page, ReceivedFile
from dossiers.ports import UnitOfWork
from dossiers.reading import PageReading
from dossiers.slot import Slot
from reception.frame.sheet_view import SheetView, sheet_of
from reception.search.marking import marks_on
from reception.services import DeskServices


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """A dossier with its papers; ``confirmed`` are ids of documents that a clerk confirmed."""

    dossier: Dossier
    has_case: bool
    documents: Sequence[Document]
    confirmed: frozenset[str]
    files: Sequence[ReceivedFile]
    slots: Sequence[Slot]
    pages: Mapping[str, Page]

    def numbers(self, document: Document) -> Sequence[Page]:
        """The pages of a document in order."""
        return [self.pages[each] for each in document.page_ids if each in self.pages]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One page: its picture with marks, or plainly where nobody could read it."""

    page: Page
    sheet: SheetView | None
    text: str


def read_dossier(work: UnitOfWork, dossier_id: str) -> DossierView:
    """Reads a dossier; ``NOT_FOUND`` where there is none."""
    pages = work.pages.of_dossier(dossier_id)
    return DossierView(
        dossier=work.dossiers.get(dossier_id),
        has_case=work.cases.find(dossier_id) is not None,
        documents=[each for each in work.documents.of_dossier(dossier_id) if each.type_id != BLANK],
        confirmed=frozenset(each.paper_id for each in work.papers.of_dossier(dossier_id)),
        files=work.dossiers.files(dossier_id),
        slots=work.dossiers.slots(dossier_id),
        pages={each.page_id: each for each in pages},
    )


def page_view(
    desk: DeskServices, page: Page, reading: tuple[PageReading, str] | None, words: str, *, tones: bool
) -> PageView:
    """One page with the words asked for marked on its picture."""
    layout = desk.layouts.layout(reading[1]) if reading else None
    if reading is None or layout is None:
        return PageView(page=page, sheet=None, text="")
    marks = marks_on(layout, words, exact_tones=tones) if words else ()
    return PageView(page=page, sheet=sheet_of(page.page_id, page.number, layout, marks), text=reading[0].text)
