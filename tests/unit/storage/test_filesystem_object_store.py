"""What the filesystem object store does on the disk."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from pathlib import Path

import pytest

from dossiers.errors import ConfigurationError, IntegrityError, RecordError, ResourceError
from storage.objects.filesystem import FilesystemObjectStore, make_filesystem
from storage.objects.memory import make_memory

CONTENT = b"to khai dang ky khai sinh" * 1000
KEY = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "not" / "there" / "yet"


@pytest.fixture
def store(root: Path) -> FilesystemObjectStore:
    return FilesystemObjectStore(root)


def test_an_object_lies_under_its_content_address_and_is_read_only(
    store: FilesystemObjectStore, root: Path
) -> None:
    store.put_once(CONTENT)
    path = root / KEY[:2] / KEY[2:4] / KEY
    assert path.read_bytes() == CONTENT
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert stat.S_IMODE(root.stat().st_mode) == 0o700


def test_putting_again_does_not_rewrite(store: FilesystemObjectStore, root: Path) -> None:
    store.put_once(CONTENT)
    before = (root / KEY[:2] / KEY[2:4] / KEY).stat()
    FilesystemObjectStore(root).put_once(CONTENT)
    after = (root / KEY[:2] / KEY[2:4] / KEY).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_nothing_temporary_is_left(store: FilesystemObjectStore, root: Path) -> None:
    for number in range(5):
        store.put_once(b"%d" % number)
    assert not list((root / "incoming").iterdir())


def test_a_new_store_finds_what_an_old_one_put(store: FilesystemObjectStore, root: Path) -> None:
    store.put_once(CONTENT)
    assert FilesystemObjectStore(root).get(KEY) == CONTENT


@pytest.mark.parametrize("rot", [b"", CONTENT[:-1], CONTENT + b"\n", b"X" + CONTENT[1:]], ids=len)
def test_damage_is_noticed_and_never_covered_up(store: FilesystemObjectStore, root: Path, rot: bytes) -> None:
    path = root / KEY[:2] / KEY[2:4] / KEY
    store.put_once(CONTENT)
    path.chmod(0o600)
    path.write_bytes(rot)
    for act in (lambda: store.get(KEY), lambda: store.put_once(CONTENT)):
        with pytest.raises(IntegrityError) as trouble:
            act()
        assert (trouble.value.code, trouble.value.retryable) == ("OBJECT_DAMAGED", False)
    assert path.read_bytes() == rot


def test_a_link_in_place_of_an_object_is_not_followed(
    store: FilesystemObjectStore, root: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(CONTENT)
    (root / KEY[:2] / KEY[2:4]).mkdir(parents=True)
    (root / KEY[:2] / KEY[2:4] / KEY).symlink_to(secret)
    with pytest.raises(ResourceError):
        store.get(KEY)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "STORE_FULL"),
        (errno.EDQUOT, "STORE_FULL"),
        (errno.EIO, "STORE_UNAVAILABLE"),
        (errno.EROFS, "STORE_UNAVAILABLE"),
    ],
)
@pytest.mark.parametrize("call", ["write", "link", "open"])
def test_trouble_of_the_disk_is_told_in_vietnamese(
    store: FilesystemObjectStore, monkeypatch: pytest.MonkeyPatch, call: str, number: int, code: str
) -> None:
    store.put_once(b"directories are there")

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, "trouble")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(ResourceError) as trouble:
            store.put_once(CONTENT)
    assert (trouble.value.code, trouble.value.retryable) == (code, True)
    assert any(letter in trouble.value.vi for letter in "đưữ")
    assert not store.contains(KEY)
    assert store.put_once(CONTENT) == KEY


def test_after_a_failed_sync_of_a_directory_nothing_more_is_acknowledged(
    store: FilesystemObjectStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second fsync may succeed without having written anything (C7)."""
    store.put_once(b"directories are there")
    real = os.fsync

    def fail(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "trouble")
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(ResourceError):
            store.put_once(CONTENT)
    with pytest.raises(ResourceError) as trouble:
        store.put_once(CONTENT)
    assert trouble.value.retryable is False
    assert FilesystemObjectStore(root).put_once(CONTENT) == KEY


def test_a_failed_sync_of_a_file_leaves_nothing_and_may_be_tried_with_a_new_file(
    store: FilesystemObjectStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put_once(b"directories are there")
    store.put_once(CONTENT[:-1])
    real = os.fsync

    def fail(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "trouble")
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(ResourceError):
            store.put_once(CONTENT)
    assert not store.contains(KEY)
    assert not list((root / "incoming").iterdir())
    assert store.put_once(CONTENT) == KEY


def test_everything_is_synced_before_the_key_is_returned(
    store: FilesystemObjectStore, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes before their name, then the directory of the name and of every new directory."""
    synced: list[str] = []
    real = os.fsync

    def note(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    store.put_once(CONTENT)
    leaf = root / KEY[:2] / KEY[2:4]
    file = next(at for at, path in enumerate(synced) if path.startswith(f"{root}/incoming/"))
    assert synced[file + 1 :] == [str(leaf)]
    new = {
        str(path) for path in (root.parent.parent.parent, root.parent.parent, root.parent, root, leaf.parent)
    }
    assert new <= set(synced[:file])


def test_the_sweeper_takes_old_leftovers_only(store: FilesystemObjectStore, root: Path) -> None:
    store.put_once(CONTENT)
    old, young = root / "incoming" / "old", root / "incoming" / "young"
    for path in (old, young):
        path.write_bytes(b"half a pa")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    assert store.sweep_temporary(older_than_seconds=3600) == 1
    assert (old.exists(), young.exists()) == (False, True)
    assert store.sweep_temporary(older_than_seconds=-60) == 1
    assert store.get(KEY) == CONTENT


def test_sweeping_an_empty_store_is_no_error(store: FilesystemObjectStore) -> None:
    assert store.sweep_temporary(0) == 0
    assert not store.contains(KEY)
    with pytest.raises(RecordError):
        store.get(KEY)


def test_the_factories_take_their_own_options_only(root: Path) -> None:
    assert make_filesystem("originals", root, {}).put_once(CONTENT) == KEY
    assert (root / "originals" / KEY[:2] / KEY[2:4] / KEY).read_bytes() == CONTENT
    elsewhere = make_filesystem("originals", root, {"root": str(root / "elsewhere")})
    assert not elsewhere.contains(KEY)
    assert elsewhere.put_once(CONTENT) == KEY
    assert (root / "elsewhere" / "originals").is_dir()
    assert make_memory("originals", root, {}).put_once(CONTENT) == KEY
    with pytest.raises(ConfigurationError):
        make_filesystem("originals", root, {"root": "x", "bucket": "y"})
    with pytest.raises(ConfigurationError):
        make_memory("originals", root, {"root": "x"})
