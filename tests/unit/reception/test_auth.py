"""The door of the desk: sessions, forged requests, rights, branches, rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from dossiers.account_desk import AccountChange
from dossiers.permissions import Permission, Role
from dossiers.steward import Steward

if TYPE_CHECKING:
    from conftest import GuardedDesk, Visitor

#: What anybody may ask for.
#: The description of the interface is public; the framework answers 404 beside it.
DESCRIPTION = {"/openapi.json", "/{path:str}", "/"}
PUBLIC = DESCRIPTION | {"/sign-in", "/language/{language:str}", "/static/{digest:str}/{name:path}"}
#: What everybody who is signed in may ask for.
SIGNED_IN = {"/", "/sign-out", "/confirm-again"}


computer = Steward.of_computer


def handlers(app: Litestar) -> list[tuple[str, str, HTTPRouteHandler]]:
    found = []
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            methods = sorted(handler.http_methods - {"OPTIONS", "HEAD"})
            found += [(route.path_format, method, handler) for method in methods]
    assert len(found) > 5
    return found


def filled(path: str) -> str:
    return path.replace("{", "x").replace("}", "").replace(":path", "")


@pytest.fixture
def clerk(guarded: GuardedDesk) -> Visitor:
    guarded.add("hoa", Role.CLERK)
    assert guarded.visitor.sign_in("hoa").status_code == 303
    return guarded.visitor


def test_nobody_passes_any_route_that_is_not_meant_for_everybody(guarded: GuardedDesk) -> None:
    client = guarded.visitor.client
    for path, method, handler in handlers(client.app):
        guarded.clock.advance(1)
        answer = client.request(method, filled(path), follow_redirects=False)
        if handler.opt.get("public"):
            assert _declared(handler) in PUBLIC, path
            continue
        if method == "GET":
            expected = 401 if path.startswith("/api/") else 303
            assert answer.status_code == expected, (method, path)
            assert path.startswith("/api/") or answer.headers["location"].startswith("/sign-in")
        else:
            assert answer.status_code in (401, 403), (method, path)
        assert not answer.content or path.startswith("/api/") or answer.status_code == 403


def test_every_route_says_what_it_needs(guarded: GuardedDesk) -> None:
    for path, _, handler in handlers(guarded.visitor.client.app):
        if handler.opt.get("public"):
            continue
        needed = handler.opt["permission"]
        assert needed in set(Permission) or (needed == "" and _declared(handler) in SIGNED_IN), path


def _declared(handler: HTTPRouteHandler) -> str:
    return next(iter(handler.paths))


def test_whoever_is_not_signed_in_is_led_to_the_form_and_back(guarded: GuardedDesk) -> None:
    guarded.add("hoa", Role.CLERK)
    client = guarded.visitor.client
    led = client.get("/intake", follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in?back=/intake")
    part = client.get("/intake", headers={"HX-Request": "true"}, follow_redirects=False)
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/sign-in")
    back = guarded.visitor.sign_in("hoa", back="/intake")
    assert (back.status_code, back.headers["location"]) == (303, "/intake")
    assert "Người hoa" in client.get("/intake").text
    assert guarded.another_visitor().sign_in("hoa", back="//evil.example/").headers["location"] == "/"


def test_a_wrong_password_says_the_same_as_an_unknown_name_and_nothing_is_escaped_wrongly(
    guarded: GuardedDesk,
) -> None:
    guarded.add("hoa", Role.CLERK)
    known, unknown = (guarded.visitor.sign_in(name, "wrong") for name in ("hoa", "nobody"))
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace('value="hoa"', 'value="nobody"') == unknown.text
    assert "Tên tài khoản hoặc mật khẩu không đúng." in known.text
    hostile = guarded.visitor.sign_in('"><script>alert(1)</script>', "wrong")
    assert "<script>alert" not in hostile.text


def test_ten_failures_answer_429_with_the_time_to_wait(guarded: GuardedDesk) -> None:
    for _ in range(10):
        assert guarded.visitor.sign_in("hoa", "wrong").status_code == 401
    refused = guarded.visitor.sign_in("hoa", "wrong")
    assert refused.status_code == 429
    assert "5 giây" in refused.text


def test_the_session_cookie_is_out_of_reach_of_scripts_and_secure_over_https(guarded: GuardedDesk) -> None:
    guarded.add("hoa", Role.CLERK)
    (cookie,) = guarded.visitor.sign_in("hoa").headers.get_list("set-cookie")
    assert cookie.startswith("sohoa_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    secure = guarded.another_visitor()
    secure.client.base_url = "https://desk.example"
    (cookie,) = secure.sign_in("hoa").headers.get_list("set-cookie")
    assert cookie.startswith("__Host-sohoa_session=")
    assert "Secure" in cookie


def test_signing_in_gives_a_new_secret_and_the_former_session_is_over(
    guarded: GuardedDesk, clerk: Visitor
) -> None:
    former = clerk.client.cookies["sohoa_session"]
    guarded.clock.advance(3600)  # over: the form is shown again
    clerk.sign_in("hoa")
    assert clerk.client.cookies["sohoa_session"] != former
    stranger = guarded.another_visitor()
    stranger.client.cookies.set("sohoa_session", "planted")
    stranger.sign_in("hoa")
    assert "planted" not in stranger.client.cookies.jar


def test_signing_out_ends_the_session_in_the_records(guarded: GuardedDesk, clerk: Visitor) -> None:
    kept = clerk.client.cookies["sohoa_session"]
    assert clerk.post("/sign-out").headers["location"] == "/sign-in"
    thief = guarded.another_visitor()
    thief.client.cookies.set("sohoa_session", kept)
    assert thief.client.get("/intake", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "change",
    [AccountChange(is_disabled=True), AccountChange(role=Role.MANAGER), AccountChange(branch="H26")],
    ids=["disabled", "role", "branch"],
)
def test_a_change_of_the_account_shuts_its_sessions_at_the_next_request(
    guarded: GuardedDesk, clerk: Visitor, change: AccountChange
) -> None:
    assert clerk.client.get("/intake").status_code == 200
    guarded.services.accounts.change("hoa", change, by=computer("test"))
    assert clerk.client.get("/intake", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-CSRF-Token": "0" * 64},
        {"Origin": "https://evil.example", "good": "yes"},
        {"Sec-Fetch-Site": "cross-site", "good": "yes"},
        {"Sec-Fetch-Site": "same-site", "good": "yes"},
    ],
    ids=["no token", "wrong token", "foreign origin", "other site", "neighbour"],
)
def test_a_forged_request_changes_nothing(clerk: Visitor, headers: dict[str, str]) -> None:
    if headers.pop("good", ""):
        headers = {**headers, "X-CSRF-Token": clerk.token()}
    refused = clerk.client.post("/sign-out", headers=headers)
    assert refused.status_code == 403
    assert "FORGED_REQUEST" in refused.text
    assert clerk.client.get("/intake", follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://testserver.local"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin"}],
)
def test_our_own_page_passes(clerk: Visitor, headers: dict[str, str]) -> None:
    token = {"X-CSRF-Token": clerk.token()}
    answer = clerk.client.post("/sign-out", headers={**token, **headers}, follow_redirects=False)
    assert answer.status_code == 303


def test_the_token_of_another_session_is_worth_nothing(guarded: GuardedDesk, clerk: Visitor) -> None:
    other = guarded.another_visitor()
    other.sign_in("hoa")
    assert other.token() != clerk.token()
    refused = clerk.client.post("/sign-out", data={"_csrf_token": other.token()})
    assert refused.status_code == 403


def test_the_sign_in_form_of_another_browser_is_refused(guarded: GuardedDesk) -> None:
    guarded.add("hoa", Role.CLERK)
    token = guarded.visitor.token("/sign-in")
    form = {"_csrf_token": token, "name": "hoa", "password": "con mèo ngủ trên mái nhà"}
    assert guarded.another_visitor().client.post("/sign-in", data=form).status_code == 403


def test_no_get_changes_state(guarded: GuardedDesk) -> None:
    """Every handler of GET carries a name that only looks; what changes something is POST, PUT or DELETE."""
    changing = ("add", "set", "save", "delete", "remove", "open_", "create", "revoke", "confirm_", "sign_out")
    for path, method, handler in handlers(guarded.visitor.client.app):
        name = handler.handler_name
        assert method != "GET" or not name.startswith(changing), path


def test_what_the_role_does_not_hold_is_refused(guarded: GuardedDesk) -> None:
    guarded.add("tra", Role.RETRIEVER)
    guarded.visitor.sign_in("tra")
    refused = guarded.visitor.client.get("/intake")
    assert refused.status_code == 403
    assert "NOT_ALLOWED" in refused.text
    assert "/intake" not in guarded.visitor.client.get("/confirm-again").text.partition("<main")[0]


def test_the_password_is_asked_for_again(guarded: GuardedDesk, clerk: Visitor) -> None:
    assert clerk.post("/confirm-again", {"password": "wrong", "back": "/intake"}).status_code == 401
    good = clerk.post("/confirm-again", {"password": "con mèo ngủ trên mái nhà", "back": "/intake"})
    assert (good.status_code, good.headers["location"]) == (303, "/intake")


def test_too_many_requests_wait(guarded: GuardedDesk) -> None:
    client = guarded.visitor.client
    statuses = [client.get("/sign-in").status_code for _ in range(121)]
    assert statuses == [200] * 120 + [429]
    assert client.get("/sign-in").headers["retry-after"] == "1"
    guarded.clock.advance(1)
    assert client.get("/sign-in").status_code == 200


def test_a_program_needs_no_request_token_but_a_right_one_of_its_own(guarded: GuardedDesk) -> None:
    guarded.add("hoa", Role.CLERK)
    client = guarded.visitor.client
    good = guarded.token("hoa", Permission.DOSSIER_WRITE)
    assert client.get("/intake", headers=good).status_code == 200
    poor = guarded.token("hoa", Permission.SEARCH)
    assert client.get("/intake", headers=poor).status_code == 403
    wrong = {"Authorization": "Bearer nonsense"}
    assert client.get("/intake", headers=wrong, follow_redirects=False).status_code == 303
