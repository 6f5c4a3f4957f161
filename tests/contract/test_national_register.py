"""What every way of asking national databases promises: a value for every question, and nothing else."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from datetime import date
from http.client import HTTPConnection

import jsonschema
import pytest

from dossiers.citizens import HolderNumber
from dossiers.errors import ConfigurationError
from dossiers.national import NationalQuestion, NationalRegister, NationalStatus
from dossiers.procedures import DataSource
from storage.national.http import HttpRegister
from storage.national.interface import answer_to_json, description, question_to_json
from storage.national.recorded import RecordedRegister
from storage.national.recordings import load_recordings, parse_recordings
from storage.national.server import NationalServer

TOKEN = "mã truy cập thử".encode().hex()
#: Databases of domain facts 1.8, each with the paper that its recording stands in for.
SOURCES = {
    DataSource.POPULATION: "ct07",
    DataSource.CIVIL_STATUS: "giay_khai_sinh",
    DataSource.LAND: "gcn_qsdd",
    DataSource.BUSINESS: "gcn_dang_ky_hkd",
    DataSource.INSURANCE: "the_bhyt",
    DataSource.CRIMINAL_RECORDS: "phieu_ly_lich_tu_phap",
    DataSource.HEALTH_BOOK: "giay_kham_suc_khoe",
}


@pytest.fixture
def server() -> Iterator[NationalServer]:
    with NationalServer("127.0.0.1", 0, load_recordings(), TOKEN) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


def url_of(server: NationalServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture(params=["recorded", "http"])
def register(request: pytest.FixtureRequest, server: NationalServer) -> Iterator[NationalRegister]:
    if request.param == "recorded":
        yield RecordedRegister(load_recordings())
        return
    made = HttpRegister(url_of(server), TOKEN, 10)
    yield made
    made.close()


def question(
    source: DataSource = DataSource.LAND, number: str = "003090123456", *papers: str
) -> NationalQuestion:
    return NationalQuestion(
        source=source,
        number=HolderNumber.parse(number),
        papers=papers or ("gcn_qsdd",),
        procedure="1.004222",
        request_id="thu-1",
    )


@pytest.mark.parametrize("source", SOURCES)
def test_every_database_answers_with_provenance(register: NationalRegister, source: DataSource) -> None:
    answer = register.look_up(question(source, "003090123456", SOURCES[source]))
    assert (answer.source, answer.status, answer.paper) == (source, NationalStatus.FOUND, SOURCES[source])
    assert answer.reference
    assert answer.adapter
    assert isinstance(answer.as_of or answer.until, date)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("003190000001", NationalStatus.NOT_FOUND),
        ("003190000002", NationalStatus.STALE),
        ("003190000003", NationalStatus.UNREACHABLE),
        ("003199999999", NationalStatus.UNREACHABLE),
    ],
)
def test_every_failure_is_an_answer(register: NationalRegister, number: str, status: NationalStatus) -> None:
    answer = register.look_up(question(DataSource.LAND, number))
    assert answer.status is status
    assert not answer.reference
    assert (answer.cause != "") is (
        status is NationalStatus.UNREACHABLE or register_tells_cause(answer.cause)
    )


def register_tells_cause(cause: str) -> bool:
    """The recorded double may say why an entry is stale; over HTTP that is not told."""
    return cause == "INCOMPLETE"


def test_data_for_another_paper_do_not_stand_in(register: NationalRegister) -> None:
    assert (
        register.look_up(question(DataSource.LAND, "003090123456", "ct07")).status is NationalStatus.NOT_FOUND
    )


def test_a_server_that_is_not_there_is_unreachable() -> None:
    made = HttpRegister("http://127.0.0.1:9", "", 5)
    answer = made.look_up(question())
    made.close()
    assert (answer.status, answer.cause) == (NationalStatus.UNREACHABLE, "NO_CONNECTION")


def test_a_wrong_token_is_no_answer(server: NationalServer) -> None:
    made = HttpRegister(url_of(server), "falsch", 10)
    answer = made.look_up(question())
    made.close()
    assert (answer.status, answer.cause) == (NationalStatus.UNREACHABLE, "HTTP_401")


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"status": "found"}', b'{"status": "maybe"}', b'{"status": "unreachable"}', b"\xff",
     b'{"status": "stale", "asOf": "morgen"}', b'{"status": "not_found", "facts": 3}', b"x" * 100_000],
)  # fmt: skip
def test_nonsense_from_a_gateway_is_no_answer(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    made = HttpRegister("http://127.0.0.1:9", "", 5)
    monkeypatch.setattr(made, "_post", lambda _question: (200, content))
    answer = made.look_up(question())
    made.close()
    assert (answer.status, answer.cause) == (NationalStatus.UNREACHABLE, "BAD_ANSWER")


@pytest.mark.parametrize("url", ["http://csdl.example.vn", "ftp://127.0.0.1", "127.0.0.1:8807", "https://"])
def test_other_machines_are_asked_by_tls_only(url: str) -> None:
    with pytest.raises(ConfigurationError, match="NATIONAL_NOT_SECURE"):
        HttpRegister(url, "", 1)


@pytest.mark.parametrize("url", ["https://gateway.example:88x", "http://127.0.0.1:8807,", "https://[gateway"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(ConfigurationError, match="NATIONAL_ADDRESS"):
        HttpRegister(url, "", 1)


def test_the_description_describes_what_is_sent_and_answered(server: NationalServer) -> None:
    with urllib.request.urlopen(f"{url_of(server)}/openapi.json") as response:
        told = json.load(response)
    assert told == json.loads(description())
    assert told["openapi"].startswith("3.1")
    schemas = told["components"]["schemas"]
    assert set(schemas["Source"]["enum"]) == {s.value for s in DataSource} - {"vneid", "kho", "ket_qua"}
    jsonschema.validate(question_to_json(question()), schemas["Question"])
    register = RecordedRegister(load_recordings())
    for number in ("003090123456", "003190000001", "003190000002"):
        answer = answer_to_json(register.look_up(question(DataSource.LAND, number)))
        jsonschema.validate(answer, schemas["Answer"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"status": "found"}, schemas["Answer"])


@pytest.mark.parametrize(
    ("method", "path", "body", "token", "status", "code"),
    [
        ("POST", "/v1/dat_dai/look-ups", b"{}", TOKEN, 400, "BAD_QUESTION"),
        ("POST", "/v1/dat_dai/look-ups", b'{"number": 1, "papers": 2}', TOKEN, 400, "BAD_QUESTION"),
        ("POST", "/v1/khac/look-ups", b"{}", TOKEN, 404, "UNKNOWN_SOURCE"),
        ("POST", "/v1/dat_dai/look-ups", b"{}", "", 401, "NOT_AUTHENTICATED"),
        ("POST", "/v1/dat_dai/look-ups", b"x" * 70_000, TOKEN, 413, "TOO_LARGE"),
        ("GET", "/v1/dat_dai/look-ups", b"", TOKEN, 404, "NOT_FOUND"),
    ],
)
def test_the_reference_server_refuses_what_the_description_does_not_have(
    server: NationalServer, method: str, path: str, body: bytes, token: str, status: int, code: str
) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request(method, path, body, {"Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())) == (status, {"error": code})
    connection.close()


def test_the_reference_server_says_that_it_is_there_without_a_token(server: NationalServer) -> None:
    with urllib.request.urlopen(f"{url_of(server)}/health") as response:
        assert json.load(response) == {"status": "ok"}


@pytest.mark.parametrize(
    "text",
    ["[[recording]]", '[[recording]]\nsource = "dan_so"\nnumber = "003090123456"\nstatus = "found"', "x",
     '[[recording]]\nsource = "dan_cu"\nnumber = "1"\nstatus = "found"',
     '[[recording]]\nsource = "dan_cu"\nnumber = "003090123456"\nstatus = "found"\nas_of = "hôm qua"'],
)  # fmt: skip
def test_broken_recordings_are_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="BAD_RECORDINGS"):
        parse_recordings(text)
