"""What every object store promises."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from dossiers.errors import RecordError
from dossiers.ports import ObjectStore

InThreads = Callable[[int, Callable[[int], None]], None]
CONTENTS = [b"", b"\x00", b"to khai", bytes(range(256)) * 4096]


@pytest.mark.parametrize("content", CONTENTS, ids=len)
def test_what_was_put_is_got_back(objects: ObjectStore, content: bytes) -> None:
    assert objects.get(objects.put_once(content)) == content


@pytest.mark.parametrize("content", CONTENTS, ids=len)
def test_the_key_is_the_sha256_of_the_bytes(objects: ObjectStore, content: bytes) -> None:
    assert objects.put_once(content) == hashlib.sha256(content).hexdigest()


def test_putting_the_same_bytes_again_gives_the_same_key(objects: ObjectStore) -> None:
    key = objects.put_once(b"one page")
    assert objects.put_once(b"one page") == key
    assert objects.get(key) == b"one page"


def test_different_bytes_live_side_by_side(objects: ObjectStore) -> None:
    keys = [objects.put_once(b"page %d" % number) for number in range(50)]
    assert len(set(keys)) == 50
    assert [objects.get(key) for key in keys] == [b"page %d" % number for number in range(50)]


def test_an_object_that_was_never_put_is_not_found(objects: ObjectStore) -> None:
    with pytest.raises(RecordError) as refusal:
        objects.get("0" * 64)
    assert refusal.value.code == "OBJECT_NOT_FOUND"


@pytest.mark.parametrize("key", ["", "..", "../../etc/passwd", "ab/cd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_key_finds_nothing(objects: ObjectStore, key: str) -> None:
    objects.put_once(b"something")
    assert not objects.contains(key)
    with pytest.raises(RecordError) as refusal:
        objects.get(key)
    assert refusal.value.code == "OBJECT_NOT_FOUND"


def test_contains_tells_what_is_there(objects: ObjectStore) -> None:
    key = hashlib.sha256(b"page").hexdigest()
    assert not objects.contains(key)
    objects.put_once(b"page")
    assert objects.contains(key)


def test_keys_are_listed_in_order_and_from_where_one_stopped(objects: ObjectStore) -> None:
    assert list(objects.keys()) == []
    keys = sorted(objects.put_once(b"page %d" % number) for number in range(12))
    assert list(objects.keys()) == keys
    assert list(objects.keys(after=keys[6])) == keys[7:]
    assert list(objects.keys(after=keys[-1])) == []


def test_many_threads_may_put_the_same_and_different_bytes(
    objects: ObjectStore, in_threads: InThreads
) -> None:
    def put(number: int) -> None:
        for page in range(10):
            content = b"shared %d" % page
            assert objects.get(objects.put_once(content)) == content
            own = b"own %d of %d" % (page, number)
            assert objects.get(objects.put_once(own)) == own

    in_threads(8, put)
