"""The intake screen over real records: what it answers, and to whom."""

from __future__ import annotations

import hashlib
import re

from litestar import Litestar
from litestar.testing import TestClient

from dossiers.case import Channel, Parties, Party, Places
from dossiers.case_desk import CaseOpening, Doing
from reception.services import DeskServices
from sohoa.bootstrap import Application
from sohoa.office import make_office

Client = TestClient[Litestar]
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"


def _open(
    application: Application, point: str = "H29.119", name: str = "Nguyễn Thị Hoà", key: str = "1"
) -> str:
    opening = CaseOpening(
        intake_key=hashlib.sha256(f"{point} {key}".encode()).hexdigest(),
        procedure="1.001193",
        variant=None,
        channel=Channel.DIRECT,
        places=Places(receiving_point=point, competent_agency=point),
        parties=Parties(owner=Party(name=name, identifier="003190000001")),
    )
    dossier, _ = make_office(application).desk.open(opening, Doing(by="A"))
    return dossier.code


def test_the_live_part_is_sent_when_something_changed_and_not_before(
    client: Client, application: Application
) -> None:
    code = _open(application)
    shown, mark = client.get(f"/intake/{code}"), None
    for _ in range(1000):  # what a national database says fills in
        mark = re.search(r'"mark":"([0-9a-f]{16})"', shown.text) or mark
        assert mark is not None
        shown = client.get(f"/intake/{code}/live", params={"mark": mark[1]})
        if shown.status_code == 204 and "asking" not in client.get(f"/intake/{code}").text:
            break
    assert mark is not None
    assert client.get(f"/intake/{code}/live", params={"mark": mark[1]}).status_code == 204
    client.post(f"/intake/{code}/receipt", data={"incomplete": "yes"})
    changed = client.get(f"/intake/{code}/live", params={"mark": mark[1]})
    assert changed.status_code == 200
    assert 'id="live"' in changed.text
    assert "<html" not in changed.text


def test_another_branchs_dossier_is_not_found(client: Client, application: Application) -> None:
    code = _open(application, point="H29.120")
    for path in (f"/intake/{code}", f"/intake/{code}/live"):
        assert client.get(path).status_code == 404
    for path in ("scan", "undo", "receipt", "consent"):
        assert client.post(f"/intake/{code}/{path}", data={"sent": "1"}).status_code == 404


def test_hostile_names_are_shown_and_do_nothing(client: Client, application: Application) -> None:
    code = _open(application, name=HOSTILE)
    shown = client.get(f"/intake/{code}").text
    assert "<script>alert" not in shown
    assert "{{ 7*7 }}" in shown
    assert client.post("/intake/citizen", data={"citizen": HOSTILE}).text.count("<script>") == 0
    found = client.get("/intake/procedures", params={"words": HOSTILE}).text
    assert "<script>" not in found


def test_a_receipt_needs_main_papers_or_a_word_and_is_sent_for_its_dossier_only(
    client: Client, application: Application
) -> None:
    code, other = _open(application), _open(application, key="2")
    refused = client.post(f"/intake/{code}/receipt", data={"sent": "1"}, headers={"hx-request": "true"})
    assert refused.status_code == 409
    assert "PAPERS_MISSING" in refused.text
    assert refused.headers["hx-retarget"] == "#messages"
    printed = client.post(f"/intake/{code}/receipt", data={"incomplete": "yes"})
    url = re.search(r"/intake/[^\"]+/receipt/[0-9a-f]{64}", printed.headers["hx-trigger"])
    assert url is not None
    assert client.get(url[0]).content.startswith(b"%PDF")
    assert client.get(url[0].replace(code, other)).status_code == 404


def test_numbers_and_cards_are_understood_and_the_number_is_masked(client: Client) -> None:
    card = "003190000001||Nguyễn Thị Hoà|01011990|Nữ|Số 2 đường Ví Dụ|01012022"
    read = client.post("/intake/citizen", data={"citizen": card}).text
    assert "Nguyễn Thị Hoà" in read
    assert "003 ••• ••• 001" in read
    assert 'id="owner-name"' in client.post("/intake/citizen", data={"citizen": "003190000001"}).text
    assert "12 chữ số" in client.post("/intake/citizen", data={"citizen": "12"}).text


def test_the_start_screen_lists_the_day_of_the_own_point_with_open_dossiers_first(
    client: Client, application: Application
) -> None:
    received, waiting = _open(application, key="1"), _open(application, key="2", name=HOSTILE)
    elsewhere = _open(application, point="H29.120")
    client.post(f"/intake/{received}/receipt", data={"incomplete": "yes"})
    shown = client.get("/intake").text
    assert re.findall(r'data-code="([^"]+)"', shown) == [waiting, received]
    assert elsewhere not in shown
    assert "<script>alert" not in shown


def test_a_dossier_is_tied_to_the_ticket_that_the_counter_called(
    client: Client, services: DeskServices
) -> None:
    ticket = services.tickets.take("H29.119")
    assert client.post("/intake/call", data={"sent": "1"}, follow_redirects=False).status_code == 303
    opening = {"procedure": "1.001193", "number": "003190000001", "name": "A"}
    for key, told in (("1", "another"), ("2", ticket.ticket_id)):
        opened = client.post("/intake/open", data={**opening, "key": key, "ticket": told})
        code = opened.headers["hx-redirect"].rpartition("/")[2]
        with services.records.transaction() as work:
            dossier = work.dossiers.by_code(code)
        assert dossier is not None
        tied = services.tickets.of_dossier("H29.119", dossier.dossier_id)
        assert (tied is not None) is (told != "another")
    client.post(f"/intake/{code}/receipt", data={"incomplete": "yes"})
    served = services.tickets.of_dossier("H29.119", dossier.dossier_id)
    assert served is not None
    assert served.served_at is not None
