"""The first half of the intake: whose dossier it is, which procedure, what need not be brought."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from dossiers.case import Channel, Parties, Party, Places
from dossiers.case_desk import CaseOpening
from dossiers.citizens import HolderNumber
from dossiers.codes.agency_code import AgencyCode
from dossiers.codes.personal_number import PersonalNumber
from dossiers.errors import InputError
from dossiers.local_time import day_in_vietnam
from dossiers.procedures import Procedure
from reception.frame.asked import DeskRequest, clerk_of
from reception.frame.moments import local
from reception.frame.pages import Pages
from reception.intake.ports import Card
from reception.intake.today import read_today
from reception.services import DeskServices

#: Procedures that are shown at a time; the figures 1 to 9 choose one.
_SHOWN: Final = 9
#: The use of a procedure is counted over so long.
_USED_WITHIN: Final = timedelta(days=90)

Form = URLEncodedBody[dict[str, str]]


@get("/intake", sync_to_thread=True)
def first_page(
    request: DeskRequest, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """The empty screen: whose dossier is it? Below it the dossiers of the day."""
    branch, now = clerk_of(request).branch, desk.clock()
    desk.scanning.devices()  # they are looked for meanwhile
    with desk.records.transaction() as work:
        today = read_today(work, branch, now)
    context = {
        "now": now.isoformat(),
        "day": day_in_vietnam(now).isoformat(),
        "procedures": _procedures(desk, ""),
        "query": "",
        "today": today,
        "ticket": desk.tickets.at_counter(branch, desk.counter),
        "waiting": len(desk.tickets.queue(branch).waiting),
        "local": local,
    }
    return pages.answer(request, "intake/start.html", context)


@post("/intake/call", sync_to_thread=True)
def call_next(request: DeskRequest, desk: NamedDependency[DeskServices]) -> Redirect:
    """Calls who has waited longest; the clock of the screen is theirs from then on."""
    desk.tickets.call_next(clerk_of(request).branch, desk.counter)
    return Redirect(path="/intake", status_code=303)


@post("/intake/citizen", sync_to_thread=True, status_code=200)
def citizen(
    request: DeskRequest, data: Form, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """Understands a number as typed, or the line of a card reader."""
    clerk_of(request)
    return _understood(request, pages, desk, data.get("citizen", "").strip())


@post("/intake/card", sync_to_thread=True, status_code=200)
def scanned_card(
    request: DeskRequest, data: Form, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """Scans the card that lies on the scanner and understands its code; its picture is kept nowhere."""
    clerk_of(request)
    texts = desk.scanning.read_card(data.get("device", ""))
    text = next((each for each in texts if desk.cards.read(each) is not None), None)
    if text is None:
        problem = pages.words_for(request).say("intake_card_unread")
        return pages.answer(request, "intake/citizen.html", {"card": None, "problem": problem, "typed": ""})
    return _understood(request, pages, desk, text)


def _understood(request: DeskRequest, pages: Pages, desk: DeskServices, text: str) -> Response[str]:
    card = desk.cards.read(text)
    context: dict[str, object] = {"card": card, "problem": "", "typed": ""}
    if card is None:
        try:
            digits = PersonalNumber.parse(text).digits
            context["card"] = Card(number=digits, old_number="", name="", birth_date="", residence="")
        except InputError as error:
            is_vietnamese = pages.words_for(request).language == "vi"
            context |= {"problem": error.vi if is_vietnamese else error.en, "typed": text}
    return pages.answer(request, "intake/citizen.html", context)


@get("/intake/procedures", sync_to_thread=True)
def procedures(
    request: DeskRequest,
    pages: NamedDependency[Pages],
    desk: NamedDependency[DeskServices],
    words: FromQuery[str] = "",
) -> Response[str]:
    """Procedures by code or words, the most used first."""
    clerk_of(request)
    return pages.answer(
        request, "intake/procedures.html", {"procedures": _procedures(desk, words), "query": words}
    )


@post("/intake/checklist", sync_to_thread=True, status_code=200)
def checklist(
    request: DeskRequest, data: Form, pages: NamedDependency[Pages], desk: NamedDependency[DeskServices]
) -> Response[str]:
    """What a procedure asks for, and what of it the citizen need not bring."""
    person = clerk_of(request)
    day = day_in_vietnam(desk.clock())
    code, variant = data.get("procedure", ""), data.get("variant") or None
    procedure = desk.catalogue.get(code, day, AgencyCode.parse(desk.agency), variant)
    number = data.get("number", "")
    answer = None
    if number:
        owner = HolderNumber.parse(number)
        answer = desk.reuse.explain(owner, code, desk.agency, person.name, variant=variant, is_asking=False)
    context = {"procedure": procedure, "answer": answer, "number": number}
    return pages.answer(request, "intake/checklist.html", context)


@post("/intake/open", sync_to_thread=True, status_code=200)
def open_dossier(request: DeskRequest, data: Form, desk: NamedDependency[DeskServices]) -> Response[str]:
    """Opens the dossier and leads to its screen; pressing twice opens it once."""
    person = clerk_of(request)
    number = data.get("number", "")
    owner = Party(
        name=data.get("name", "").strip() or "-",
        identifier=PersonalNumber.parse(number).digits if number else "",
        address=data.get("address", "").strip(),
    )
    bearer = data.get("bearer", "").strip()
    opening = CaseOpening(
        intake_key=hashlib.sha256(f"desk\x1f{data.get('key', '')}".encode()).hexdigest(),
        procedure=data.get("procedure", ""),
        variant=data.get("variant") or None,
        channel=Channel.DIRECT,
        places=Places(receiving_point=desk.agency, competent_agency=desk.agency),
        parties=Parties(
            owner=owner,
            bearer=Party(name=bearer) if bearer else None,
            authorisation=data.get("authorisation", "").strip(),
        ),
    )
    dossier = desk.counter_desk.open(opening, person.name)
    ticket = desk.tickets.at_counter(person.branch, desk.counter)
    if ticket is not None and ticket.ticket_id == data.get("ticket", ""):
        desk.tickets.hand_in(ticket.ticket_id, dossier.dossier_id)
    return Response("", headers={"HX-Redirect": f"/intake/{dossier.code}"})


def _procedures(desk: DeskServices, asked: str) -> tuple[Procedure, ...]:
    """The best nine; without words those that were used most."""
    now = desk.clock()
    day = day_in_vietnam(now)
    with desk.records.transaction() as work:
        used = work.dossiers.procedures_used(now - _USED_WITHIN)
    if asked.strip():
        found = desk.catalogue.search(asked, day)
        words = {each.key: place for place, each in enumerate(found[:100])}
        ranked = sorted(found[:100], key=lambda each: (-used.get(each.number, 0), words[each.key]))
        return tuple(ranked[:_SHOWN])
    often = sorted(used, key=lambda number: (-used[number], number))[:_SHOWN]
    return tuple(each for number in often for each in desk.catalogue.find(number, day))[:_SHOWN]
