"""After a merger: what an account finds is what it opens, at the desk and by the interface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from dossiers.account_desk import NewAccount
from dossiers.permissions import Permission, Role
from dossiers.steward import Steward
from reception.auth.protection import make_protected_app
from sohoa.bootstrap import bootstrap
from sohoa.desk_wiring import make_desk
from sohoa.office import make_office
from sohoa.settings import Settings

from .conftest import PASSWORD, GuardedDesk, Visitor
from .read_dossier import add_read_dossier

BEFORE, AFTER, LATER = "H29.119-261128-0001", "H29.120-261128-0002", "H29.121-261128-0003"
#: The branch of each account, and the dossiers that it sees.
SEEN = {
    "truoc": ("H29.119", {BEFORE}),  # gave way: keeps what it had, gets nothing new
    "sau": ("H29.120", {BEFORE, AFTER}),  # took over
    "khac": ("H29.121", {LATER}),  # takes over next century
}
COMPUTER = Steward.of_computer("test")


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedDesk]:
    data = tmp_path_factory.mktemp("merged")
    spans = (("H29.119", "H29.120", "2026-07-01"), ("H29.120", "H29.121", "2126-07-01"))
    (data / "agencies.toml").write_text(
        "".join(f'[[succession]]\nold = "{old}"\nnew = "{new}"\nsince = {day}\n' for old, new, day in spans)
    )
    with bootstrap(Settings(data_dir=data, agency="H29.120", workers=1)) as application:
        for number, code in enumerate((BEFORE, AFTER, LATER), start=1):
            add_read_dossier(application, number, agency=code.split("-")[0])
        desk = make_desk(application, make_office(application))
        for name, (branch, _) in SEEN.items():
            new = NewAccount(name=name, shown_name=name, role=Role.CLERK, branch=branch, grants=frozenset())
            desk.accounts.create(new, PASSWORD, by=COMPUTER)
        with TestClient(make_protected_app(desk), raise_server_exceptions=False) as client:
            yield GuardedDesk(desk, desk.clock, Visitor(client), lambda _: None)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SEEN)
def test_the_desk_opens_what_it_finds(merged: GuardedDesk, name: str) -> None:
    visitor = merged.another_visitor()
    visitor.sign_in(name)
    form = {"type": "giay_khai_sinh", "_csrf_token": visitor.token("/search")}
    found = visitor.client.post("/search/answers", data=form).text
    alike = visitor.client.get(f"/search/similar/{_document(merged, name)}").text
    for number, code in enumerate((BEFORE, AFTER, LATER), start=1):
        is_seen = code in SEEN[name][1]
        assert (code in found) is is_seen
        assert is_seen or code not in alike
        assert visitor.client.get(f"/search/dossier/d{number}").status_code == (200 if is_seen else 404)
        assert visitor.client.get(f"/intake/{code}").status_code == (200 if is_seen else 404)


@pytest.mark.parametrize("name", SEEN)
def test_the_interface_opens_what_it_finds(merged: GuardedDesk, name: str) -> None:
    headers = merged.token(name, *{Permission.SEARCH, Permission.DOSSIER_READ, Permission.DOSSIER_WRITE})
    client = merged.visitor.client
    answer = client.post("/api/v1/search", json={"type": "giay_khai_sinh"}, headers=headers)
    seen = SEEN[name][1]
    assert {each["dossier"] for each in answer.json()} == seen
    for code in (BEFORE, AFTER, LATER):
        opened = client.get(f"/api/v1/dossiers/{code}", headers=headers)
        assert opened.status_code == (200 if code in seen else 404)


def test_nothing_new_begins_at_an_agency_that_gave_way(merged: GuardedDesk) -> None:
    headers = merged.token("sau") | {"Idempotency-Key": "at-the-old-place"}
    body = {"procedure": "1.001193", "owner_name": "Trần Thị Bốn", "receiving_point": "H29.119"}
    answer = merged.visitor.client.post("/api/v1/dossiers", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_AGENCY_CODE")


def _document(merged: GuardedDesk, name: str) -> str:
    number = 3 if name == "khac" else 1
    with merged.services.records.transaction() as work:
        return work.documents.of_dossier(f"d{number}")[0].document_id
