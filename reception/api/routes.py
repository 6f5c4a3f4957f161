"""The interface below ``/api/v1``."""

from __future__ import annotations

from typing import Final

from litestar import Router

from reception.api.account_routes import accounts, change_account, make_account
from reception.api.arranging_routes import arrange_page, undo_arrangement
from reception.api.batch_routes import (
    batch,
    batches,
    pause_batch,
    queue,
    resume_batch,
    retry_batch,
    retry_page,
    stuck_pages,
)
from reception.api.catalogue_routes import checklist, procedure, procedures
from reception.api.confirm_routes import confirm_document
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
from reception.api.list_routes import imported_lists, keep_list, offer_list
from reception.api.office_routes import keep_office_text, office_files, office_text
from reception.api.paper_routes import document, document_pdf, documents, page, pages
from reception.api.report_routes import draft_weekly, figures, weekly_report, write_weekly
from reception.api.reuse_routes import decide_reuse, proposals, reuse_decisions
from reception.api.search_routes import search
from reception.api.token_routes import make_token, own_token, revoke_token, tokens
from reception.api.webhook_routes import add_webhook, deliveries, remove_webhook, retry_delivery, webhooks
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
    proposals,
    reuse_decisions,
    decide_reuse,
    arrange_page,
    undo_arrangement,
    confirm_document,
    search,
    accounts,
    make_account,
    change_account,
    own_token,
    tokens,
    make_token,
    revoke_token,
    queue,
    batches,
    batch,
    pause_batch,
    resume_batch,
    retry_batch,
    stuck_pages,
    retry_page,
    figures,
    weekly_report,
    draft_weekly,
    write_weekly,
    imported_lists,
    offer_list,
    keep_list,
    office_files,
    office_text,
    keep_office_text,
    webhooks,
    add_webhook,
    remove_webhook,
    deliveries,
    retry_delivery,
)

AREA: Final = Area(routes=[Router(path=PATH, route_handlers=_HANDLERS, include_in_schema=True)])
