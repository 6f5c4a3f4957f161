"""The screens of accounts: what is done there counts at once, and only for administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dossiers.accounts import AccountEventKind
from dossiers.permissions import GRANTABLE, Permission, Role
from reception.frame.words import load_words

if TYPE_CHECKING:
    from conftest import GuardedDesk

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
    guarded.add("an", Role.ADMINISTRATOR)
    guarded.visitor.sign_in("an")
    return guarded


def test_an_account_is_made_shown_changed_and_shut_out(admin: GuardedDesk) -> None:
    made = admin.visitor.post("/admin/accounts", NEW)
    assert (made.status_code, made.headers["location"]) == (303, "/admin/accounts/binh")
    account = admin.services.accounts.get("binh")
    assert (account.role, account.grants) == (Role.CLERK, {Permission.ALL_BRANCHES})
    for path in ("/admin/accounts", "/admin/accounts/binh"):
        page = admin.visitor.client.get(path).text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
    clerk = admin.another_visitor()
    assert clerk.sign_in("binh", NEW["password"]).status_code == 303
    change = {"shown_name": "Bình", "role": "retriever", "branch": "H29", "disabled": "on"}
    assert admin.visitor.post("/admin/accounts/binh", change).status_code == 303
    account = admin.services.accounts.get("binh")
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
    assert len(admin.services.accounts.all()) == 1


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
    assert admin.services.accounts.get("an").role is Role.ADMINISTRATOR
