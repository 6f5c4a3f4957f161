"""What a clerk means by the number of a document, of a page or of a slot."""

from __future__ import annotations

from dossiers.document import Document
from dossiers.errors import RecordError
from dossiers.slot import Slot
from sohoa.report import DossierReport


def chosen_document(report: DossierReport, number: int | None, page: int | None) -> Document:
    """Returns the document with a number, or the one that a page belongs to.

    Args:
        report: the dossier.
        number: 1-based place of the document in the dossier, or ``None``.
        page: 1-based page of the dossier; counts where ``number`` is ``None``.

    Raises:
        RecordError: ``NOT_FOUND``.
    """
    for document in report.documents:
        if number == document.ordinal or (number is None and page in report.page_numbers(document)):
            return document
    raise RecordError(
        "NOT_FOUND",
        vi="Hồ sơ không có giấy tờ hoặc trang mang số này.",
        en="the dossier has no document or page with this number",
        hint=f"sohoa show {report.dossier.code}",
    )


def chosen_slot(report: DossierReport, name: str) -> Slot:
    """Returns the slot with a key, or with a 1-based place in the checklist.

    Raises:
        RecordError: ``NOT_FOUND``.
    """
    for place, slot in enumerate(report.slots, start=1):
        if name in (slot.rule.key, str(place)):
            return slot
    keys = ", ".join(f"{place} ({slot.rule.key})" for place, slot in enumerate(report.slots, start=1))
    raise RecordError(
        "NOT_FOUND",
        vi="Hồ sơ không có thành phần này.",
        en="the dossier has no such slot",
        hint=f"--slot {keys}" if keys else "",
    )
