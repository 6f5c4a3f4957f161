"""The interface below ``/api/v1``."""

from __future__ import annotations

from typing import Final

from litestar import Router

from reception.api.account_routes import (
    account,
    account_events,
    accounts,
    change_account,
    make_account,
    set_password,
)
from reception.api.arranging_routes import arrange_page, undo_arrangement
from reception.api.batch_routes import (
    batch,
    batches,
    pause_batch,
    pause_branch,
    queue,
    resume_batch,
    resume_branch,
    retry_batch,
    retry_page,
    stuck_pages,
)
from reception.api.case_routes import (
    case,
    move_case,
    print_declaration,
    print_form,
    printed_form,
    register,
    undo_move,
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
from reception.api.download_routes import dossier_zip, file_content, picture_of_page
from reception.api.file_routes import add_file, begin_upload, put_piece, upload_state
from reception.api.finding_routes import (
    forget_search,
    keep_search,
    kept_searches,
    review_queue,
    similar_documents,
)
from reception.api.list_routes import imported_lists, keep_list, offer_list
from reception.api.office_routes import keep_office_text, office_files, office_text
from reception.api.paper_routes import document, document_pdf, documents, page, pages
from reception.api.report_routes import (
    draft_weekly,
    figures,
    revise_weekly,
    sign_weekly,
    weekly_report,
    weekly_reports,
    weekly_xlsx,
    write_weekly,
)
from reception.api.reuse_routes import decide_reuse, proposals, reuse_decisions
from reception.api.scan_routes import continue_scan, devices, end_scan, scan_state, start_scan
from reception.api.search_routes import search
from reception.api.slot_routes import pin_slot, unpin_slot
from reception.api.step_routes import retry_step, stuck_steps
from reception.api.ticket_routes import (
    call_ticket,
    hand_in_for_ticket,
    leave_ticket,
    serve_ticket,
    take_ticket,
    waiting_room,
)
from reception.api.token_routes import make_token, own_token, revoke_token, tokens
from reception.api.vault_routes import (
    merge_stores,
    note_consent,
    note_owner_consent,
    revoke_paper,
    show_store,
    split_store,
)
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
    case,
    move_case,
    undo_move,
    print_form,
    print_declaration,
    printed_form,
    register,
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
    pin_slot,
    unpin_slot,
    devices,
    scan_state,
    start_scan,
    continue_scan,
    end_scan,
    note_owner_consent,
    file_content,
    dossier_zip,
    picture_of_page,
    review_queue,
    search,
    kept_searches,
    keep_search,
    forget_search,
    similar_documents,
    waiting_room,
    take_ticket,
    call_ticket,
    serve_ticket,
    leave_ticket,
    hand_in_for_ticket,
    show_store,
    note_consent,
    merge_stores,
    split_store,
    revoke_paper,
    accounts,
    account,
    account_events,
    set_password,
    make_account,
    change_account,
    own_token,
    tokens,
    make_token,
    revoke_token,
    queue,
    pause_branch,
    resume_branch,
    batches,
    batch,
    pause_batch,
    resume_batch,
    retry_batch,
    stuck_pages,
    retry_page,
    stuck_steps,
    retry_step,
    figures,
    weekly_report,
    draft_weekly,
    write_weekly,
    weekly_reports,
    weekly_xlsx,
    sign_weekly,
    revise_weekly,
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
