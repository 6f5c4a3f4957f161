"""The screen of one dossier: pages arrive, are put right, and the receipt goes out."""

from __future__ import annotations

import json
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from dossiers.consent import Purpose
from dossiers.document_names import type_name
from dossiers.document_types import BLANK, DOCUMENT_TYPES, UNKNOWN
from dossiers.dossier import Dossier
from dossiers.errors import InputCode, InputError
from dossiers.permissions import Permission
from reception.cases.printed import printed_pdf
from reception.frame.asked import DeskRequest, clerk_of, dossier_by_code
from reception.intake.consent import note_consent
from reception.intake.live import LiveScreen
from reception.intake.receipt import take_in
from reception.intake.start import Form

Live = NamedDependency[LiveScreen]
#: Acts on one page, each a method of ``Arranging`` with the same arguments.
_PLAIN_ACTS: Final = frozenset({"split", "join", "set_aside", "restore"})


@get("/intake/{code:str}", sync_to_thread=True)
def screen(request: DeskRequest, code: FromPath[str], live: Live) -> Response[str]:
    """The whole screen."""
    dossier = dossier_by_code(request, live.desk, code)
    language = live.pages.words_for(request).language
    types = sorted(
        (type_name(type_id, language), type_id)
        for type_id in DOCUMENT_TYPES
        if type_id not in (BLANK, UNKNOWN)
    )
    ticket = live.desk.tickets.of_dossier(clerk_of(request).branch, dossier.dossier_id)
    context = {
        **live.context(request, dossier),
        "ticket": ticket,
        "devices": live.desk.scanning.devices(),
        "types": types,
        "consents": _consents(live, request, dossier),
    }
    return live.pages.answer(request, "intake/screen.html", context)


@get("/intake/{code:str}/live", sync_to_thread=True)
def changed(
    request: DeskRequest, code: FromPath[str], live: Live, mark: FromQuery[str] = ""
) -> Response[str]:
    """What changed since a mark."""
    return live.answer_since(request, dossier_by_code(request, live.desk, code), mark)


@post("/intake/{code:str}/scan", sync_to_thread=True, status_code=200)
def scan(request: DeskRequest, code: FromPath[str], data: Form, live: Live) -> Response[str]:
    """Starts the scanner, or goes on where it stopped."""
    dossier = dossier_by_code(request, live.desk, code)
    scanning = live.desk.scanning
    if scanning.state(dossier.code).stage == "stopped" and not data.get("replaces"):
        scanning.go_on(dossier.code)
    else:
        sheets = data.get("sheets", "")
        scanning.start(
            dossier.code,
            data.get("device", ""),
            replaces=data.get("replaces", ""),
            sheets=int(sheets) if sheets.isascii() and sheets.isdigit() and 0 < int(sheets) <= 9999 else None,
            by=clerk_of(request).name,
        )
    return live.answer(request, dossier)


@post("/intake/{code:str}/scan/end", sync_to_thread=True, status_code=200)
def end_scan(request: DeskRequest, code: FromPath[str], live: Live) -> Response[str]:
    """Stops the scanner; what arrived stays."""
    dossier = dossier_by_code(request, live.desk, code)
    live.desk.scanning.end(dossier.code)
    return live.answer(request, dossier)


@post("/intake/{code:str}/pages/{page_id:str}/{act:str}", sync_to_thread=True, status_code=200)
def act_on_page(
    request: DeskRequest,
    code: FromPath[str],
    page_id: FromPath[str],
    act: FromPath[str],
    data: Form,
    live: Live,
) -> Response[str]:
    """Puts a page right: split, join, name, move, turn, set aside, restore."""
    dossier = dossier_by_code(request, live.desk, code)
    by, arranging = clerk_of(request).name, live.desk.arranging
    dossier_id = dossier.dossier_id
    if act in _PLAIN_ACTS:
        getattr(arranging, act)(dossier_id, page_id, by)
    elif act == "name":
        arranging.name(dossier_id, page_id, data.get("type", ""), by)
    elif act == "turn":
        arranging.turn(dossier_id, page_id, 270 if data.get("way") == "left" else 90, by)
    elif act == "move":
        is_before = data.get("side") == "before"
        arranging.move(dossier_id, page_id, data.get("target", ""), by, is_before=is_before)
    else:
        raise InputError(InputCode.NOT_FOUND, "no such act")
    return live.answer(request, dossier)


@post("/intake/{code:str}/slots/{key:str}", sync_to_thread=True, status_code=200)
def put_into_slot(
    request: DeskRequest, code: FromPath[str], key: FromPath[str], data: Form, live: Live
) -> Response[str]:
    """Puts a document into a slot, or empties it."""
    dossier = dossier_by_code(request, live.desk, code)
    document_id = data.get("document") or None
    live.desk.arranging.put_into_slot(dossier.dossier_id, key, document_id, clerk_of(request).name)
    return live.answer(request, dossier)


@post("/intake/{code:str}/reuse/{key:str}", sync_to_thread=True, status_code=200)
def decide_reuse(
    request: DeskRequest, code: FromPath[str], key: FromPath[str], data: Form, live: Live
) -> Response[str]:
    """Takes what is on file for a slot, or asks for the paper after all."""
    dossier = dossier_by_code(request, live.desk, code)
    by = clerk_of(request).name
    if data.get("decision") == "ask":
        reason = live.pages.words_for(request).say("intake_reuse_reason")
        live.desk.reuse.overrule(dossier.dossier_id, key, by, reason)
    else:
        live.desk.reuse.accept(dossier.dossier_id, key, by)
    live.answers.forget(dossier.dossier_id)
    return live.answer(request, dossier)


@post("/intake/{code:str}/consent", sync_to_thread=True, status_code=200)
def consent(request: DeskRequest, code: FromPath[str], data: Form, live: Live) -> Response[str]:
    """Notes that the person agrees that papers are kept and used again, or takes that back."""
    dossier = dossier_by_code(request, live.desk, code)
    purposes, is_given = (Purpose.KEEP, Purpose.REUSE), data.get("given") != "no"
    note_consent(live.desk, dossier, purposes, clerk_of(request).name, is_given=is_given)
    live.answers.forget(dossier.dossier_id, is_anew=True)
    return Response("", headers={"HX-Refresh": "true"})


@post("/intake/{code:str}/undo", sync_to_thread=True, status_code=200)
def undo(request: DeskRequest, code: FromPath[str], live: Live) -> Response[str]:
    """Undoes what was done last, to the pages or to the slots."""
    dossier = dossier_by_code(request, live.desk, code)
    live.desk.arranging.undo(dossier.dossier_id, clerk_of(request).name)
    live.answers.forget(dossier.dossier_id)
    return live.answer(request, dossier)


@post("/intake/{code:str}/receipt", sync_to_thread=True, status_code=200)
def receipt(request: DeskRequest, code: FromPath[str], data: Form, live: Live) -> Response[str]:
    """Takes the dossier in and prints the receipt; nobody waits for pages to be read."""
    dossier = dossier_by_code(request, live.desk, code)
    is_incomplete = data.get("incomplete") == "yes"
    clerk = clerk_of(request)
    key = take_in(live.desk, dossier, clerk.name, clerk.branch, incomplete=is_incomplete)
    told = {"receipt-ready": {"url": f"/intake/{dossier.code}/receipt/{key}"}}
    return live.answer(request, dossier, {"HX-Trigger": json.dumps(told)})


@get("/intake/{code:str}/receipt/{key:str}", sync_to_thread=True)
def receipt_pdf(request: DeskRequest, code: FromPath[str], key: FromPath[str], live: Live) -> Response[bytes]:
    """A receipt that was printed for this dossier, as PDF."""
    return printed_pdf(live.desk, dossier_by_code(request, live.desk, code), key)


def _consents(live: LiveScreen, request: DeskRequest, dossier: Dossier) -> bool | None:
    """Whether the owner lets papers be used again; ``None`` where nobody may ask, or there is no number."""
    person = clerk_of(request)
    if not dossier.citizen_number or not person.may(Permission.VAULT_READ.value):
        return None
    answer = live.answers.of(dossier.dossier_id, person.name)
    return answer is not None and Purpose.REUSE in answer.consents
