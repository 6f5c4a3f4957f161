"""Audit facts: what happened, when, to which record. Appended, never changed, free of personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What can happen."""

    DOSSIER_OPENED = "dossier_opened"
    FILE_RECEIVED = "file_received"
    FILE_REFUSED = "file_refused"
    PAGE_READ = "page_read"
    PAGE_QUARANTINED = "page_quarantined"
    PAGE_RETRIED = "page_retried"
    PAGE_SET_ASIDE = "page_set_aside"
    PAGE_TAKEN_BACK = "page_taken_back"
    PAGES_ARRANGED = "pages_arranged"
    ARRANGING_UNDONE = "arranging_undone"
    DOSSIER_FILED = "dossier_filed"
    DOCUMENT_RENDERED = "document_rendered"
    TASK_ABANDONED = "task_abandoned"
    TASK_RETRIED = "task_retried"
    DOSSIER_EXPORTED = "dossier_exported"
    SLOT_PINNED = "slot_pinned"
    SLOT_RELEASED = "slot_released"
    TYPE_CONFIRMED = "type_confirmed"
    DOCUMENT_CONFIRMED = "document_confirmed"
    DOCUMENT_CHECKED = "document_checked"
    REUSE_ACCEPTED = "reuse_accepted"
    REUSE_OVERRULED = "reuse_overruled"
    PAGE_REPLACED = "page_replaced"
    CASE_OPENED = "case_opened"
    CASE_MOVED = "case_moved"
    RESULT_RECORDED = "result_recorded"
    RESULT_REVOKED = "result_revoked"
    FORM_PRINTED = "form_printed"
    ORIGINAL_TAKEN = "original_taken"
    OBJECT_MENDED = "object_mended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One fact.

    Attributes:
        kind: what happened.
        dossier_id: the dossier it happened in.
        subject_id: the file, page or document it happened to.
        at: UTC; decorates only, order is the order of appending.
        detail: a short technical remark (a code, a count); never a name or a number of a person.
    """

    kind: EventKind
    dossier_id: str
    subject_id: str
    at: datetime
    detail: str = ""
