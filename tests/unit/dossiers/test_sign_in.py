"""Signing in: sessions end, failures wait, nothing tells who has an account."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

import pytest

from dossiers.account_desk import AccountChange, AccountDesk, NewAccount
from dossiers.accounts import AccountEventKind
from dossiers.errors import AccessDenied
from dossiers.permissions import Role
from dossiers.sessions import FailedTries, secret_hash
from dossiers.sign_in import SignIn
from dossiers.steward import Steward
from dossiers.testing import FixedClock, MemoryRecordStore, ScryptHasher

computer = Steward.of_computer
EVERYWHERE = Steward.of_computer("test")
GOOD = "con mèo ngủ trên mái nhà"
MINUTE = 60


class CountingHasher(ScryptHasher):
    """Counts how often a password is compared."""

    verified = 0

    def verify(self, password_hash: str, password: str) -> bool:
        self.verified += 1
        return super().verify(password_hash, password)


@dataclass
class Door:
    clock: FixedClock
    records: MemoryRecordStore
    hasher: CountingHasher
    desk: AccountDesk
    sign_in: SignIn

    def refusal(self, name: str = "hoa", password: str = "wrong", address: str = "") -> AccessDenied:
        with pytest.raises(AccessDenied) as refusal:
            self.sign_in.sign_in(name, password, address)
        return refusal.value


@pytest.fixture
def door() -> Door:
    clock, records, hasher = FixedClock(), MemoryRecordStore(), CountingHasher()
    desk = AccountDesk(records=records, passwords=hasher, clock=clock)
    new = NewAccount(name="hoa", shown_name="Hoà", role=Role.CLERK, branch="H29.119")
    desk.create(new, GOOD, by=computer("setup"))
    return Door(clock, records, hasher, desk, SignIn(records=records, passwords=hasher, clock=clock))


def over(door: Door, secret: str) -> bool:
    try:
        door.sign_in.by_session(secret)
    except AccessDenied:
        return True
    return False


def test_the_right_password_starts_a_session_with_a_new_secret(door: Door) -> None:
    first, second = door.sign_in.sign_in(" HOA", GOOD), door.sign_in.sign_in("hoa", GOOD)
    assert first.secret != second.secret
    assert len(first.secret) >= 43  # 256 bits
    assert door.sign_in.by_session(first.secret).account.name == "hoa"
    kinds = [each.kind for each in door.desk.events("hoa", EVERYWHERE)]
    assert kinds == [AccountEventKind.CREATED, AccountEventKind.SIGNED_IN, AccountEventKind.SIGNED_IN]


def test_only_a_hash_of_the_secret_is_kept(door: Door) -> None:
    secret = door.sign_in.sign_in("hoa", GOOD).secret
    with door.records.transaction() as work:
        assert work.sign_ins.session(secret) is None
        assert work.sign_ins.session(secret_hash(secret)) is not None


def test_the_same_password_typed_in_another_unicode_form_is_right(door: Door) -> None:
    decomposed = unicodedata.normalize("NFD", GOOD)
    assert decomposed != GOOD
    assert door.sign_in.sign_in("hoa", decomposed).identity.account.name == "hoa"


@pytest.mark.parametrize("name", ["hoa", "nobody", "not a name", ""])
def test_a_wrong_try_says_the_same_and_compares_one_password_whoever_is_meant(door: Door, name: str) -> None:
    refusal = door.refusal(name)
    assert (refusal.code, refusal.hint) == ("WRONG_SIGN_IN", "")
    assert door.hasher.verified == 1


def test_a_disabled_account_is_refused_like_a_wrong_password(door: Door) -> None:
    door.desk.change("hoa", AccountChange(is_disabled=True), by=computer("an"))
    assert door.refusal(password=GOOD).code == "WRONG_SIGN_IN"
    assert door.hasher.verified == 1


def test_a_session_ends_fifteen_minutes_after_its_last_use(door: Door) -> None:
    secret = door.sign_in.sign_in("hoa", GOOD).secret
    for _ in range(3):
        door.clock.advance(14 * MINUTE)
        assert not over(door, secret)
    door.clock.advance(15 * MINUTE)
    assert over(door, secret)
    door.clock.advance(-15 * MINUTE)
    assert over(door, secret)  # gone for ever


def test_a_session_ends_after_ten_hours_of_use(door: Door) -> None:
    secret = door.sign_in.sign_in("hoa", GOOD).secret
    for _ in range(59):
        door.clock.advance(10 * MINUTE)
        assert not over(door, secret)
    door.clock.advance(10 * MINUTE)
    assert over(door, secret)


def test_signing_out_ends_the_session_at_once_and_only_this_one(door: Door) -> None:
    first, second = (door.sign_in.sign_in("hoa", GOOD).secret for _ in range(2))
    door.sign_in.sign_out(first)
    door.sign_in.sign_out(first)
    assert over(door, first)
    assert not over(door, second)


@pytest.mark.parametrize("name", ["hoa", "nobody"])
def test_ten_failures_delay_the_next_try_longer_each_time_and_never_for_ever(door: Door, name: str) -> None:
    for _ in range(10):
        assert door.refusal(name).code == "WRONG_SIGN_IN"
    waits = []
    for _ in range(12):
        refusal = door.refusal(name)
        assert refusal.code == "TOO_MANY_TRIES"
        waits.append(int(refusal.hint))
        door.clock.advance(waits[-1])
        assert door.refusal(name).code == "WRONG_SIGN_IN"
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]


def test_the_right_password_is_refused_while_one_must_wait_and_taken_after(door: Door) -> None:
    for _ in range(10):
        door.refusal()
    compared = door.hasher.verified
    assert door.refusal(password=GOOD).code == "TOO_MANY_TRIES"
    assert door.hasher.verified == compared
    door.clock.advance(5)
    assert door.sign_in.sign_in("hoa", GOOD)
    assert door.refusal().code == "WRONG_SIGN_IN"  # the failures before are forgotten


def test_spellings_of_a_name_are_counted_together(door: Door) -> None:
    for name in ["hoa", "Hoa", " hoa", "ＨＯＡ", "HOA"] * 2:
        door.refusal(name)
    assert door.refusal("hoa").code == "TOO_MANY_TRIES"


def test_failures_from_one_address_wait_whatever_the_names(door: Door) -> None:
    for number in range(60):
        assert door.refusal(f"name{number}", address="192.0.2.1").code == "WRONG_SIGN_IN"
    assert door.refusal("hoa", GOOD, "192.0.2.1").code == "TOO_MANY_TRIES"
    assert door.sign_in.sign_in("hoa", GOOD, "192.0.2.2")


def test_a_good_sign_in_does_not_wipe_the_failures_of_its_address(door: Door) -> None:
    for number in range(59):
        door.refusal(f"name{number}", address="192.0.2.1")
    assert door.sign_in.sign_in("hoa", GOOD, "192.0.2.1")
    door.refusal("other", address="192.0.2.1")
    assert door.refusal("another", address="192.0.2.1").code == "TOO_MANY_TRIES"


def test_failures_are_forgotten_after_a_day(door: Door) -> None:
    for _ in range(30):
        door.refusal()
        door.clock.advance(900)
    door.clock.advance(24 * 3600)
    assert door.refusal().code == "WRONG_SIGN_IN"
    assert door.refusal().code == "WRONG_SIGN_IN"


def test_dangerous_acts_want_the_password_given_lately(door: Door) -> None:
    secret = door.sign_in.sign_in("hoa", GOOD).secret
    door.sign_in.require_recent(door.sign_in.by_session(secret))
    door.clock.advance(6 * MINUTE)
    with pytest.raises(AccessDenied, match="CONFIRM_AGAIN"):
        door.sign_in.require_recent(door.sign_in.by_session(secret))
    with pytest.raises(AccessDenied, match="WRONG_SIGN_IN"):
        door.sign_in.confirm_again(secret, "wrong")
    door.sign_in.require_recent(door.sign_in.confirm_again(secret, GOOD))
    door.sign_in.require_recent(door.sign_in.by_session(secret))


def test_a_hash_of_weaker_parameters_is_made_anew_at_the_next_sign_in(door: Door) -> None:
    stronger = SignIn(records=door.records, passwords=ScryptHasher(cost=32), clock=door.clock)
    stronger.sign_in("hoa", GOOD)
    with door.records.transaction() as work:
        account = work.accounts.by_name("hoa")
        assert account is not None
        assert work.accounts.password_hash(account.account_id).startswith("scrypt$32$")
    assert stronger.sign_in("hoa", GOOD)


def test_a_clock_set_far_back_lengthens_no_wait(door: Door) -> None:
    later = datetime.fromisoformat("2030-01-01T00:00:00+00:00")
    tries = FailedTries(key="k", count=11, last_at=later)
    assert tries.wait(door.clock()).total_seconds() <= 15 * MINUTE
