"""The screens of accounts: what is done there counts at once, and only for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dossiers.accounts import AccountEventKind
from dossiers.permissions import GRANTABLE, Permission, Role
from dossiers.steward import Steward
from reception.frame.words import load_words

if TYPE_CHECKING:
    from conftest import GuardedDesk

EVERYWHERE = Steward.of_computer("test")
NEW = {
    "name": "binh",
    "shown_name": "<script>alert(1)</script>",
    "role": "clerk",
    "branch": "H29.119",
    "password": "một câu dài dễ nhớ",
    "grant_all_branches": "on",
}


@pytest.fixture
def admin(guarded: GuardedDesk) -> GuardedDesk:
    guarded.add("an", Role.ADMINISTRATOR, Permission.ALL_BRANCHES)
    guarded.visitor.sign_in("an")
    return guarded


def test_an_account_is_made_shown_changed_and_shut_out(admin: GuardedDesk) -> None:
    made = admin.visitor.post("/admin/accounts", NEW)
    assert (made.status_code, made.headers["location"]) == (303, "/admin/accounts/binh")
    account = admin.services.accounts.get("binh", EVERYWHERE)
    assert (account.role, account.grants) == (Role.CLERK, {Permission.ALL_BRANCHES})
    for path in ("/admin/accounts", "/admin/accounts/binh"):
        page = admin.visitor.client.get(path).text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
    clerk = admin.another_visitor()
    assert clerk.sign_in("binh", NEW["password"]).status_code == 303
    change = {"shown_name": "Bình", "role": "retriever", "branch": "H29", "disabled": "on"}
    assert admin.visitor.post("/admin/accounts/binh", change).status_code == 303
    account = admin.services.accounts.get("binh", EVERYWHERE)
    assert (account.role, account.branch, account.grants, account.is_disabled) == (
        Role.RETRIEVER,
        "H29",
        frozenset(),
        True,
    )
    assert clerk.client.get("/intake", follow_redirects=False).status_code == 303


def test_a_wrong_form_comes_back_with_what_was_typed_but_the_password(admin: GuardedDesk) -> None:
    refused = admin.visitor.post("/admin/accounts", NEW | {"password": "ngắn"})
    assert refused.status_code == 400
    assert "ít nhất 12 ký tự" in refused.text
    assert 'value="binh"' in refused.text
    assert "ngắn" not in refused.text


def test_another_password_is_set(admin: GuardedDesk) -> None:
    admin.add("hoa", Role.CLERK)
    assert (
        admin.visitor.post("/admin/accounts/hoa/password", {"password": "câu hoàn toàn mới"}).status_code
        == 303
    )
    assert admin.another_visitor().sign_in("hoa", "câu hoàn toàn mới").status_code == 303


def test_the_password_is_asked_for_again_after_a_while(admin: GuardedDesk) -> None:
    admin.clock.advance(6 * 60)
    led = admin.visitor.post("/admin/accounts", NEW)
    assert led.headers["location"] == "/confirm-again?back=/admin/accounts"
    assert len(admin.services.accounts.all(EVERYWHERE)) == 1


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_nobody_else_comes_in(guarded: GuardedDesk, role: Role) -> None:
    guarded.add("hoa", role)
    guarded.visitor.sign_in("hoa")
    assert guarded.visitor.client.get("/admin/accounts").status_code == 403
    assert guarded.visitor.post("/admin/accounts", NEW).status_code == 403


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_role_right_and_event_has_its_words(language: str) -> None:
    texts = load_words(language).texts
    wanted = {f"admin_role_{each.value}" for each in Role}
    wanted |= {f"admin_grant_{each.value.replace('.', '_')}" for each in GRANTABLE}
    wanted |= {f"admin_event_{each.value}" for each in AccountEventKind}
    assert wanted <= texts.keys()


def test_the_last_administrator_is_not_shut_out(admin: GuardedDesk) -> None:
    for change in ({"role": "clerk"}, {"role": "administrator", "disabled": "on"}):
        form = {"shown_name": "An", "branch": "H29.119", **change}
        refused = admin.visitor.post("/admin/accounts/an", form)
        assert refused.status_code == 409
        assert "quản trị viên cuối cùng" in refused.text
    assert admin.services.accounts.get("an", EVERYWHERE).role is Role.ADMINISTRATOR


@pytest.fixture
def ward(guarded: GuardedDesk) -> GuardedDesk:
    """A desk with the administrator of one ward signed in, below a province's."""
    guarded.add("an", Role.ADMINISTRATOR)
    guarded.add("chief", Role.ADMINISTRATOR, Permission.ALL_BRANCHES, branch="H29")
    guarded.add("hoa", Role.CLERK)
    guarded.add("lan", Role.CLERK, branch="H29.119.3")
    guarded.add("other", Role.CLERK, branch="H29.120")
    guarded.add("roamer", Role.RETRIEVER, Permission.ALL_BRANCHES)
    guarded.visitor.sign_in("an")
    return guarded


def test_an_administrator_sees_the_own_branch_and_those_below(ward: GuardedDesk) -> None:
    listed = ward.visitor.client.get("/admin/accounts").text
    shown = {
        name for name in ("an", "chief", "hoa", "lan", "other", "roamer") if f"/accounts/{name}" in listed
    }
    assert shown == {"an", "hoa", "lan"}
    for name in ("chief", "other", "roamer", "nobody"):
        assert ward.visitor.client.get(f"/admin/accounts/{name}").status_code == 409


@pytest.mark.parametrize("name", ["other", "chief", "roamer"])
def test_a_forged_request_for_an_account_of_another_branch_changes_nothing(
    ward: GuardedDesk, name: str
) -> None:
    before = ward.services.accounts.get(name, EVERYWHERE)
    form = {"shown_name": "X", "role": "administrator", "branch": "H29.119"}
    assert ward.visitor.post(f"/admin/accounts/{name}", form).status_code == 409
    taken = ward.visitor.post(f"/admin/accounts/{name}/password", {"password": "câu của người lạ 1"})
    assert taken.status_code == 409
    headers = {"X-CSRF-Token": ward.visitor.token()}
    patched = ward.visitor.client.patch(
        f"/api/v1/accounts/{name}", json={"role": "administrator"}, headers=headers
    )
    assert (patched.status_code, patched.json()["code"]) == (409, "NO_ACCOUNT")
    assert ward.services.accounts.get(name, EVERYWHERE) == before
    assert ward.another_visitor().sign_in(name).status_code == 303


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"branch": "H29.120"}, "ngoài phạm vi"),
        ({"branch": "H29"}, "ngoài phạm vi"),
        ({"branch": "H29.119", "grant_all_branches": "on"}, "không có quyền"),
    ],
)
def test_nobody_hands_out_a_reach_wider_than_their_own(
    ward: GuardedDesk, form: dict[str, str], code: str
) -> None:
    plain = {key: value for key, value in NEW.items() if key != "grant_all_branches"}
    refused = ward.visitor.post("/admin/accounts", plain | form)
    assert refused.status_code == 403
    assert code in refused.text
    for name in ("hoa", "an"):  # an account of one's own, and oneself
        role = "administrator" if name == "an" else "clerk"
        change = {"shown_name": "X", "role": role, **form}
        assert ward.visitor.post(f"/admin/accounts/{name}", change).status_code == 403
        assert ward.services.accounts.get(name, EVERYWHERE).branch == "H29.119"
    assert ward.visitor.post("/admin/accounts", plain | {"branch": "H29.119.7"}).status_code == 303


def test_the_administrator_of_the_province_reaches_all(ward: GuardedDesk) -> None:
    chief = ward.another_visitor()
    chief.sign_in("chief")
    assert all(f"/accounts/{name}" in chief.client.get("/admin/accounts").text for name in ("an", "other"))
    moved = {"shown_name": "X", "role": "clerk", "branch": "H29.121"}
    assert chief.post("/admin/accounts/other", moved).status_code == 303
    assert ward.services.accounts.get("other", EVERYWHERE).branch == "H29.121"
