"""The frame of every screen: headers, errors, language, static files."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from litestar import Litestar, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.testing import TestClient

from dossiers.errors import (
    AccessDenied,
    InputCode,
    InputError,
    RecordError,
    ResourceError,
    SohoaError,
    StaleVersion,
)
from reception.app import make_app
from reception.frame.language import back_path
from reception.frame.pages import Pages
from reception.frame.problems import status_of
from reception.services import DeskServices

Client = TestClient[Litestar]


def test_every_answer_forbids_foreign_scripts_framing_and_keeping(client: Client) -> None:
    for path in ("/intake", "/no-such-page", "/api/nothing"):
        headers = client.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def test_the_bar_names_branch_counter_and_person(client: Client) -> None:
    page = client.get("/intake").text

    assert "H29.119" in page
    assert "Quầy 2" in page
    assert "Trần Thị Cán Bộ" in page
    assert 'accesskey="1" aria-current="page"' in page


def test_static_files_are_kept_for_ever_under_their_hash_only(client: Client) -> None:
    style = re.search(r'href="(/static/[0-9a-f]{16}/css/desk\.css)"', client.get("/intake").text)
    assert style is not None
    answer = client.get(style[1], headers={"accept-encoding": "gzip"})

    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/css")
    assert client.get(re.sub(r"[0-9a-f]{16}", "0" * 16, style[1])).status_code == 404
    assert client.get(style[1].replace("css/desk.css", "..%2Fapp.py")).status_code == 404


def test_a_chosen_language_is_kept_and_leads_back(client: Client) -> None:
    answer = client.post("/language/en", data={"back": "/intake"}, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/intake"
    assert '<html lang="en">' in client.get("/intake").text
    assert client.post("/language/xx", data={"back": "/"}).status_code == 400


@pytest.mark.parametrize(
    "asked", ["https://example.com/", "//example.com/x", "javascript:alert(1)", "/\\example.com", "/a\nb", ""]
)
def test_the_way_back_never_leaves_the_desk(asked: str) -> None:
    assert back_path(asked) == "/"


def test_errors_are_a_page_for_people_a_part_for_a_screen_and_json_for_programs(client: Client) -> None:
    page, part, program = (
        client.get("/no-such-page"),
        client.get("/no-such-page", headers={"hx-request": "true"}),
        client.get("/api/no-such-page"),
    )

    assert page.status_code == part.status_code == program.status_code == 404
    assert "<html" in page.text
    assert "<html" not in part.text
    assert part.headers["hx-retarget"] == "#messages"
    assert program.headers["content-type"].startswith("application/problem+json")
    assert program.json()["code"] == "NO_SUCH_PAGE"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError(InputCode.LIMIT_EXCEEDED), 413),
        (InputError(InputCode.BAD_VALUE), 400),
        (InputError(InputCode.NOT_FOUND), 404),
        (AccessDenied("NOT_GRANTED", vi="", en=""), 403),
        (RecordError("NO_CASE", vi="", en=""), 404),
        (StaleVersion("x"), 409),
        (ResourceError("RECORDS_UNAVAILABLE", vi="", en=""), 503),
        (SohoaError("ELSE", vi="", en=""), 500),
    ],
)
def test_each_kind_of_error_has_its_status(error: SohoaError, status: int) -> None:
    assert status_of(error) == status


@get("/breaks", sync_to_thread=True)
def breaks() -> str:
    raise RuntimeError("secret /srv/path")


@get("/shows", sync_to_thread=True)
def shows(request: Request[object, object, State], pages: NamedDependency[Pages]) -> str:
    problem = {"text": "<script>alert(1)</script>", "hint": "{{ 7*7 }}", "code": '"><img onerror=x>'}
    return pages.render(request, "frame/problem_part.html", {"problem": problem})


@get("/forgets", sync_to_thread=True)
def forgets(request: Request[object, object, State], pages: NamedDependency[Pages]) -> str:
    return pages.render(request, "frame/problem_part.html")


@pytest.fixture(scope="module")
def odd(idle_services: DeskServices) -> Iterator[Client]:
    """A desk with screens that no desk has."""
    app = make_app(idle_services)
    for each in (breaks, shows, forgets):
        app.register(each)
    with TestClient(app, raise_server_exceptions=False) as asked:
        yield asked


def test_an_unforeseen_error_tells_neither_trace_nor_path(odd: Client) -> None:
    answer = odd.get("/breaks")

    assert answer.status_code == 500
    assert "UNFORESEEN" in answer.text
    assert not re.search(r"secret|Traceback|/srv|RuntimeError", answer.text)


def test_what_data_holds_is_escaped_and_a_forgotten_value_is_an_error(odd: Client) -> None:
    shown = odd.get("/shows").text
    assert odd.get("/forgets").status_code == 500

    assert "<script>" not in shown
    assert "<img" not in shown
    assert "{{ 7*7 }}" in shown
