"""The interface below ``/api/v1``."""

from __future__ import annotations

from typing import Final

from litestar import Router

from reception.api.account_routes import accounts, change_account, make_account
from reception.api.catalogue_routes import checklist, procedure, procedures
from reception.api.dossier_routes import (
    dossier,
    open_dossier,
    progress,
    record_result,
    results,
    revoke_result,
    slots,
    take_in,
)
from reception.api.file_routes import add_file, begin_upload, put_piece, upload_state
from reception.api.paper_routes import document, document_pdf, documents, page, pages
from reception.api.search_routes import search
from reception.frame.area import Area

#: Where version 1 lives.
PATH: Final = "/api/v1"

_HANDLERS: Final = (
    procedures,
    procedure,
    checklist,
    open_dossier,
    dossier,
    slots,
    progress,
    take_in,
    results,
    record_result,
    revoke_result,
    add_file,
    begin_upload,
    upload_state,
    put_piece,
    pages,
    page,
    documents,
    document,
    document_pdf,
    search,
    accounts,
    make_account,
    change_account,
)

AREA: Final = Area(routes=[Router(path=PATH, route_handlers=_HANDLERS, include_in_schema=True)])
