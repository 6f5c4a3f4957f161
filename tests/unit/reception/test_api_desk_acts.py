"""What the desk does, done by programs: tickets, stores of people, slots, searches, checks, downloads."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from dossiers.document import Document
from dossiers.events import Event, EventKind
from dossiers.page import derived_id
from dossiers.permissions import Permission, Role
from dossiers.reading import CopyKind
from dossiers.review_draft import ReviewDraft
from dossiers.steward import Steward

from .test_api import Program, _png

if TYPE_CHECKING:
    from conftest import GuardedDesk

#: Invented people: province code 003 is assigned to nobody.
OWNER, SECOND = "003195500177", "003195500185"


@pytest.fixture
def hoa(office: GuardedDesk) -> Program:
    return Program(office, office.token("hoa"))


@pytest.fixture
def other(office: GuardedDesk) -> Program:
    return Program(office, office.token("other"))


@pytest.fixture(scope="module")
def keeper(open_office: GuardedDesk) -> Program:
    """A clerk who may change stores of people, at a branch of its own."""
    open_office.add("giu", Role.CLERK, Permission.VAULT_WRITE, Permission.ORIGINAL_READ)
    return Program(open_office, open_office.token("giu"))


def _open(program: Program, key: str) -> str:
    body = {"procedure": "1.001193", "owner_name": "Nguyễn Thị Hoà", "owner_number": OWNER}
    code: str = program.ask("POST", "/dossiers", key, json=body).json()["code"]
    return code


def _with_document(program: Program, key: str, side: int) -> tuple[str, str]:
    """A dossier of one page that was found to be a certificate of birth: its code, the document."""
    code = _open(program, key)
    program.ask(
        "POST", f"/dossiers/{code}/files", key + "-file", content=_png(side), params={"name": "a.png"}
    )
    page_id = program.ask("GET", f"/dossiers/{code}/pages").json()[0]["page_id"]
    with program.office.services.records.transaction() as work:
        dossier = work.dossiers.by_code(code)
        assert dossier is not None
        document = Document(
            document_id=derived_id(dossier.dossier_id, "giay_chung_sinh", page_id),
            dossier_id=dossier.dossier_id,
            ordinal=1,
            type_id="giay_chung_sinh",
            page_ids=(page_id,),
            confidence=0.9,
            evidence="",
            copy_kind=CopyKind.ORIGINAL,
            fields=(),
            issues=(),
        )
        work.documents.replace_proposed(dossier.dossier_id, [document])
    return code, document.document_id


def test_a_ticket_is_taken_called_once_handed_in_and_ended_by_the_receipt(
    hoa: Program, other: Program
) -> None:
    taken = hoa.ask("POST", "/tickets", "ticket-take-1")
    assert (taken.status_code, taken.json()["called_at"]) == (201, None)
    assert hoa.ask("POST", "/tickets", "ticket-take-1").json() == taken.json()
    second = hoa.ask("POST", "/tickets", "ticket-take-2").json()
    called = hoa.ask("POST", "/tickets/call", "ticket-call-1", json={"counter": "Quầy 7"})
    again = hoa.ask("POST", "/tickets/call", "ticket-call-1", json={"counter": "Quầy 7"})
    assert called.json() == again.json()
    ticket = called.json()["ticket"]
    assert (ticket["ticket_id"], ticket["counter"]) == (taken.json()["ticket_id"], "Quầy 7")
    place = f"/tickets/{ticket['ticket_id']}"
    assert hoa.ask("POST", f"{place}/left").json()["code"] == "ILLEGAL_MOVE"
    assert hoa.ask("POST", f"/tickets/{second['ticket_id']}/left").json()["left_at"]
    for act in ("served", "left"):
        assert other.ask("POST", f"{place}/{act}").status_code == 404
    code = _open(hoa, "ticket-dossier")
    other.ask("POST", "/tickets", "ticket-take-other")
    theirs = other.ask("POST", "/tickets/call", "ticket-call-other", json={}).json()["ticket"]["ticket_id"]
    assert other.ask("POST", f"/tickets/{theirs}/dossier", json={"dossier": code}).status_code == 404
    assert hoa.ask("POST", f"{place}/dossier", json={"dossier": code}).status_code == 200
    assert hoa.ask("POST", f"/dossiers/{code}/receipt", params={"incomplete": "true"}).status_code == 200
    room = hoa.ask("GET", "/tickets").json()
    assert room["waiting"] == 0
    assert room["tickets"][0]["served_at"]
    assert [each["number"] for each in other.ask("GET", "/tickets").json()["tickets"]] == [1]
    assert other.ask("POST", "/tickets/call", "ticket-nobody", json={}).json() == {"ticket": None}


def test_a_store_is_shown_joined_parted_and_consent_noted(hoa: Program, keeper: Program) -> None:
    whose = {"citizen": OWNER}
    code = _open(hoa, "vault-dossier")
    agreed = hoa.ask(
        "POST", f"/dossiers/{code}/consents", "vault-consent", json={"purposes": ["luu_kho", "tai_su_dung"]}
    )
    assert (agreed.status_code, agreed.json()["consents"]) == (201, ["luu_kho", "tai_su_dung"])
    store = hoa.ask("POST", "/vault/papers", json=whose)
    assert (store.json()["numbers"], store.json()["papers"]) == (["dinh_danh …177"], [])
    assert OWNER not in store.text
    for path in ("consents", "merges", "splits", "revocations"):
        assert hoa.ask("POST", f"/vault/{path}", "vault-refused", json={}).status_code == 403
    withdrawn = {"citizen": OWNER, "purposes": ["tai_su_dung"], "given": False}
    assert keeper.ask("POST", "/vault/consents", "vault-less", json=withdrawn).json()["consents"] == [
        "luu_kho"
    ]
    joined = {"citizen": OWNER, "other": SECOND, "reason": "số cũ"}
    merged = keeper.ask("POST", "/vault/merges", "vault-merge", json=joined)
    assert keeper.ask("POST", "/vault/merges", "vault-merge", json=joined).json() == merged.json()
    assert len(hoa.ask("POST", "/vault/papers", json=whose).json()["numbers"]) == 2
    both = {"citizen": OWNER, "act": merged.json()["act"], "papers": ["x"], "to": SECOND}
    assert keeper.ask("POST", "/vault/splits", "vault-both", json=both).json()["code"] == "BAD_VALUE"
    undo = {"citizen": OWNER, "act": merged.json()["act"]}
    assert keeper.ask("POST", "/vault/splits", "vault-split", json=undo).json() == {"moved": 1}
    unknown = {"citizen": "003195500193"}
    assert hoa.ask("POST", "/vault/papers", json=unknown).json()["code"] == "HOLDER_UNKNOWN"


def test_a_paper_on_file_is_seen_with_its_values_and_revoked_by_its_branch(
    hoa: Program, other: Program, keeper: Program
) -> None:
    code, document = _with_document(hoa, "paper-dossier", 90)
    hoa.ask("POST", f"/dossiers/{code}/consents", "paper-consent", json={"purposes": ["luu_kho"]})
    said = {"fields": {"person_name": "Nguyễn Thị Hoà"}}
    done = hoa.ask("POST", f"/documents/{document}/confirmations", "paper-confirmed", json=said)
    assert done.status_code == 201, done.text
    papers = other.ask("POST", "/vault/papers", json={"citizen": OWNER}).json()["papers"]
    (paper,) = (each for each in papers if each["paper_id"] == document)
    assert (paper["dossier"], paper["revoked"]) == (code, False)
    assert {"field": "person_name", "value": "Nguyễn Thị Hoà", "corrected": True} in paper["values"]
    gone = {"paper_id": document, "reason": "bị thu hồi"}
    keeper.office.add("xa", Role.CLERK, Permission.VAULT_WRITE, branch="H26.7")
    far = Program(keeper.office, keeper.office.token("xa"))
    assert far.ask("POST", "/vault/revocations", json=gone).status_code == 404
    assert keeper.ask("POST", "/vault/revocations", json=gone).json()["revoked"] is True
    assert keeper.ask("POST", "/vault/revocations", json=gone | {"paper_id": "x"}).status_code == 404


def test_a_slot_is_pinned_emptied_and_left_to_the_program(hoa: Program, other: Program) -> None:
    code, document = _with_document(hoa, "slot-dossier", 91)
    slots = [each["key"] for each in hoa.ask("GET", f"/dossiers/{code}/slots").json()]
    place = f"/dossiers/{code}/slots/{slots[0]}"

    def filled(answer: Any) -> dict[str, str | None]:
        assert answer.status_code == 200, answer.text
        return {each["key"]: each["document"] for each in answer.json()}

    assert filled(hoa.ask("PUT", place, json={"document": document}))[slots[0]] == document
    assert filled(hoa.ask("PUT", place, json={"document": None}))[slots[0]] is None
    left = filled(hoa.ask("DELETE", f"{place}/pin"))
    assert [key for key, each in left.items() if each == document] != [slots[0]]
    assert hoa.ask("PUT", place, json={"document": "x"}).status_code == 404
    assert hoa.ask("PUT", f"/dossiers/{code}/slots/x", json={"document": None}).status_code == 404
    assert other.ask("PUT", place, json={"document": None}).status_code == 404


def test_a_search_is_kept_without_numbers_and_forgotten(hoa: Program, other: Program) -> None:
    kept = {"name": "Khai sinh", "words": "giấy chứng sinh", "received_from": "2026-01-01"}
    made = hoa.ask("POST", "/kept-searches", "search-kept", json=kept)
    assert made.json()["asked"] == f"q={quote('giấy chứng sinh').replace('%20', '+')}&from=2026-01-01"
    number = hoa.ask("POST", "/kept-searches", "search-number", json={"name": "Bà Hoà", "words": OWNER})
    assert number.json()["code"] == "BAD_QUERY"
    assert [each["name"] for each in hoa.ask("GET", "/kept-searches").json()] == ["Khai sinh"]
    assert other.ask("GET", "/kept-searches").json() == []
    assert hoa.ask("POST", "/kept-searches/forget", json={"name": "Khai sinh"}).status_code == 204
    assert hoa.ask("GET", "/kept-searches").json() == []


def test_the_second_person_sees_what_was_checked_once(hoa: Program, other: Program) -> None:
    _, document = _with_document(hoa, "check-dossier", 92)
    services = hoa.office.services
    me = next(
        each for each in services.accounts.all(Steward.of_computer("test")) if each.name == "hoa"
    ).account_id
    with services.records.transaction() as work:
        past = services.clock() - timedelta(minutes=1)
        work.reviews.put(ReviewDraft(document_id=document, clerk=me, held_until=past, first_check=me))
    (told,) = (each for each in hoa.ask("GET", "/review-queue").json() if each["document"] == document)
    assert (told["first_checked"], told["free"]) == (True, False)
    refused = hoa.ask("POST", f"/documents/{document}/confirmations", "check-myself", json={})
    assert refused.json()["code"] == "SAME_PERSON"
    assert document not in other.ask("GET", "/review-queue").text
    assert hoa.ask("GET", f"/documents/{document}/similar").json() == []
    assert other.ask("GET", f"/documents/{document}/similar").status_code == 404


def test_originals_dossiers_and_pictures_are_taken_and_noted(
    hoa: Program, other: Program, keeper: Program
) -> None:
    code, _ = _with_document(hoa, "take-dossier", 93)
    file_id = hoa.ask("GET", f"/dossiers/{code}").json()["files"][0]["file_id"]
    original, packed = f"/dossiers/{code}/files/{file_id}/content", f"/dossiers/{code}/zip"
    assert hoa.ask("GET", original).status_code == 403
    assert keeper.ask("GET", original).content == _png(93)
    names = {
        who: zipfile.ZipFile(io.BytesIO(by.ask("GET", packed).content)).namelist()
        for who, by in (("hoa", hoa), ("giu", keeper))
    }
    assert names == {"hoa": ["01-giay-chung-sinh.txt"], "giu": ["01-giay-chung-sinh.txt", "goc/001.png"]}
    page_id = hoa.ask("GET", f"/dossiers/{code}/pages").json()[0]["page_id"]
    for path in (original, packed, f"/pages/{page_id}/picture"):
        assert other.ask("GET", path).status_code in (403, 404), path
    with hoa.office.services.records.transaction() as work:
        dossier = work.dossiers.by_code(code)
        assert dossier is not None
        kinds = [each.kind for each in work.events.of_dossier(dossier.dossier_id)]
    assert (kinds.count(EventKind.ORIGINAL_TAKEN), kinds.count(EventKind.DOSSIER_EXPORTED)) == (1, 2)


def test_scans_are_told_in_the_own_branches(hoa: Program, other: Program) -> None:
    code = _open(hoa, "scan-dossier")
    assert isinstance(hoa.ask("GET", "/scanners").json(), list)
    for method, path in (("GET", "scan"), ("POST", "scan/continue"), ("POST", "scan/end")):
        told = hoa.ask(method, f"/dossiers/{code}/{path}")
        assert (told.status_code, told.json()["stage"]) == (200, "idle")
        assert other.ask(method, f"/dossiers/{code}/{path}").status_code == 404
    assert other.ask("POST", f"/dossiers/{code}/scans", "scan-foreign", json={}).status_code == 404


def test_a_step_that_was_given_up_is_told_and_done_once_more(hoa: Program, other: Program) -> None:
    code, document = _with_document(hoa, "step-dossier", 94)
    place = f"/dossiers/{code}/stuck-steps"
    with hoa.office.services.records.transaction() as work:
        dossier = work.dossiers.by_code(code)
        assert dossier is not None
        work.events.append(
            Event(
                kind=EventKind.TASK_ABANDONED,
                dossier_id=dossier.dossier_id,
                subject_id=document,
                at=hoa.office.services.clock(),
                detail="ENGINE_CRASHED",
            )
        )
    assert hoa.ask("GET", place).json() == [{"subject": document, "reason": "ENGINE_CRASHED"}]
    again = {"subject": document}
    assert other.ask("POST", f"{place}/retry", json=again).status_code == 404
    assert hoa.ask("POST", f"{place}/retry", json=again).json() == []
    assert hoa.ask("POST", f"{place}/retry", json=again).status_code == 404


def test_a_branch_is_paused_and_resumed_by_who_sees_it(office: GuardedDesk) -> None:
    office.add("lo", Role.BACK_OFFICE)
    lo = Program(office, office.token("lo"))
    records = office.services.records

    def paused() -> set[str]:
        with records.transaction() as work:
            return {branch for branch, _ in work.queue.paused()}

    assert lo.ask("POST", "/queue/H29.119/pause").status_code == 200
    assert "H29.119" in paused()
    assert lo.ask("POST", "/queue/H29.119/resume").status_code == 200
    assert "H29.119" not in paused()
    assert lo.ask("POST", "/queue/H26.7/pause").status_code == 404


def test_people_sign_the_weekly_report_and_correct_it(guarded: GuardedDesk) -> None:
    guarded.add("sep", Role.MANAGER)
    guarded.visitor.sign_in("sep")
    desk = guarded.services
    assert desk.weekly is not None
    client, week = guarded.visitor.client, "/api/v1/reports/weekly/2026-W03"
    headers = {"X-CSRF-Token": guarded.visitor.token()}

    def ask(method: str, path: str, key: str = "", **more: Any) -> Any:
        with_key = headers | ({"Idempotency-Key": key} if key else {})
        return client.request(method, week + path, headers=with_key, **more)

    drafted = ask("POST", "", "sign-draft").json()
    written = {"deployment": "Đủ", "difficulties": "Không", "proposals": "Không"}
    version = ask("PUT", "", json=written | {"version": drafted["version"]}).json()["version"]
    bearer = guarded.token("sep")
    program = guarded.another_visitor().client
    refused = program.post(
        f"{week}/signature", json={"version": version}, headers=bearer | {"Idempotency-Key": "sign-program"}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    assert ask("POST", "/signature", "sign-stale", json={"version": version - 1}).status_code == 409
    signed = ask("POST", "/signature", "sign-now", json={"version": version})
    assert (signed.status_code, signed.json()["state"]) == (201, "signed"), signed.text
    assert ask("POST", "/revisions", "sign-revise").json()["revision"] == 2
    listed = client.get("/api/v1/reports/weekly", params={"limit": 5}).json()
    assert [each["week"] for each in listed] == ["2026-W03"]
    assert client.get("/api/v1/reports/weekly", params={"before": "2026-W03"}).json() == []
    book = client.get(f"{week}/xlsx")
    assert zipfile.is_zipfile(io.BytesIO(book.content))


def test_accounts_are_told_and_a_password_is_set_by_people_only(guarded: GuardedDesk) -> None:
    guarded.add("an", Role.ADMINISTRATOR)
    guarded.add("hoa", Role.CLERK)
    guarded.visitor.sign_in("an")
    client, headers = guarded.visitor.client, {"X-CSRF-Token": guarded.visitor.token()}
    place, new = "/api/v1/accounts/hoa", {"password": "câu hoàn toàn mới"}
    assert client.get(place).json()["role"] == "clerk"
    assert client.put(f"{place}/password", json=new, headers=headers).status_code == 204
    events = client.get(f"{place}/events", params={"limit": 1}).json()
    assert [each["kind"] for each in events] == ["password_set"]
    assert "câu" not in json.dumps(events)
    assert guarded.another_visitor().sign_in("hoa", new["password"]).status_code == 303
    program = guarded.another_visitor().client
    refused = program.put(f"{place}/password", json=new, headers=guarded.token("an"))
    assert refused.status_code == 403
