"""Accounts: names, passwords, roles, changes, tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dossiers.account_desk import AccountChange, AccountDesk, NewAccount
from dossiers.accounts import AccountEventKind, account_name
from dossiers.errors import InputError, RecordError
from dossiers.passwords import check_password
from dossiers.permissions import GRANTABLE, RIGHTS, Permission, Role
from dossiers.sign_in import SignIn
from dossiers.steward import Steward
from dossiers.testing import FixedClock, MemoryRecordStore, ScryptHasher

computer = Steward.of_computer
EVERYWHERE = Steward.of_computer("test")
GOOD = "con mèo ngủ trên mái nhà"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def records() -> MemoryRecordStore:
    return MemoryRecordStore()


@pytest.fixture
def desk(records: MemoryRecordStore, clock: FixedClock) -> AccountDesk:
    return AccountDesk(records=records, passwords=ScryptHasher(), clock=clock)


@pytest.fixture
def sign_in(records: MemoryRecordStore, clock: FixedClock) -> SignIn:
    return SignIn(records=records, passwords=ScryptHasher(), clock=clock)


def new(name: str = "hoa", role: Role = Role.CLERK, **changes: object) -> NewAccount:
    values: dict[str, object] = {
        "name": name,
        "shown_name": "Nguyễn Thị  Hoà ",
        "role": role,
        "branch": "h29.119",
    }
    return NewAccount(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Hoa", " hoa ", "HOA", "ｈｏａ"])
def test_a_name_is_the_same_however_it_is_typed(text: str) -> None:
    assert account_name(text) == "hoa"


@pytest.mark.parametrize("text", ["", "a", "hoà", "a b", "-ab", "ab.", "x" * 41, "a\nb", "<script>"])
def test_other_names_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="BAD_ACCOUNT_NAME"):
        account_name(text)


@pytest.mark.parametrize(
    "password", [GOOD, "x1y2z3a4b5c6", "mật khẩu của tôi rất dài", "ab" + "c d" * 21 + "e"]
)
def test_twelve_characters_of_any_kind_are_enough(password: str) -> None:
    assert check_password("hoa", password)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("x1y2z3a4b5c", "PASSWORD_TOO_SHORT"),
        ("x" * 257, "PASSWORD_TOO_LONG"),
        ("Password1234", "PASSWORD_TOO_COMMON"),
        ("Mật khẩu 123456", "PASSWORD_TOO_COMMON"),
        ("aaaaaaaaaaaaaa", "PASSWORD_TOO_COMMON"),
        ("abcabcabcabca", "PASSWORD_TOO_COMMON"),
        ("nguyenhoa.q3", "PASSWORD_TOO_COMMON"),
        ("NguyenHoa.q3-2026", "PASSWORD_TOO_COMMON"),
    ],
)
def test_short_common_repeated_and_own_names_are_refused(password: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        check_password("nguyenhoa.q3", password)


def test_every_role_reads_the_catalogue_and_only_the_administrator_manages_accounts() -> None:
    assert all(Permission.CATALOGUE_READ in rights for rights in RIGHTS.values())
    assert [role for role, rights in RIGHTS.items() if Permission.ACCOUNT_WRITE in rights] == [
        Role.ADMINISTRATOR
    ]
    assert Permission.DOSSIER_READ not in RIGHTS[Role.ADMINISTRATOR]
    assert set(RIGHTS) == set(Role)
    assert Permission.ACCOUNT_WRITE not in GRANTABLE


def test_an_account_is_made_once(desk: AccountDesk) -> None:
    made = desk.create(new(), GOOD, by=computer("setup"))
    assert (made.name, made.shown_name, made.branch) == ("hoa", "Nguyễn Thị Hoà", "H29.119")
    assert desk.get("HOA", EVERYWHERE) == made
    with pytest.raises(RecordError, match="ACCOUNT_EXISTS"):
        desk.create(new(), GOOD, by=computer("setup"))
    assert [event.kind for event in desk.events("hoa", EVERYWHERE)] == [AccountEventKind.CREATED]
    assert [event.by for event in desk.events("hoa", EVERYWHERE)] == ["setup"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"branch": "nowhere"}, "BAD_AGENCY_CODE"),
        ({"shown_name": " "}, "BAD_VALUE"),
        ({"shown_name": "a\u202eb"}, "BAD_VALUE"),
        ({"grants": frozenset({Permission.ACCOUNT_WRITE})}, "BAD_VALUE"),
    ],
)
def test_a_wrong_account_is_not_made(desk: AccountDesk, changes: dict[str, object], code: str) -> None:
    with pytest.raises(InputError, match=code):
        desk.create(new(**changes), GOOD, by=computer("setup"))  # type: ignore[arg-type]
    assert desk.all(EVERYWHERE) == ()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (AccountChange(role=Role.MANAGER), AccountEventKind.CHANGED),
        (AccountChange(branch="H29"), AccountEventKind.CHANGED),
        (AccountChange(grants=frozenset({Permission.ALL_BRANCHES})), AccountEventKind.CHANGED),
        (AccountChange(is_disabled=True), AccountEventKind.DISABLED),
    ],
)
def test_a_change_ends_the_sessions_and_is_noted(
    desk: AccountDesk, sign_in: SignIn, change: AccountChange, kind: AccountEventKind
) -> None:
    desk.create(new(), GOOD, by=computer("setup"))
    secret = sign_in.sign_in("hoa", GOOD).secret
    desk.change("hoa", change, by=computer("an"))
    with pytest.raises(Exception, match="NOT_SIGNED_IN"):
        sign_in.by_session(secret)
    assert desk.events("hoa", EVERYWHERE)[-1].kind is kind
    assert desk.events("hoa", EVERYWHERE)[-1].by == "an"


def test_changing_nothing_leaves_the_sessions_alone(desk: AccountDesk, sign_in: SignIn) -> None:
    desk.create(new(), GOOD, by=computer("setup"))
    secret = sign_in.sign_in("hoa", GOOD).secret
    desk.change("hoa", AccountChange(role=Role.CLERK), by=computer("an"))
    assert sign_in.by_session(secret).account.name == "hoa"


@pytest.mark.parametrize("change", [AccountChange(role=Role.CLERK), AccountChange(is_disabled=True)])
def test_the_last_administrator_stays(desk: AccountDesk, change: AccountChange) -> None:
    desk.create(new("an", Role.ADMINISTRATOR), GOOD, by=computer("setup"))
    with pytest.raises(RecordError, match="LAST_ADMINISTRATOR"):
        desk.change("an", change, by=computer("an"))
    desk.create(new("binh", Role.ADMINISTRATOR), GOOD, by=computer("setup"))
    assert desk.change("an", change, by=computer("binh")).version == 1


def test_another_password_ends_the_sessions_and_the_old_one_opens_nothing(
    desk: AccountDesk, sign_in: SignIn
) -> None:
    desk.create(new(), GOOD, by=computer("setup"))
    secret = sign_in.sign_in("hoa", GOOD).secret
    desk.set_password("hoa", "một câu khác hẳn 9", by=computer("hoa"))
    for attempt in (lambda: sign_in.by_session(secret), lambda: sign_in.sign_in("hoa", GOOD)):
        with pytest.raises(Exception, match=r"NOT_SIGNED_IN|WRONG_SIGN_IN"):
            attempt()
    assert sign_in.sign_in("hoa", "một câu khác hẳn 9").identity.account.name == "hoa"


def test_a_token_acts_within_its_scopes_and_its_account(
    desk: AccountDesk, sign_in: SignIn, clock: FixedClock
) -> None:
    desk.create(new(), GOOD, by=computer("setup"))
    scopes = {Permission.SEARCH, Permission.ACCOUNT_WRITE}
    token, secret = desk.make_token("hoa", "cổng", scopes, by=computer("an"), lasts=timedelta(hours=1))
    identity = sign_in.by_token(secret)
    assert identity.permissions == {Permission.SEARCH}
    assert identity.is_program
    assert desk.tokens("hoa", EVERYWHERE) == (token,)
    desk.change("hoa", AccountChange(is_disabled=True), by=computer("an"))
    with pytest.raises(Exception, match="NOT_SIGNED_IN"):
        sign_in.by_token(secret)
    desk.change("hoa", AccountChange(is_disabled=False), by=computer("an"))
    assert sign_in.by_token(secret).account.name == "hoa"
    clock.advance(3600)
    with pytest.raises(Exception, match="NOT_SIGNED_IN"):
        sign_in.by_token(secret)


def test_a_revoked_token_opens_nothing(desk: AccountDesk, sign_in: SignIn) -> None:
    desk.create(new(), GOOD, by=computer("setup"))
    desk.create(new("an"), GOOD, by=computer("setup"))
    token, secret = desk.make_token("hoa", "cổng", {Permission.SEARCH}, by=computer("an"))
    with pytest.raises(RecordError, match="NOT_FOUND"):
        desk.revoke_token("an", token.token_id, by=computer("an"))
    desk.revoke_token("hoa", token.token_id, by=computer("an"))
    with pytest.raises(Exception, match="NOT_SIGNED_IN"):
        sign_in.by_token(secret)
    assert [each.kind for each in desk.events("hoa", EVERYWHERE)][1:] == [
        AccountEventKind.TOKEN_MADE,
        AccountEventKind.TOKEN_REVOKED,
    ]


@pytest.mark.parametrize(
    ("scopes", "lasts"), [(set(), 1), ({Permission.SEARCH}, 367), ({Permission.SEARCH}, 0)]
)
def test_a_token_without_scope_or_for_ever_is_refused(
    desk: AccountDesk, scopes: set[Permission], lasts: int
) -> None:
    desk.create(new(), GOOD, by=computer("setup"))
    with pytest.raises(InputError, match="BAD_VALUE"):
        desk.make_token("hoa", "cổng", scopes, by=computer("an"), lasts=timedelta(days=lasts))
