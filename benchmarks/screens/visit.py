"""Addresses of every screen, by the account that looks at it, and questions to the search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from benchmarks.archive.size import OWN
from benchmarks.screens.thick import thick_dossier
from dossiers.local_time import day_in_vietnam
from dossiers.ports import RecordStore
from dossiers.reports.report_week import ReportWeek
from tests.e2e.desk.visits import PARTS, SCREENS

#: Screens of this dossier are looked at a second time with the thick one.
_OF_ONE: Final = ("{code}", "{dossier_id}", "{document_id}")
#: Parts of screens, as the scripts of the screens ask for them.
_PART_ADDRESSES: Final = {
    "/intake/procedures": ("canbo", "/intake/procedures?words=khai+sinh"),
    "/intake/{code:str}/live": ("canbo", "/intake/{code}/live?mark=x"),
}
#: The filled office keeps the shipped lists, so no row of its own is open for a change.
_AS_SHIPPED: Final = {"/admin/tables/{table:str}": ("quantri", "/admin/tables/agency")}
#: Answers when the devices have: the time is theirs, and the screen shows before it.
_OF_DEVICES: Final = frozenset({"/admin/scanners/found"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request.

    Attributes:
        name: of the screen.
        account: who looks.
        path: the address.
        form: what is posted; nothing: the address is asked for.
    """

    name: str
    account: str
    path: str
    form: dict[str, str] | None = None


def visits(records: RecordStore, now: datetime) -> list[Visit]:
    """Every screen, those of one dossier twice; then the questions."""
    usual, thick = _places(records, now)
    assert _PART_ADDRESSES.keys() | _OF_DEVICES == PARTS.keys()
    found = []
    for route, (account, address) in (SCREENS | _PART_ADDRESSES | _AS_SHIPPED).items():
        found.append(Visit(name=route, account=account, path=address.format(**usual)))
        if any(each in address for each in _OF_ONE):
            found.append(Visit(name=f"{route}, 200 pages", account=account, path=address.format(**thick)))
    return [*found, *_questions(records, now)]


def _places(records: RecordStore, now: datetime) -> tuple[dict[str, str], dict[str, str]]:
    week = str(ReportWeek.at(now))
    with records.transaction() as work:
        waiting = work.reviews.unconfirmed(now - timedelta(days=2), OWN, "", 50)
        one = next(each for each in waiting if work.pages.reading(each.document.page_ids[0]))
        page = work.pages.get(one.document.page_ids[0])
        thick = thick_dossier(work, OWN, page, now)
        document = work.documents.of_dossier(thick.dossier_id)[0]
    both = ((one.dossier_code, one.document.dossier_id, one.document.document_id),)
    both += ((thick.code, thick.dossier_id, document.document_id),)
    usual, full = (
        {"code": code, "dossier_id": dossier_id, "document_id": document_id, "week": week}
        for code, dossier_id, document_id in both
    )
    return usual, full


def _questions(records: RecordStore, now: datetime) -> list[Visit]:
    with records.transaction() as work:
        old = work.dossiers.opened_between(now - timedelta(days=503), now - timedelta(days=500))
    own = next(each for each in old if each.branch == OWN)
    today = day_in_vietnam(now)
    month = {"from": str(today - timedelta(days=300)), "to": str(today - timedelta(days=270))}
    asked: dict[str, dict[str, str]] = {
        "procedure, frequent": {"q": "1.000110"},
        "procedure, rare": {"q": own.procedure_code or ""},
        "dossier code": {"q": own.code},
        "personal number": {"number": own.citizen_number or ""},
        "one frequent word": {"q": "giấy"},
        "two frequent words": {"q": "giấy sinh"},
        "a phrase": {"q": "khai-sinh"},
        "rare word": {"q": "150050/QĐ-UBND"},
        "two words seldom together": {"q": "tử đất"},
        "words that nothing holds": {"q": "zzzkhông"},
        "frequent words, next page": {"q": "giấy sinh", "after": own.dossier_id},
        "person, whole name": {"person": "Nguyễn Thị Hoa"},
        "person, one frequent word": {"person": "nguyễn"},
        "type, rare": {"type": "giay_bao_tu"},
        "type, frequent": {"type": "giay_khai_sinh"},
        "type that nothing has": {"type": "so_ho_khau"},
        "from a day on": {"from": str(today - timedelta(days=900))},
        "until an old day": {"to": str(today - timedelta(days=700))},
        "a month": month,
        "a month, a procedure, a word": {**month, "q": "1.000110"},
        "a month, words": {**month, "q": "giấy sinh"},
        "rare type, frequent word": {"type": "giay_bao_tu", "q": "giấy"},
        "frequent type, tones, word": {"type": "giay_khai_sinh", "q": "giấy", "tones": "1"},
    }
    found = []
    for account in ("canbo", "tinh"):
        for name, form in asked.items():
            found.append(
                Visit(name=f"search: {name} ({account})", account=account, path="/search/answers", form=form)
            )
    other = {"agency": "H29.200", "q": "giấy sinh"}
    found.append(
        Visit(name="search: an agency, words (tinh)", account="tinh", path="/search/answers", form=other)
    )
    return found
