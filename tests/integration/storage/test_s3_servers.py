"""What is particular to S3: locks, versions, encryption, links, and what ``sohoa doctor`` finds out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import urllib3
from click.testing import CliRunner
from minio import Minio, S3Error

from dossiers.errors import ResourceError
from sohoa.cli.main import sohoa
from storage.objects.s3.links import S3DownloadLinks
from storage.objects.s3.store import S3ObjectStore
from tests.servers.s3_servers import S3Server, fresh_prefix

CONTENT = b"%PDF-1.7 invented"
KEY = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(params=["ministack", "rgw"])
def server(request: pytest.FixtureRequest) -> S3Server:
    found: S3Server = request.getfixturevalue(f"{request.param}_server")
    return found


def _client(server: S3Server) -> Minio:
    access, secret = server.key_file.read_text().split()
    return Minio(server.address, access_key=access, secret_key=secret, secure=False, region="us-east-1")


def test_a_locked_original_cannot_be_deleted(server: S3Server) -> None:
    prefix = fresh_prefix()
    store = server.store(prefix=prefix, lock_days="2")
    store.put_once(CONTENT)
    client, bucket = _client(server), f"{prefix}-originals"
    [version] = client.list_objects(bucket, include_version=True)
    with pytest.raises(S3Error):
        client.remove_object(bucket, KEY, version_id=version.version_id)
    assert store.get(KEY) == CONTENT


def test_a_deleted_original_is_still_there_as_a_version(server: S3Server) -> None:
    prefix = fresh_prefix()
    store = server.store(prefix=prefix)
    store.put_once(CONTENT)
    client, bucket = _client(server), f"{prefix}-originals"
    client.remove_object(bucket, KEY)
    assert not store.contains(KEY)
    assert [each.is_delete_marker for each in client.list_objects(bucket, include_version=True)].count(
        False
    ) == 1


def test_an_object_carries_its_hash(server: S3Server) -> None:
    prefix = fresh_prefix()
    server.store(prefix=prefix).put_once(CONTENT)
    about = _client(server).stat_object(f"{prefix}-originals", KEY)
    assert about.metadata is not None
    assert about.metadata["x-amz-meta-sha256"] == KEY


def test_a_rotten_object_is_mended_and_stays_as_an_older_version(server: S3Server) -> None:
    prefix = fresh_prefix()
    store = server.store(prefix=prefix)
    store.put_once(CONTENT)
    client, bucket = _client(server), f"{prefix}-originals"
    client._put_object(bucket, KEY, b"rotten", headers={})
    assert store.mend(CONTENT) == KEY
    assert store.get(KEY) == CONTENT
    versions = list(client.list_objects(bucket, include_version=True))
    assert store.mend(CONTENT) == KEY
    assert len(versions) == len(list(client.list_objects(bucket, include_version=True))) == 3


def test_a_link_hands_out_the_object_and_no_other(server: S3Server) -> None:
    prefix = fresh_prefix()
    server.store(prefix=prefix).put_once(CONTENT)
    links = S3DownloadLinks(server.options(prefix=prefix))
    link = links.link(KEY, name="a.pdf", media_type="application/pdf", seconds=60)
    with urllib3.PoolManager() as browser:
        answer = browser.request("GET", link)
        assert answer.data == CONTENT
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("attachment")
        assert browser.request("GET", link.replace(KEY, "0" * 64)).status in (403, 404)


def test_encryption_with_a_key_of_the_server(rgw_server: S3Server) -> None:
    store = rgw_server.store(encryption="sse-kms", kms_key="testkey-1")
    assert store.get(store.put_once(CONTENT)) == CONTENT
    assert "sse-kms" in [each.found for each in store.examine()]


def test_encryption_of_the_server_itself(ministack_server: S3Server) -> None:
    store = ministack_server.store(encryption="sse-s3")
    assert store.get(store.put_once(CONTENT)) == CONTENT


def test_an_object_that_is_not_encrypted_as_asked_is_not_acknowledged(rgw_server: S3Server) -> None:
    """Ceph's gateway 16 ignores the request and stores in clear."""
    store = rgw_server.store(encryption="sse-s3")
    with pytest.raises(ResourceError) as refusal:
        store.put_once(CONTENT)
    assert refusal.value.code == "STORE_NOT_ENCRYPTING"
    assert any("in clear" in each.remedy for each in store.examine() if each.found is None)


def test_a_missing_bucket_is_told_and_never_made_on_the_way(server: S3Server) -> None:
    store = S3ObjectStore(server.options())
    for _ in range(2):
        with pytest.raises(ResourceError) as refusal:
            store.put_once(CONTENT)
        assert refusal.value.code == "STORE_NOT_PREPARED"
    [finding] = store.examine()
    assert finding.found is None


def test_a_wrong_secret_is_refused_and_not_shown(rgw_server: S3Server, tmp_path: Path) -> None:
    keys = tmp_path / "wrong.keys"
    keys.touch(mode=0o600)
    keys.write_text("sohoatest\nnot-the-secret\n")
    store = S3ObjectStore(rgw_server.options(key_file=str(keys)))
    with pytest.raises(ResourceError) as refusal:
        store.put_once(CONTENT)
    assert refusal.value.code == "STORE_REFUSED"
    assert refusal.value.retryable  # by a later run: the page itself is good
    assert "not-the-secret" not in f"{refusal.value!r} {refusal.value.__cause__!r}"


def test_a_large_file_makes_the_way_there_and_back(rgw_server: S3Server) -> None:
    content = bytes(range(256)) * (24 << 12)  # 24 MiB
    store = rgw_server.store()
    assert store.get(store.put_once(content)) == content


def test_the_settings_choose_the_store_and_the_self_check_tries_it_out(
    server: S3Server, tmp_path: Path
) -> None:
    config = _settings(tmp_path, server, lock_days="1")
    run = CliRunner()
    assert run.invoke(sohoa, ["--config", str(config), "prepare-objects"]).exit_code == 0
    told = json.loads(run.invoke(sohoa, ["--config", str(config), "doctor", "--json"]).stdout)
    found = {each["name"]: each["version"] for each in told["parts"] if each["name"].startswith("objects: ")}
    assert sum("create once" in name for name in found) == 3
    assert sum("object lock" in name for name in found) == 1
    assert {name: version for name, version in found.items() if version is None} == {}


def _settings(folder: Path, server: S3Server, **more: str) -> Path:
    lines = [f'data_dir = "{folder / "data"}"', 'object_store = "s3"', "[object_store_options]"]
    lines += [f'{name} = "{text}"' for name, text in server.words(fresh_prefix(), **more).items()]
    config = folder / "sohoa.toml"
    config.write_text("\n".join(lines) + "\n")
    return config
