"""Brokers for tests; import the fixtures into a ``conftest.py``."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.rabbitmq_server import RabbitmqServer
from tests.servers.redis_server import RedisServer

if TYPE_CHECKING:
    from typing import IO


@pytest.fixture(scope="session")
def redis_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def redis_server(redis_session: RedisServer) -> RedisServer:
    """An empty Redis; one server for each test process, started once."""
    redis_session.flush()
    return redis_session


@pytest.fixture(scope="session")
def rabbitmq_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitmqServer]:
    # Starting is dear: test processes beside this one wait with their start until this one is up.
    with _one_at_a_time(tmp_path_factory):
        server = RabbitmqServer(tmp_path_factory.mktemp("rabbitmq"))
    yield server
    server.stop()


@pytest.fixture
def rabbitmq_server(rabbitmq_session: RabbitmqServer) -> RabbitmqServer:
    """A RabbitMQ without queues; one server for each test process, started once."""
    rabbitmq_session.forget_queues()
    return rabbitmq_session


class _one_at_a_time:  # noqa: N801 - reads as what it does
    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self._path = Path(factory.getbasetemp()).parent / "rabbitmq-start.lock"
        self._file: IO[bytes] | None = None

    def __enter__(self) -> None:
        self._file = self._path.open("wb")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
