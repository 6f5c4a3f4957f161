"""The interface for programs: done once, within scopes and branches, described as it is."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from httpx import Response

from dossiers.document import Document
from dossiers.page import derived_id
from dossiers.permissions import Permission
from dossiers.reading import CopyKind, FieldValue, Source

if TYPE_CHECKING:
    from conftest import GuardedDesk


def _png(side: int) -> bytes:
    """A white square."""
    rows = b"".join(b"\x00" + b"\xff" * side for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PNG = _png(64)
V1 = "/api/v1"
#: Where the framework serves the description; the last one answers 404.
DESCRIPTION = {f"{V1}/openapi.json", V1, V1 + "/{path}"}


@dataclass(frozen=True)
class Program:
    """A program with a token."""

    office: GuardedDesk
    headers: dict[str, str]

    def ask(self, method: str, path: str, key: str = "", **more: Any) -> Response:
        headers = self.headers | ({"Idempotency-Key": key} if key else {}) | more.pop("headers", {})
        return self.office.visitor.client.request(method, V1 + path, headers=headers, **more)

    def open(self, key: str) -> Response:
        body = {"procedure": "1.001193", "owner_name": "Nguyễn Thị Hoà"}
        return self.ask("POST", "/dossiers", key, json=body)


@pytest.fixture
def hoa(office: GuardedDesk) -> Program:
    return Program(office, office.token("hoa"))


@pytest.fixture
def other(office: GuardedDesk) -> Program:
    return Program(office, office.token("other"))


def test_a_dossier_is_opened_once_for_a_key_and_a_key_serves_one_request(hoa: Program) -> None:
    first, again = hoa.open("open-once-1"), hoa.open("open-once-1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again.headers["idempotent-replay"] == "true"
    assert first.json()["slots"]
    assert hoa.open("open-once-2").json()["code"] != first.json()["code"]
    body = {"procedure": "1.001193", "owner_name": "Trần Văn B"}
    refused = hoa.ask("POST", "/dossiers", "open-once-1", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "KEY_USED")


def test_keys_of_two_accounts_never_meet(hoa: Program, other: Program) -> None:
    assert hoa.open("shared-key").json()["code"].startswith("H29.119-")
    assert other.open("shared-key").json()["code"].startswith("H26.7-") or other.open("shared-key")


def test_a_key_is_needed_to_create(hoa: Program) -> None:
    refused = hoa.ask("POST", "/dossiers", json={"procedure": "1.001193", "owner_name": "A"})
    assert refused.status_code == 400
    assert refused.headers["content-type"].startswith("application/problem+json")


def test_a_refused_request_frees_its_key(hoa: Program) -> None:
    body = {"procedure": "1.999999", "owner_name": "A"}
    first = hoa.ask("POST", "/dossiers", "unknown-procedure", json=body)
    assert (first.status_code, first.json()["code"]) == (409, "PROCEDURE_UNKNOWN")
    assert hoa.ask("POST", "/dossiers", "unknown-procedure", json=body).json() == first.json()
    assert hoa.open("unknown-procedure").status_code == 201


def test_nobody_opens_a_dossier_at_another_branch(hoa: Program) -> None:
    body = {"procedure": "1.001193", "owner_name": "A", "receiving_point": "H26.7"}
    assert hoa.ask("POST", "/dossiers", "foreign-point", json=body).json()["code"] == "BAD_AGENCY_CODE"


@pytest.mark.parametrize(
    "body",
    [
        {"procedure": "1.001193"},
        {"procedure": 5, "owner_name": "A"},
        {"procedure": "1.001193", "owner_name": "A" * 501},
        {"procedure": "1.001193", "owner_name": "A", "channel": "carrier pigeon"},
    ],
)
def test_a_malformed_body_is_told_without_a_trace(hoa: Program, body: dict[str, object]) -> None:
    refused = hoa.ask("POST", "/dossiers", "malformed-body", json=body)
    assert refused.status_code == 400
    assert refused.json()["code"] == "BAD_REQUEST"
    assert not re.search(r"Traceback|/site-packages|File ", refused.text)


def test_a_file_is_received_once_and_its_bytes_are_kept(hoa: Program) -> None:
    code = hoa.open("dossier-for-file").json()["code"]
    send = {"content": PNG, "params": {"name": "Tờ khai.png"}}
    first = hoa.ask("POST", f"/dossiers/{code}/files", "file-key-1", **send)
    again = hoa.ask("POST", f"/dossiers/{code}/files", "file-key-2", **send)
    assert first.status_code == 201, first.text
    assert first.json()["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert again.json()["file_id"] == first.json()["file_id"]
    told = hoa.ask("GET", f"/dossiers/{code}").json()
    assert [each["name"] for each in told["files"]] == ["Tờ khai.png"]
    assert hoa.ask("GET", f"/dossiers/{code}/progress").json()["pages"] == {"received": 1}
    (page,) = hoa.ask("GET", f"/dossiers/{code}/pages").json()
    assert hoa.ask("GET", f"/pages/{page['page_id']}").json() == page
    assert hoa.office.services.originals.get(first.json()["sha256"]) == PNG


def test_a_refused_file_says_why_in_one_sentence(hoa: Program) -> None:
    code = hoa.open("dossier-for-refusal").json()["code"]
    refused = hoa.ask(
        "POST", f"/dossiers/{code}/files", "refused-file", content=b"GIF89a", params={"name": "a.gif"}
    )
    assert refused.status_code == 400
    assert refused.json()["code"] == "UNSUPPORTED_TYPE"
    assert refused.json()["title"].endswith(".")


def test_a_large_file_arrives_in_pieces_and_goes_on_after_an_interruption(hoa: Program) -> None:
    code = hoa.open("dossier-for-upload").json()["code"]
    about = {"name": "lớn.png", "size": len(PNG), "sha256": hashlib.sha256(PNG).hexdigest()}
    begun = hoa.ask("POST", f"/dossiers/{code}/uploads", "upload-key", json=about).json()
    place = f"/uploads/{begun['upload_id']}"
    assert hoa.ask("PUT", place, params={"offset": 0}, content=PNG[:30]).json()["offset"] == 30
    wrong = hoa.ask("PUT", place, params={"offset": 20}, content=PNG[20:])
    assert (wrong.status_code, wrong.json()["code"]) == (409, "UPLOAD_OFFSET")
    there = hoa.ask("GET", place).json()["offset"]
    done = hoa.ask("PUT", place, params={"offset": there}, content=PNG[there:]).json()
    assert done["file"]["sha256"] == about["sha256"]
    assert hoa.ask("GET", place).status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [({"sha256": "0" * 64}, "DAMAGED"), ({"size": 10}, "LIMIT_EXCEEDED")],
)
def test_a_file_that_is_not_what_was_said_is_refused(
    hoa: Program, change: dict[str, object], code: str
) -> None:
    dossier = hoa.open("dossier-for-wrong-upload").json()["code"]
    about = {"name": "a.png", "size": len(PNG), "sha256": hashlib.sha256(PNG).hexdigest()} | change
    begun = hoa.ask("POST", f"/dossiers/{dossier}/uploads", f"wrong-upload-{code}", json=about).json()
    refused = hoa.ask("PUT", f"/uploads/{begun['upload_id']}", params={"offset": 0}, content=PNG)
    assert refused.json()["code"] == code


def test_an_upload_beyond_the_limit_is_refused_before_a_byte_arrives(hoa: Program) -> None:
    dossier = hoa.open("dossier-for-wrong-upload").json()["code"]
    about = {"name": "a.png", "size": 200 * 1024**2 + 1, "sha256": "0" * 64}
    assert hoa.ask("POST", f"/dossiers/{dossier}/uploads", "too-large", json=about).status_code == 400
    too_large = b"x" * (20 * 1024**2 + 1)
    path = f"/dossiers/{dossier}/files"
    assert hoa.ask("POST", path, "too-large-2", content=too_large, params={"name": "a"}).status_code == 413


def test_results_are_recorded_once_and_revoked(hoa: Program) -> None:
    code = hoa.open("dossier-for-result").json()["code"]
    body = {"name": "Giấy khai sinh", "issued_on": "2026-11-02"}
    first, again = (hoa.ask("POST", f"/dossiers/{code}/results", "result-key", json=body) for _ in range(2))
    assert first.json() == again.json()
    assert len(hoa.ask("GET", f"/dossiers/{code}/results").json()) == 1
    gone = hoa.ask("POST", "/results/revoke", json={"code": first.json()["code"], "reason": "cấp nhầm"})
    assert gone.json()["revoked_at"]


def test_procedures_are_found_without_tones_and_the_checklist_says_why(hoa: Program) -> None:
    found = hoa.ask("GET", "/procedures", params={"words": "dang ky khai sinh"}).json()
    assert "1.001193" in {each["code"] for each in found}
    assert hoa.ask("GET", "/procedures/1.001193").json()["components"]
    answered = hoa.ask("POST", "/checklist", json={"citizen": "003195500150", "procedure": "1.001193"})
    assert answered.status_code == 200
    assert all(each["why"] for each in answered.json())
    assert not any(each["granted"] for each in answered.json())


def test_a_scope_that_is_missing_is_refused(office: GuardedDesk) -> None:
    poor = Program(office, office.token("hoa", Permission.CATALOGUE_READ))
    assert poor.ask("GET", "/procedures", params={"words": "khai sinh"}).status_code == 200
    refused = poor.open("poor-program")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")


def test_nobody_is_told_401_and_how_to_sign_in(office: GuardedDesk) -> None:
    answer = office.visitor.client.get(f"{V1}/procedures?words=x")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["code"] == "NOT_SIGNED_IN"


def test_accounts_are_out_of_reach_of_programs(office: GuardedDesk) -> None:
    program = Program(office, office.token("an"))
    assert {each["name"] for each in program.ask("GET", "/accounts").json()} >= {"hoa", "an"}
    refused = program.ask("PATCH", "/accounts/hoa", json={"disabled": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "CONFIRM_AGAIN")


@dataclass(frozen=True)
class Filed:
    """A dossier of ``hoa``'s branch with a page and a document."""

    code: str
    page_id: str
    document_id: str
    upload_id: str


@pytest.fixture
def filed(hoa: Program) -> Iterator[Filed]:
    code = hoa.open("dossier-of-matrix").json()["code"]
    send = {"content": PNG, "params": {"name": "<script>alert(1)</script>.png"}}
    hoa.ask("POST", f"/dossiers/{code}/files", "file-of-matrix", **send)
    about = {"name": "a.png", "size": 9, "sha256": "0" * 64}
    begun = hoa.ask("POST", f"/dossiers/{code}/uploads", "upload-of-matrix", json=about).json()
    (page,) = hoa.ask("GET", f"/dossiers/{code}/pages").json()
    with hoa.office.services.records.transaction() as work:
        dossier = work.dossiers.by_code(code)
        assert dossier is not None
        name = FieldValue(
            name="person_name", raw="x", value="Nguyễn Thị Hoà", box=None, confidence=0.9, source=Source.OCR
        )
        document = Document(
            document_id=derived_id(dossier.dossier_id, "birth_certificate", page["page_id"]),
            dossier_id=dossier.dossier_id,
            ordinal=1,
            type_id="birth_certificate",
            page_ids=(page["page_id"],),
            confidence=0.9,
            evidence="",
            copy_kind=CopyKind.ORIGINAL,
            fields=(name,),
            issues=(),
        )
        work.documents.replace_proposed(dossier.dossier_id, [document])
    return Filed(code, page["page_id"], document.document_id, begun["upload_id"])


def test_another_branch_is_told_that_nothing_is_there_on_every_route(
    office: GuardedDesk, hoa: Program, other: Program, filed: Filed
) -> None:
    """S2: every route of the application whose path names an object, screens and interface alike."""
    values = {"code": filed.code, "page_id": filed.page_id, "document_id": filed.document_id}
    values |= {"upload_id": filed.upload_id}
    asked = 0
    for route in office.visitor.client.app.routes:
        names = set(re.findall(r"{(\w+)}", route.path_format))
        if not names & set(values):
            continue
        path = re.sub(r"{(\w+)}", lambda name: values.get(name[1], "x"), route.path_format)
        for method in sorted(set(getattr(route, "methods", ())) - {"OPTIONS", "HEAD"}):
            office.clock.advance(5)
            answers = []
            for text in (path, re.sub(r"[0-9a-f]{20}|-0{0,3}[1-9]\d*\b", _absent, path)):
                headers = other.headers | {"Idempotency-Key": f"matrix-{asked}-key"}
                params = {"offset": "0", "name": "a", "width": "100"}
                body = {"json": {}} if method != "GET" else {}
                answer = office.visitor.client.request(method, text, headers=headers, params=params, **body)
                answers.append(answer)
            assert {each.status_code for each in answers} == {404}, (method, path, answers[0].text[:300])
            asked += 1
    assert asked >= 15
    assert hoa.ask("GET", f"/documents/{filed.document_id}").status_code == 200


def _absent(found: re.Match[str]) -> str:
    return "0" * 20 if len(found[0]) == 20 else "-9999"


def test_search_finds_only_in_the_own_branches(
    office: GuardedDesk, hoa: Program, other: Program, filed: Filed
) -> None:
    question = {"json": {"person": "nguyen thi hoa"}}
    assert filed.code in {each["dossier"] for each in hoa.ask("POST", "/search", **question).json()}
    assert other.ask("POST", "/search", **question).json() == []
    chief = Program(office, office.token("chief"))
    assert filed.code in {each["dossier"] for each in chief.ask("POST", "/search", **question).json()}


def test_hostile_names_come_back_as_data(hoa: Program, filed: Filed) -> None:
    answer = hoa.ask("GET", f"/dossiers/{filed.code}")
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["files"][0]["name"] == "<script>alert(1)</script>.png"


def test_the_description_is_openapi_31_and_names_every_route_once(office: GuardedDesk) -> None:
    spec = office.visitor.client.get(f"{V1}/openapi.json").json()
    assert spec["openapi"].startswith("3.1.")
    described = {(path, method) for path, item in spec["paths"].items() for method in item}
    served = {
        (route.path_format, method.lower())
        for route in office.visitor.client.app.routes
        if route.path_format.startswith(V1) and route.path_format not in DESCRIPTION
        for method in set(getattr(route, "methods", ())) - {"OPTIONS", "HEAD"}
    }
    assert described == served
    operations = [operation for item in spec["paths"].values() for operation in item.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    assert all(each["description"] for each in operations)
    references = set(re.findall(r'"\$ref": ?"#/components/schemas/([^"]+)"', json.dumps(spec)))
    assert references <= set(spec["components"]["schemas"])
