"""What every record store promises about accounts and sign-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from dossiers.accounts import Account, AccountEvent, AccountEventKind
from dossiers.errors import RecordError, StaleVersion
from dossiers.idempotency import KeptAnswer
from dossiers.permissions import Permission, Role
from dossiers.ports import RecordStore
from dossiers.sessions import ApiToken, FailedTries, Session

if TYPE_CHECKING:
    from conftest import Samples


def account(samples: Samples, name: str = "hoa", **changes: object) -> Account:
    values: dict[str, object] = {
        "account_id": f"a-{name}",
        "name": name,
        "shown_name": "Nguyễn Thị Hoà",
        "role": Role.CLERK,
        "branch": "H29.119",
        "created_at": samples.now,
        "grants": frozenset({Permission.ALL_BRANCHES, Permission.BATCH}),
    }
    return Account(**{**values, **changes})  # type: ignore[arg-type]


def session(samples: Samples, token_hash: str = "s1", name: str = "hoa", age: float = 0) -> Session:
    at = samples.later(-age)
    return Session(token_hash=token_hash, account_id=f"a-{name}", started_at=at, used_at=at, confirmed_at=at)


def token(samples: Samples, token_id: str = "t1", token_hash: str = "th1") -> ApiToken:
    return ApiToken(
        token_id=token_id,
        token_hash=token_hash,
        account_id="a-hoa",
        label="Cổng dịch vụ công",
        scopes=frozenset({Permission.SEARCH, Permission.DOSSIER_READ}),
        made_at=samples.now,
        expires_at=samples.later(3600),
    )


@pytest.fixture
def staffed(records: RecordStore, samples: Samples) -> RecordStore:
    with records.transaction() as work:
        work.accounts.add(account(samples), "hash-hoa")
        work.accounts.add(account(samples, "an", grants=frozenset(), role=Role.ADMINISTRATOR), "hash-an")
    return records


def test_accounts_come_back_by_id_by_name_and_all_by_name(staffed: RecordStore, samples: Samples) -> None:
    with staffed.transaction() as work:
        assert work.accounts.get("a-hoa") == account(samples)
        assert work.accounts.by_name("hoa") == account(samples)
        assert work.accounts.by_name("nobody") is None
        assert [each.name for each in work.accounts.all()] == ["an", "hoa"]
        with pytest.raises(RecordError, match="NOT_FOUND"):
            work.accounts.get("a-nobody")


@pytest.mark.parametrize("changes", [{"name": "other"}, {"account_id": "other"}], ids=["id", "name"])
def test_neither_id_nor_name_is_given_twice(
    staffed: RecordStore, samples: Samples, changes: dict[str, object]
) -> None:
    with pytest.raises(RecordError, match="DUPLICATE"), staffed.transaction() as work:
        work.accounts.add(replace(account(samples), **changes), "hash")  # type: ignore[arg-type]


def test_a_save_counts_the_version_and_an_older_one_is_refused(
    staffed: RecordStore, samples: Samples
) -> None:
    changed = account(samples, role=Role.MANAGER, branch="H29", grants=frozenset(), is_disabled=True)
    with staffed.transaction() as work:
        work.accounts.save(changed)
        assert work.accounts.get("a-hoa") == replace(changed, version=1)
    with pytest.raises(StaleVersion), staffed.transaction() as work:
        work.accounts.save(changed)


def test_a_password_hash_is_kept_apart_and_replaced(staffed: RecordStore) -> None:
    with staffed.transaction() as work:
        assert work.accounts.password_hash("a-hoa") == "hash-hoa"
        work.accounts.set_password_hash("a-hoa", "other")
        assert work.accounts.password_hash("a-hoa") == "other"
        assert work.accounts.password_hash("a-an") == "hash-an"
        with pytest.raises(RecordError, match="NOT_FOUND"):
            work.accounts.password_hash("a-nobody")
        with pytest.raises(RecordError, match="NOT_FOUND"):
            work.accounts.set_password_hash("a-nobody", "x")


def test_facts_about_an_account_come_back_in_order(staffed: RecordStore, samples: Samples) -> None:
    kinds = [AccountEventKind.SIGNED_IN, AccountEventKind.CHANGED, AccountEventKind.SIGNED_IN]
    facts = [
        AccountEvent(account_id="a-hoa", kind=kind, at=samples.now, by="an", detail="x") for kind in kinds
    ]
    with staffed.transaction() as work:
        for fact in facts:
            work.accounts.append_event(fact)
    with staffed.transaction() as work:
        assert list(work.accounts.events("a-hoa")) == facts
        assert list(work.accounts.events("a-an")) == []
    with pytest.raises(RecordError, match="NOT_FOUND"), staffed.transaction() as work:
        work.accounts.append_event(replace(facts[0], account_id="a-nobody"))


def test_a_session_is_found_used_and_ended(staffed: RecordStore, samples: Samples) -> None:
    used = replace(session(samples), used_at=samples.later(60), confirmed_at=samples.later(30))
    with staffed.transaction() as work:
        work.sign_ins.add_session(session(samples))
        assert work.sign_ins.session("s1") == session(samples)
        work.sign_ins.put_session(used)
        assert work.sign_ins.session("s1") == used
        work.sign_ins.end_session("s1")
        work.sign_ins.end_session("s1")
        work.sign_ins.put_session(used)
        assert work.sign_ins.session("s1") is None
    with pytest.raises(RecordError, match="NOT_FOUND"), staffed.transaction() as work:
        work.sign_ins.add_session(session(samples, name="nobody"))
    with staffed.transaction() as work:
        work.sign_ins.add_session(session(samples))
    with pytest.raises(RecordError, match="DUPLICATE"), staffed.transaction() as work:
        work.sign_ins.add_session(session(samples))


def test_sessions_of_one_account_end_together(staffed: RecordStore, samples: Samples) -> None:
    with staffed.transaction() as work:
        for place, name in enumerate(["hoa", "an", "hoa"]):
            work.sign_ins.add_session(session(samples, f"s{place}", name))
        assert work.sign_ins.end_sessions_of("a-hoa") == 2
        assert work.sign_ins.end_sessions_of("a-hoa") == 0
        assert work.sign_ins.session("s1") is not None


def test_old_sessions_are_swept(staffed: RecordStore, samples: Samples) -> None:
    with staffed.transaction() as work:
        work.sign_ins.add_session(session(samples, "old", age=100))
        idle = replace(session(samples, "idle", age=50), used_at=samples.later(-40))
        work.sign_ins.add_session(idle)
        work.sign_ins.add_session(replace(idle, token_hash="busy", used_at=samples.now))
        assert work.sign_ins.sweep_sessions(samples.later(-90), samples.later(-30)) == 2
        assert work.sign_ins.session("busy") is not None


def test_tokens_are_found_by_hash_and_revoked_once(staffed: RecordStore, samples: Samples) -> None:
    first, second = token(samples), token(samples, "t0", "th2")
    with staffed.transaction() as work:
        work.sign_ins.add_token(first)
        work.sign_ins.add_token(second)
        assert work.sign_ins.token("th1") == first
        assert work.sign_ins.token("other") is None
        assert list(work.sign_ins.tokens_of("a-hoa")) == [first, second]
        assert list(work.sign_ins.tokens_of("a-an")) == []
        work.sign_ins.revoke_token("t1", samples.later(1))
        work.sign_ins.revoke_token("t1", samples.later(2))
        assert work.sign_ins.token("th1") == replace(first, revoked_at=samples.later(1))
        with pytest.raises(RecordError, match="NOT_FOUND"):
            work.sign_ins.revoke_token("t9", samples.now)


@pytest.mark.parametrize(("token_id", "token_hash"), [("t1", "other"), ("other", "th1")])
def test_neither_id_nor_hash_of_a_token_is_given_twice(
    staffed: RecordStore, samples: Samples, token_id: str, token_hash: str
) -> None:
    with staffed.transaction() as work:
        work.sign_ins.add_token(token(samples))
    with pytest.raises(RecordError, match="DUPLICATE"), staffed.transaction() as work:
        work.sign_ins.add_token(token(samples, token_id, token_hash))


def test_failed_tries_are_kept_replaced_forgotten_and_swept(records: RecordStore, samples: Samples) -> None:
    tries = FailedTries(key="k", count=1, last_at=samples.now)
    with records.transaction() as work:
        assert work.sign_ins.tries("k") is None
        work.sign_ins.put_tries(tries)
        work.sign_ins.put_tries(replace(tries, count=2))
        assert work.sign_ins.tries("k") == replace(tries, count=2)
        work.sign_ins.forget_tries("k")
        work.sign_ins.forget_tries("k")
        assert work.sign_ins.tries("k") is None
        work.sign_ins.put_tries(tries)
        work.sign_ins.put_tries(replace(tries, key="old", last_at=samples.now - timedelta(hours=2)))
        assert work.sign_ins.sweep_tries(samples.now) == 1
        assert work.sign_ins.tries("k") == tries


def test_an_answer_is_kept_replaced_forgotten_and_swept(records: RecordStore, samples: Samples) -> None:
    answer = KeptAnswer(key="k", request_hash="h", status=0, body="", at=samples.now)
    with records.transaction() as work:
        assert work.kept_answers.find("k") is None
        work.kept_answers.put(answer)
        work.kept_answers.put(replace(answer, status=201, body="{}"))
        assert work.kept_answers.find("k") == replace(answer, status=201, body="{}")
        work.kept_answers.put(replace(answer, key="old", at=samples.later(-10)))
        assert work.kept_answers.sweep(samples.now) == 1
        work.kept_answers.forget("k")
        work.kept_answers.forget("k")
        assert work.kept_answers.find("k") is None
