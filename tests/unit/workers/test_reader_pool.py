"""Looking at a file that arrives does not wait for pages that are being read."""

from __future__ import annotations

import threading

import pytest

from pipeline.inspection import Inspection
from workers.reader_pool import ReaderPool


class Reader:
    def __init__(self, kind: str, *, is_started: bool = True) -> None:
        self.kind = kind
        self.is_started = is_started
        self.threads: set[int] = set()

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        self.threads.add(threading.get_ident())
        return Inspection(media_type=self.kind, page_count=1)

    def close(self) -> None:
        self.is_started = False


@pytest.fixture
def doorkeeper() -> Reader:
    return Reader("door")


def test_a_file_is_looked_at_while_every_reader_is_at_work(doorkeeper: Reader) -> None:
    pool = ReaderPool(lambda: Reader("page"), 1, lambda: doorkeeper)
    with pool.borrow():
        assert pool.inspect(b"x", ".jpg").media_type == "door"
    assert pool.inspect(b"x", ".jpg").media_type == "page"
    pool.close()
    assert not doorkeeper.is_started


def test_no_reader_is_started_for_looking(doorkeeper: Reader) -> None:
    reader = Reader("page", is_started=False)
    pool = ReaderPool(lambda: reader, 1, lambda: doorkeeper)
    assert pool.inspect(b"x", ".jpg").media_type == "door"
    with pool.borrow():
        pass
    assert pool.inspect(b"x", ".jpg").media_type == "door"
    with pool.borrow() as again:
        assert again is reader
    pool.close()


def test_the_doorkeeper_belongs_to_one_thread_whoever_asks(doorkeeper: Reader) -> None:
    pool = ReaderPool(lambda: Reader("page"), 1, lambda: doorkeeper)
    for _ in range(3):
        asking = threading.Thread(target=pool.inspect, args=(b"x", ".jpg"))
        asking.start()
        asking.join()
    assert len(doorkeeper.threads) == 1
    pool.close()
