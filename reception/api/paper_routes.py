"""Pages and documents: what was read, and the searchable PDF/A."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from dossiers.errors import RecordError
from dossiers.permissions import Permission
from reception.api.dossier_routes import find_dossier
from reception.api.views import DocumentView, PageView, document_view, page_view
from reception.services import DeskServices

_READ: Final = {"permission": Permission.DOSSIER_READ}


@get("/dossiers/{code:str}/pages", opt=_READ, sync_to_thread=True)
def pages(code: FromPath[str], desk: NamedDependency[DeskServices]) -> list[PageView]:
    """Lists the pages of a dossier by number, with what was read on them."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
        listed = work.pages.of_dossier(found.dossier_id)
        readings = [work.pages.reading(each.page_id) for each in listed]
    return [
        page_view(each, known[0] if known else None) for each, known in zip(listed, readings, strict=True)
    ]


@get("/pages/{page_id:str}", opt=_READ, sync_to_thread=True)
def page(page_id: FromPath[str], desk: NamedDependency[DeskServices]) -> PageView:
    """Tells a page with what was read on it."""
    with desk.records.transaction() as work:
        known = work.pages.reading(page_id)
        return page_view(work.pages.get(page_id), known[0] if known else None)


@get("/dossiers/{code:str}/documents", opt=_READ, sync_to_thread=True)
def documents(code: FromPath[str], desk: NamedDependency[DeskServices]) -> list[DocumentView]:
    """Lists the documents of a dossier with their fields."""
    with desk.records.transaction() as work:
        found = find_dossier(work, code)
        return [document_view(each) for each in work.documents.of_dossier(found.dossier_id)]


@get("/documents/{document_id:str}", opt=_READ, sync_to_thread=True)
def document(document_id: FromPath[str], desk: NamedDependency[DeskServices]) -> DocumentView:
    """Tells a document with its fields."""
    with desk.records.transaction() as work:
        return document_view(work.documents.get(document_id))


@get("/documents/{document_id:str}/pdf", opt={**_READ, "answers": "application/pdf"}, sync_to_thread=True)
def document_pdf(document_id: FromPath[str], desk: NamedDependency[DeskServices]) -> Response[bytes]:
    """The searchable PDF/A of a document, as an attachment."""
    with desk.records.transaction() as work:
        found = work.documents.get(document_id)
    if found.pdf_key is None:
        raise RecordError("NOT_FOUND", vi="PDF của giấy tờ này chưa có.", en="there is no PDF of it yet")
    headers = {
        "Content-Disposition": f'attachment; filename="{found.document_id}.pdf"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(desk.derivatives.get(found.pdf_key), media_type="application/pdf", headers=headers)
