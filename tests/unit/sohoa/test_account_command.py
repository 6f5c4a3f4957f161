"""``sohoa account`` over real records: passwords come from standard input, tokens are shown once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dossiers.errors import AccessDenied, InputError
from sohoa.account_wiring import make_sign_in
from sohoa.bootstrap import bootstrap
from sohoa.cli.main import sohoa
from sohoa.settings import Settings
from storage.keys import argon2_hasher
from storage.keys.argon2_hasher import Argon2Hasher

GOOD = "con mèo ngủ trên mái nhà"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with little memory: its strength is tested on its own."""
    weak = Argon2Hasher(memory_kib=64, passes=1)
    monkeypatch.setattr("sohoa.account_wiring.Argon2Hasher", lambda: weak)


def run(data: Path, *words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(sohoa, ["--data-dir", str(data), "account", *words], input=stdin)


def add(data: Path, name: str = "hoa", role: str = "clerk", password: str = GOOD) -> Result:
    words = ["--shown-name", "Nguyễn Thị Hoà", "--role", role, "--branch", "H29.119"]
    return run(data, "add", name, *words, stdin=password + "\n")


def test_an_account_is_added_listed_disabled_and_its_token_works_until_then(tmp_path: Path) -> None:
    assert add(tmp_path).exit_code == 0
    token = run(tmp_path, "token", "hoa", "--label", "cổng", "--scope", "search").stdout.strip()
    listed = json.loads(run(tmp_path, "list", "--json").stdout)
    assert [(each["name"], each["role"], each["is_disabled"]) for each in listed] == [("hoa", "clerk", False)]
    assert GOOD not in run(tmp_path, "list").output
    assert token not in run(tmp_path, "tokens", "hoa").output
    with bootstrap(Settings(data_dir=tmp_path, workers=1)) as application:
        sign_in = make_sign_in(application)
        assert sign_in.sign_in("hoa", GOOD).identity.account.branch == "H29.119"
        assert sign_in.by_token(token).account.name == "hoa"
        assert run(tmp_path, "disable", "hoa").exit_code == 0
        with pytest.raises(AccessDenied):
            sign_in.by_token(token)
        assert run(tmp_path, "enable", "hoa").exit_code == 0
        assert run(tmp_path, "password", "hoa", stdin="một câu khác hẳn 9\n").exit_code == 0
        assert sign_in.sign_in("hoa", "một câu khác hẳn 9")


def test_a_short_password_makes_no_account(tmp_path: Path) -> None:
    refused = add(tmp_path, password="ngắn")
    assert isinstance(refused.exception, InputError)
    assert refused.exception.code == "PASSWORD_TOO_SHORT"
    assert json.loads(run(tmp_path, "list", "--json").stdout) == []


def test_the_password_is_no_argument() -> None:
    from sohoa.cli.account import add as command

    assert not [each.name for each in command.params if "password" in (each.name or "")]


def test_argon2id_with_the_strength_that_we_promise() -> None:
    assert (argon2_hasher.MEMORY_KIB, argon2_hasher.PASSES, argon2_hasher.LANES) == (65_536, 3, 4)
    hasher = Argon2Hasher()
    made = hasher.hash(GOOD)
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert hasher.verify(made, GOOD)
    assert not hasher.verify(made, GOOD + "x")
    assert not hasher.verify("nonsense", GOOD)
    assert not hasher.is_outdated(made)
    assert hasher.is_outdated(Argon2Hasher(memory_kib=64, passes=1).hash(GOOD))
    assert hasher.is_outdated("nonsense")
