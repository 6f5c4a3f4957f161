"""The interface at the counter: reuse decided, pages put right, documents confirmed; own branches only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dossiers.document import Document
from dossiers.page import derived_id
from dossiers.reading import CopyKind, FieldValue, Source

from .test_api import PNG, Program, _png

if TYPE_CHECKING:
    from conftest import GuardedDesk

#: An invented person: province code 003 is assigned to nobody.
MOTHER = "003195500150"


@pytest.fixture
def hoa(office: GuardedDesk) -> Program:
    return Program(office, office.token("hoa"))


@pytest.fixture
def other(office: GuardedDesk) -> Program:
    return Program(office, office.token("other"))


def _open(program: Program, key: str, procedure: str = "1.001193") -> str:
    body = {"procedure": procedure, "owner_name": "Nguyễn Thị Hoà", "owner_number": MOTHER}
    code: str = program.ask("POST", "/dossiers", key, json=body).json()["code"]
    return code


def test_reuse_is_proposed_taken_and_overruled_with_a_reason(hoa: Program, other: Program) -> None:
    code = _open(hoa, "counter-reuse", "1.004222")
    place, decide = f"/dossiers/{code}/reuse", f"/dossiers/{code}/reuse-decisions"
    told = {each["slot"]: each["granted"] for each in hoa.ask("POST", place).json()}
    assert told == dict.fromkeys(("ct01", "cho_o", "quan_he"), False)  # no database is asked by looking
    nothing = {"slot": "ct01", "decision": "accept"}
    refused = hoa.ask("POST", decide, "counter-nothing", json=nothing)
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_GRANTED")
    taken = {"slot": "quan_he", "decision": "accept"}
    done = hoa.ask("POST", decide, "counter-accept", json=taken)
    assert (done.status_code, done.json()["verdict"], done.json()["source"]) == (201, "accepted", "ho_tich")
    assert done.json()["origin"] == ""  # the reference of a database is not told
    assert hoa.ask("POST", decide, "counter-accept", json=taken).headers["idempotent-replay"] == "true"
    against = {"slot": "quan_he", "decision": "overrule"}
    assert hoa.ask("POST", decide, "counter-silent", json=against).json()["code"] == "NO_REASON"
    against["reason"] = "Bản lưu bị mờ"
    assert hoa.ask("POST", decide, "counter-against", json=against).json()["verdict"] == "overruled"
    (counts,) = hoa.ask("GET", decide).json()
    assert (counts["verdict"], counts["reason"], counts["by"]) == ("overruled", "Bản lưu bị mờ", "hoa")
    assert MOTHER not in json.dumps(counts)
    for method, path in (("POST", place), ("GET", decide), ("POST", decide)):
        assert other.ask(method, path, "counter-foreign", json=taken).status_code == 404


def _pages(program: Program, code: str) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = program.ask("GET", f"/dossiers/{code}/pages").json()
    return pages


def test_pages_are_put_right_once_for_a_key_and_back(hoa: Program, other: Program) -> None:
    code = _open(hoa, "counter-pages")
    for number in (1, 2):
        send = {"content": _png(64 + number), "params": {"name": f"{number}.png"}}
        hoa.ask("POST", f"/dossiers/{code}/files", f"counter-file-{number}", **send)
    first, second = (each["page_id"] for each in _pages(hoa, code))

    def act(key: str, page_id: str = second, by: Program = hoa, **said: Any) -> Any:
        return by.ask("POST", f"/dossiers/{code}/pages/{page_id}/arrangements", key, json=said)

    turned = act("counter-turn", act="turn", degrees=270)
    assert turned.status_code == 201, turned.text
    assert [each["turned"] for each in turned.json()] == [0, 270]
    assert act("counter-turn", act="turn", degrees=270).json() == turned.json()
    undone = hoa.ask("POST", f"/dossiers/{code}/arrangements/undo", "counter-undo").json()
    assert [each["turned"] for each in undone] == [0, 0]
    assert [each["page_id"] for each in act("counter-aside", act="set_aside").json()] == [first]
    back = act("counter-restore", act="restore").json()
    assert len(back) == 2
    moved = act("counter-move", back[1]["page_id"], act="move", target=first, before=True)
    assert [each["page_id"] for each in moved.json()] == [back[1]["page_id"], first]
    foreign = _open(hoa, "counter-foreign-page")
    hoa.ask("POST", f"/dossiers/{foreign}/files", "counter-file-3", content=PNG, params={"name": "3.png"})
    (stranger,) = _pages(hoa, foreign)
    assert act("counter-mixed", stranger["page_id"], act="turn").status_code == 404
    assert act("counter-target", first, act="move", target=stranger["page_id"]).status_code == 404
    assert act("counter-wrong", first, act="burn").status_code == 400
    assert act("counter-other", first, other, act="turn").status_code == 404


def test_a_document_is_confirmed_with_what_was_seen(hoa: Program, other: Program) -> None:
    code = _open(hoa, "counter-confirm")
    hoa.ask("POST", f"/dossiers/{code}/files", "counter-file-4", content=_png(80), params={"name": "4.png"})
    ((page_id,), records) = ([each["page_id"] for each in _pages(hoa, code)], hoa.office.services.records)
    read = FieldValue(
        name="person_name", raw="x", value="Nguyên Hoà", box=None, confidence=0.5, source=Source.OCR
    )
    with records.transaction() as work:
        dossier = work.dossiers.by_code(code)
        assert dossier is not None
        document_id = derived_id(dossier.dossier_id, "giay_khai_sinh", page_id)
        document = Document(
            document_id=document_id,
            dossier_id=dossier.dossier_id,
            ordinal=1,
            type_id="giay_khai_sinh",
            page_ids=(page_id,),
            confidence=0.9,
            evidence="",
            copy_kind=CopyKind.ORIGINAL,
            fields=(read,),
            issues=(),
        )
        work.documents.replace_proposed(dossier.dossier_id, [document])
    place = f"/documents/{document_id}/confirmations"
    for wrong in ({"fields": {"issue_date": "hôm qua"}}, {"type": "blank"}, {"copy_kind": "unknown"}):
        assert hoa.ask("POST", place, "counter-malformed", json=wrong).status_code == 400
    said = {"fields": {"person_name": "Nguyễn Thị Hoà"}}
    assert other.ask("POST", place, "counter-stranger", json=said).status_code == 404
    done = hoa.ask("POST", place, "counter-confirmed", json=said)
    assert (done.status_code, done.json()["outcome"]) == (201, "confirmed"), done.text
    told = hoa.ask("GET", f"/documents/{document_id}").json()
    assert told["state"] == "confirmed"
    assert "Nguyễn Thị Hoà" in {each["value"] for each in told["fields"]}
