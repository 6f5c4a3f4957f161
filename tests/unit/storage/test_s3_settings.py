"""What can be set about an S3 store, its keys, its patience and its links; no server is needed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dossiers.errors import ConfigurationError, RecordError, ResourceError
from storage.objects.s3.deadline import Deadline
from storage.objects.s3.keys import ACCESS_VARIABLE, SECRET_VARIABLE, KeySource
from storage.objects.s3.links import S3DownloadLinks
from storage.objects.s3.options import S3Options, read_options
from storage.objects.s3.patience import Patience
from storage.objects.s3.store import make_s3
from storage.objects.s3.trouble import full, refused, unavailable

KEY = "ab" * 32
GOOD = {"endpoint": "https://s3.example.vn:9000"}


def test_the_usual_options_are_safe() -> None:
    options = read_options("originals", GOOD)
    assert options == S3Options(address="s3.example.vn:9000", is_secure=True, bucket="sohoa-originals")


def test_each_kind_has_a_bucket_and_only_originals_are_locked() -> None:
    words = {**GOOD, "bucket_prefix": "h29", "lock_days": "30"}
    buckets = {kind: read_options(kind, words) for kind in ("originals", "derivatives", "quarantine")}
    assert [each.bucket for each in buckets.values()] == [
        "h29-originals",
        "h29-derivatives",
        "h29-quarantine",
    ]
    assert [each.lock_days for each in buckets.values()] == [30, 0, 0]


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("secret_key", {"secret_key": "x"}),
        ("endpoint", {"endpoint": ""}),
        ("endpoint", {"endpoint": "s3.example.vn"}),
        ("endpoint", {"endpoint": "http://s3.example.vn"}),
        ("endpoint", {"endpoint": "https://user@s3.example.vn"}),
        ("endpoint", {"endpoint": "https://s3.example.vn/path"}),
        ("bucket_prefix", {"bucket_prefix": "Sở"}),
        ("lock_days", {"lock_days": "-1"}),
        ("lock_days", {"lock_days": "many"}),
        ("lock_mode", {"lock_mode": "SOMETIMES"}),
        ("encryption", {"encryption": "rot13"}),
        ("kms_key", {"encryption": "sse-kms"}),
        ("kms_key", {"kms_key": "k"}),
        ("deadline_seconds", {"deadline_seconds": "0"}),
        ("io_timeout_seconds", {"io_timeout_seconds": "nan"}),
    ],
)
def test_an_impossible_option_is_refused_by_name(name: str, bad: Mapping[str, str]) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        make_s3("originals", Path(), {**GOOD, **bad})
    assert refusal.value.code == "BAD_OBJECT_STORE"
    assert name in refusal.value.vi


def test_plain_http_is_taken_on_this_machine_or_where_it_is_asked_for() -> None:
    assert not read_options("originals", {"endpoint": "http://127.0.0.1:9000"}).is_secure
    assert not read_options("originals", {"endpoint": "http://10.0.0.5:80", "allow_plain": "yes"}).is_secure


def _key_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "s3.keys"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_keys_come_from_a_file_that_only_its_owner_may_read(tmp_path: Path) -> None:
    keys = KeySource(_key_file(tmp_path, "AK\nSK\n")).now()
    assert (keys.access, keys.secret) == ("AK", "SK")
    assert "AK" not in repr(keys)
    assert "SK" not in repr(keys)


@pytest.mark.parametrize(("text", "mode"), [("AK\nSK\n", 0o644), ("AK\n", 0o600), ("", 0o600)])
def test_a_key_file_that_is_open_to_others_or_no_key_file_is_refused(
    tmp_path: Path, text: str, mode: int
) -> None:
    with pytest.raises(ResourceError) as refusal:
        KeySource(_key_file(tmp_path, text, mode)).now()
    assert refusal.value.code == "NO_STORE_KEYS"
    assert "AK" not in f"{refusal.value} {refusal.value.hint}"


def test_a_replaced_key_file_is_read_again(tmp_path: Path) -> None:
    path = _key_file(tmp_path, "AK\nSK\n")
    source = KeySource(path)
    assert source.now().access == "AK"
    newer = _key_file(tmp_path / ".." / tmp_path.name, "AK2\nSK2\n")
    newer.rename(path)
    os.utime(path, ns=(1, 1))
    assert source.now().access == "AK2"


def test_keys_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ACCESS_VARIABLE, raising=False)
    with pytest.raises(ResourceError):
        KeySource(None).now()
    monkeypatch.setenv(ACCESS_VARIABLE, "AK")
    monkeypatch.setenv(SECRET_VARIABLE, "SK")
    assert KeySource(None).now().secret == "SK"


def test_what_may_pass_is_tried_again_until_it_succeeds() -> None:
    troubles = [unavailable("SlowDown"), unavailable("SlowDown")]

    def work() -> str:
        if troubles:
            raise troubles.pop()
        return "done"

    assert Patience().do(work, Deadline.after(60)) == "done"


@pytest.mark.parametrize("trouble", [full(), refused("AccessDenied")], ids=lambda each: each.code)
def test_what_does_not_pass_by_itself_is_told_at_once(trouble: ResourceError) -> None:
    calls = []

    def work() -> None:
        calls.append(1)
        raise trouble

    with pytest.raises(ResourceError) as told:
        Patience().do(work, Deadline.after(60))
    assert told.value is trouble
    assert calls == [1]


def test_at_the_deadline_the_last_trouble_is_told() -> None:
    with pytest.raises(ResourceError) as told:
        Patience().do(lambda: _raise(unavailable("SlowDown")), Deadline.after(0.05))
    assert told.value.code == "STORE_UNAVAILABLE"
    assert told.value.retryable


def test_while_a_server_is_known_to_be_away_nobody_waits_for_it_again() -> None:
    patience, calls, is_away = Patience(), [], True

    def work() -> str:
        calls.append(1)
        if is_away:
            raise unavailable("SlowDown")
        return "done"

    with pytest.raises(ResourceError):
        patience.do(work, Deadline.after(0.05))
    calls.clear()
    with pytest.raises(ResourceError):
        patience.do(work, Deadline.after(3600))
    assert calls == [1]
    is_away = False
    assert patience.do(work, Deadline.after(60)) == "done"
    is_away = True
    calls.clear()
    with pytest.raises(ResourceError):
        patience.do(work, Deadline.after(0.5))
    assert len(calls) > 1, "it had come back, so it is waited for again"


def _raise(trouble: Exception) -> None:
    raise trouble


@pytest.fixture
def links(tmp_path: Path) -> S3DownloadLinks:
    keys = _key_file(tmp_path, "AK\nSECRET\n")
    return S3DownloadLinks(read_options("derivatives", {**GOOD, "key_file": str(keys)}))


def test_a_link_is_short_lived_and_saves_a_file_of_our_type(links: S3DownloadLinks) -> None:
    link = links.link(KEY, name="Giấy khai sinh.pdf", media_type="application/pdf", seconds=60)
    parts = urlsplit(link)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert parts.scheme == "https"
    assert parts.path == f"/sohoa-derivatives/{KEY}"
    assert asked["X-Amz-Expires"] == "60"
    assert asked["response-content-type"] == "application/pdf"
    assert asked["response-content-disposition"] == (
        "attachment; filename=\"Gi_y_khai_sinh.pdf\"; filename*=UTF-8''Gi%E1%BA%A5y%20khai%20sinh.pdf"
    )
    assert "SECRET" not in link


def test_a_link_has_a_key_and_a_short_life(links: S3DownloadLinks) -> None:
    with pytest.raises(RecordError):
        links.link("../../etc/passwd", name="x", media_type="text/plain", seconds=60)
    for seconds in (0, 901):
        with pytest.raises(ValueError, match="lives"):
            links.link(KEY, name="x", media_type="text/plain", seconds=seconds)


def test_a_name_cannot_add_a_header(links: S3DownloadLinks) -> None:
    link = links.link(KEY, name='a"\r\nSet-Cookie: x', media_type="application/pdf", seconds=60)
    told = parse_qs(urlsplit(link).query)["response-content-disposition"][0]
    assert "\r" not in told
    assert "\n" not in told
    assert told.count('"') == 2
