"""What the interface answers with: plain values, keys are added to and never renamed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.accounts import Account
from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.page import Page, ReceivedFile
from dossiers.procedures import Procedure
from dossiers.reading import FieldValue, PageReading
from dossiers.result import IssuedResult
from dossiers.search import Hit
from dossiers.slot import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentView:
    """One paper that a procedure asks for."""

    key: str
    name: str
    accepts: list[str]
    policy: str
    required: bool
    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureView:
    """A procedure as it is in force."""

    code: str
    variant: str
    name: str
    field: str
    working_days: int | None
    components: list[ComponentView]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """A place in the checklist of a dossier; ``document`` is the id of what fills it."""

    key: str
    name: str
    required: bool
    policy: str
    document: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file as it was received."""

    file_id: str
    name: str
    media_type: str
    bytes: int
    pages: int
    flags: list[str]
    sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """A dossier: its papers and how far they are."""

    code: str
    procedure: str | None
    title: str
    opened_at: datetime
    state: str
    open_tasks: int
    slots: list[SlotView]
    files: list[FileView]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A value found on a page: a proposal until a person confirms it; ``value`` is null where it is empty.

    ``box`` is left, top, right, bottom on the upright page, px of its picture.
    """

    name: str
    value: str | None
    raw: str
    confidence: float
    source: str
    box: list[float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page of a dossier; what was read is null while it waits."""

    page_id: str
    number: int
    state: str
    document: str | None
    text: str | None
    confidence: float | None
    issues: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document: what it is, its pages, its fields."""

    document_id: str
    ordinal: int
    type: str
    state: str
    confidence: float
    pages: list[str]
    fields: list[FieldView]
    issues: list[str]
    has_pdf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """A result that the office issued."""

    code: str
    name: str
    type: str
    issued_on: date
    valid_until: date | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One answer of a search."""

    dossier: str
    document: str | None
    type: str | None
    page: int | None
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """An account."""

    name: str
    shown_name: str
    role: str
    branch: str
    grants: list[str]
    disabled: bool


def procedure_view(procedure: Procedure) -> ProcedureView:
    """A procedure with its papers in checklist order."""
    papers = procedure.main_components + procedure.conditional_components
    return ProcedureView(
        code=procedure.number,
        variant=procedure.variant,
        name=procedure.name,
        field=procedure.field,
        working_days=procedure.time.working_days,
        components=[
            ComponentView(
                key=each.key,
                name=each.name,
                accepts=list(each.accepts),
                policy=each.policy.value,
                required=each.must_be_filled,
                condition=each.condition,
            )
            for each in papers
        ],
    )


def slot_view(slot: Slot) -> SlotView:
    """A slot."""
    return SlotView(
        key=slot.rule.key,
        name=slot.rule.name,
        required=slot.rule.is_required,
        policy=slot.rule.policy,
        document=slot.document_id,
    )


def file_view(file: ReceivedFile) -> FileView:
    """A file."""
    return FileView(
        file_id=file.file_id,
        name=file.name,
        media_type=file.media_type,
        bytes=file.byte_count,
        pages=file.page_count,
        flags=list(file.flags),
        sha256=file.original_key,
        received_at=file.received_at,
    )


def dossier_view(
    dossier: Dossier, slots: list[Slot], files: list[ReceivedFile], open_tasks: int
) -> DossierView:
    """A dossier."""
    return DossierView(
        code=dossier.code,
        procedure=dossier.procedure_code,
        title=dossier.title,
        opened_at=dossier.opened_at,
        state=dossier.state.value,
        open_tasks=open_tasks,
        slots=[slot_view(each) for each in slots],
        files=[file_view(each) for each in files],
    )


def field_view(value: FieldValue) -> FieldView:
    """A field."""
    box = value.box
    return FieldView(
        name=value.name,
        value=value.value,
        raw=value.raw,
        confidence=round(value.confidence, 3),
        source=value.source.value,
        box=[box.left, box.top, box.right, box.bottom] if box else None,
    )


def page_view(page: Page, reading: PageReading | None) -> PageView:
    """A page with what was read on it."""
    return PageView(
        page_id=page.page_id,
        number=page.number,
        state=page.state.value,
        document=page.document_id,
        text=reading.text if reading else None,
        confidence=round(reading.confidence, 3) if reading else None,
        issues=list(reading.issues) if reading else [],
    )


def document_view(document: Document) -> DocumentView:
    """A document."""
    return DocumentView(
        document_id=document.document_id,
        ordinal=document.ordinal,
        type=document.type_id,
        state=document.state.value,
        confidence=round(document.confidence, 3),
        pages=list(document.page_ids),
        fields=[field_view(each) for each in document.fields],
        issues=list(document.issues),
        has_pdf=document.pdf_key is not None,
    )


def result_view(result: IssuedResult) -> ResultView:
    """A result."""
    return ResultView(
        code=result.code,
        name=result.name,
        type=result.type_id,
        issued_on=result.issued_on,
        valid_until=result.valid_until,
        revoked_at=result.revocation.at if result.revocation else None,
    )


def hit_view(hit: Hit) -> HitView:
    """A hit."""
    return HitView(
        dossier=hit.dossier_code,
        document=hit.document_id,
        type=hit.type_id,
        page=hit.page_number,
        snippet=hit.snippet,
    )


def account_view(account: Account) -> AccountView:
    """An account."""
    return AccountView(
        name=account.name,
        shown_name=account.shown_name,
        role=account.role.value,
        branch=account.branch,
        grants=sorted(account.grants),
        disabled=account.is_disabled,
    )
