"""The screen of a case: where a dossier stands, what may be done now, its forms and results.

Rule: a form carries the version of the case that it showed; where somebody did something since, nothing is
done. Pressing twice does a thing once.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from dossiers.case_desk import Doing
from dossiers.case_moves import Action
from dossiers.case_order import FORM_OF, NEEDS_REASON, CaseOrder
from dossiers.dossier import Dossier
from dossiers.errors import InputCode, InputError
from dossiers.form_template import FormId
from dossiers.local_time import day_in_vietnam
from dossiers.permissions import Permission
from dossiers.result_desk import NewResult
from reception.cases.ports import PRINTABLE, PrintedForm
from reception.cases.printed import pdf_answer, printed_pdf
from reception.frame.area import Area
from reception.frame.asked import DeskRequest, clerk_of, dossier_by_code
from reception.frame.moments import local
from reception.frame.pages import Pages
from reception.services import DeskServices

Form = URLEncodedBody[dict[str, str]]
Desk = NamedDependency[DeskServices]
_RESULT: Final = {"permission": Permission.RESULT_WRITE.value}
#: Names of fields that hold a paper that is asked for; the box below them holds one a line.
_ITEM, _MORE = "item.", "more"
#: Most papers that are asked for at once, and longest text of a field.
_MOST_ITEMS: Final = 50
_MOST_TEXT: Final = 500


@get("/cases/{code:str}", sync_to_thread=True)
def case(
    request: DeskRequest,
    code: FromPath[str],
    pages: NamedDependency[Pages],
    desk: Desk,
    act: FromQuery[str] = "",
    printed: FromQuery[str] = "",
    form: FromQuery[str] = "",
) -> Response[str]:
    """Where the case stands; ``act`` opens the form of what is to be done."""
    dossier = dossier_by_code(request, desk, code)
    seen = desk.cases.standing(dossier.dossier_id)
    chosen = next((each.action for each in seen.moves if each.action.value == act), None)
    context = {
        "seen": seen,
        "file": seen.file,
        "case": seen.file.case,
        "act": chosen.value if chosen is not None else ("result" if act == "result" else ""),
        "needs_reason": chosen in NEEDS_REASON,
        "prints": chosen in FORM_OF,
        "printed": printed if printed.isascii() and printed.isalnum() else "",
        "printed_form": form if form in {*FormId, "declaration"} else "",
        "printable": [each.value for each in PRINTABLE],
        "today": day_in_vietnam(desk.clock()).isoformat(),
        "local": local,
        "most": _MOST_TEXT,
    }
    return pages.answer(request, "cases/case.html", context)


@post("/cases/{code:str}/moves", sync_to_thread=True)
def move(request: DeskRequest, code: FromPath[str], data: Form, desk: Desk) -> Redirect:
    """Does something to the case; the form that goes out is printed."""
    dossier = dossier_by_code(request, desk, code)
    order = CaseOrder(
        action=_action(data.get("action", "")),
        doing=_doing(request, data),
        items=_items(data),
        new_day=_day(data.get("new_day", "")),
    )
    return _back(dossier, desk.cases.carry_out(dossier.dossier_id, order))


@post("/cases/{code:str}/undo", sync_to_thread=True)
def undo(request: DeskRequest, code: FromPath[str], data: Form, desk: Desk) -> Redirect:
    """Takes back what was done last."""
    dossier = dossier_by_code(request, desk, code)
    desk.cases.take_back(dossier.dossier_id, _doing(request, data))
    return _back(dossier, None)


@post("/cases/{code:str}/print", sync_to_thread=True)
def print_form(request: DeskRequest, code: FromPath[str], data: Form, desk: Desk) -> Redirect:
    """Prints a form about the case as it is, or the declaration of its procedure."""
    dossier = dossier_by_code(request, desk, code)
    wanted = data.get("form", "")
    if wanted == "declaration":
        return _back(dossier, desk.cases.print_declaration(dossier.dossier_id, {}))
    form = next((each for each in PRINTABLE if each.value == wanted), None)
    if form is None:
        raise InputError(InputCode.BAD_VALUE, "no such form")
    return _back(dossier, desk.cases.print_form(dossier.dossier_id, form))


@post("/cases/{code:str}/results", sync_to_thread=True, opt=_RESULT)
def record_result(request: DeskRequest, code: FromPath[str], data: Form, desk: Desk) -> Redirect:
    """Records a result under the next number; the number that was shown is taken once."""
    dossier = dossier_by_code(request, desk, code)
    name = data.get("name", "").strip()[:_MOST_TEXT]
    issued_on = _day(data.get("issued_on", ""))
    if not name or issued_on is None:
        raise InputError(InputCode.BAD_VALUE, "a result needs a name and a day")
    with desk.records.transaction() as work:
        count = len(work.results.of_dossier(dossier.dossier_id))
    if data.get("number") == str(count + 1):  # pressed twice, it is recorded already
        new = NewResult(name=name, issued_on=issued_on, valid_until=_day(data.get("valid_until", "")))
        desk.results.record(dossier.dossier_id, new, clerk_of(request).name)
    return _back(dossier, None)


@get("/cases/{code:str}/forms/{key:str}", sync_to_thread=True)
def form_pdf(request: DeskRequest, code: FromPath[str], key: FromPath[str], desk: Desk) -> Response[bytes]:
    """A form that was printed about this dossier, as PDF."""
    return printed_pdf(desk, dossier_by_code(request, desk, code), key)


@get("/register", sync_to_thread=True)
def register(
    request: DeskRequest, desk: Desk, first: FromQuery[str] = "", last: FromQuery[str] = ""
) -> Response[bytes]:
    """The register of the own receiving point for some days of one year, as PDF; today without days."""
    today = day_in_vietnam(desk.clock())
    begin, end = _day(first) or today, _day(last) or today
    return pdf_answer(
        desk.cases.print_register(clerk_of(request).branch, begin, end), f"so-theo-doi-{begin}-{end}"
    )


def _back(dossier: Dossier, printed: PrintedForm | None) -> Redirect:
    told = f"?printed={printed.key}&form={printed.form}" if printed is not None else ""
    return Redirect(path=f"/cases/{dossier.code}{told}", status_code=303)


def _doing(request: DeskRequest, data: dict[str, str]) -> Doing:
    seen = data.get("seen", "")
    return Doing(
        by=clerk_of(request).name,
        reason=data.get("reason", "").strip()[:_MOST_TEXT],
        seen=int(seen) if seen.isascii() and seen.isdigit() else None,
    )


def _action(text: str) -> Action:
    try:
        return Action(text)
    except ValueError as cause:
        raise InputError(InputCode.BAD_VALUE, "no such act") from cause


def _items(data: dict[str, str]) -> tuple[str, ...]:
    """Papers that were ticked, then those written below, one a line."""
    ticked = [text for name, text in data.items() if name.startswith(_ITEM)]
    written = data.get(_MORE, "").splitlines()
    return tuple(each.strip()[:_MOST_TEXT] for each in (*ticked, *written) if each.strip())[:_MOST_ITEMS]


def _day(text: str) -> date | None:
    """A day as browsers send it; ``None`` for none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        raise InputError(InputCode.BAD_VALUE, "a day is written 2026-11-28") from cause


AREA: Final = Area(
    routes=[case, move, undo, print_form, record_result, form_pdf, register],
    permission=Permission.DOSSIER_WRITE.value,
)
