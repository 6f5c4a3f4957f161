"""A dossier with many pages, put into an office once: screens of one dossier have to stand it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from benchmarks.archive.paper import TYPES, reading_of
from dossiers.case import Case, Channel, Parties, Party, Places
from dossiers.document import Document, DocumentState
from dossiers.dossier import DigitizationState, Dossier
from dossiers.local_time import day_in_vietnam
from dossiers.page import Page, PageState, ReceivedFile, derived_id
from dossiers.ports import UnitOfWork
from dossiers.reading import CopyKind
from dossiers.slot import Slot, SlotRule

#: Pages of the dossier, pages of each document, lines and words of each page.
PAGES: Final = 200
_OF_DOCUMENT: Final = 5
_LINES: Final = 40
_KEY: Final = "thick"


def thick_dossier(work: UnitOfWork, branch: str, like: Page, now: datetime) -> Dossier:
    """Returns it, made now where there is none.

    Args:
        work: the records.
        branch: its receiving point.
        like: a page whose picture and full result its pages share.
        now: the moment of opening.
    """
    found = work.dossiers.by_intake_key(_KEY)
    if found is not None:
        return found
    day = day_in_vietnam(now).strftime("%y%m%d")
    dossier = Dossier(
        dossier_id=_KEY,
        code=f"{branch}-{day}-9999",
        intake_key=_KEY,
        procedure_code="1.001193",
        citizen_number="003195500150",
        title="Hồ sơ dày",
        opened_at=now,
        state=DigitizationState.NEEDS_CLERK,
    )
    work.dossiers.add(dossier)
    work.cases.add(_case(branch))
    _receive(work, like, now)
    documents = [_document(first) for first in range(0, PAGES, _OF_DOCUMENT)]
    work.documents.replace_proposed(_KEY, documents)
    rule = SlotRule(key="s1", name="Giấy tờ", accepts=(TYPES[0][0],), is_required=True, policy="digitize")
    work.dossiers.set_slots(_KEY, [Slot(rule=rule, document_id=documents[0].document_id)])
    return dossier


def _case(branch: str) -> Case:
    return Case(
        dossier_id=_KEY,
        variant="",
        channel=Channel.DIRECT,
        places=Places(receiving_point=branch, competent_agency=branch),
        parties=Parties(owner=Party(name="Nguyễn Văn Dày", identifier="003195500150")),
        state="received",
    )


def _receive(work: UnitOfWork, like: Page, now: datetime) -> None:
    known = work.pages.reading(like.page_id)
    artefact = known[1] if known else like.original_key
    file = ReceivedFile(
        file_id="thick-file",
        dossier_id=_KEY,
        receipt_key="r",
        name="day.pdf",
        original_key=like.original_key,
        media_type="application/pdf",
        byte_count=60_000_000,
        page_count=PAGES,
        flags=(),
        received_at=now,
    )
    work.dossiers.add_file(file)
    for index in range(PAGES):
        text = "\n".join(f"Dòng thứ {line} của trang {index} trong hồ sơ dày" for line in range(_LINES))
        page = Page(
            page_id=f"thick-{index:03}",
            dossier_id=_KEY,
            file_id=file.file_id,
            original_key=like.original_key,
            index=index,
            number=index + 1,
            state=PageState.IN_REVIEW,
            document_id=_document_id(index // _OF_DOCUMENT * _OF_DOCUMENT),
        )
        work.pages.add(page)
        work.pages.add_reading(page.page_id, "e", reading_of(TYPES[0][0], text, is_doubtful=True), artefact)
        work.search.index_page(page, text)


def _document(first: int) -> Document:
    type_id = TYPES[first // _OF_DOCUMENT % len(TYPES)][0]
    return Document(
        document_id=_document_id(first),
        dossier_id=_KEY,
        ordinal=first + 1,
        type_id=type_id,
        page_ids=tuple(f"thick-{first + step:03}" for step in range(_OF_DOCUMENT)),
        confidence=0.9,
        evidence="GIẤY",
        copy_kind=CopyKind.ORIGINAL,
        fields=reading_of(type_id, "", is_doubtful=True).fields,
        issues=(),
        state=DocumentState.PROPOSED,
    )


def _document_id(first: int) -> str:
    return derived_id(_KEY, str(first))
