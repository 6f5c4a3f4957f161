"""What the self-check says of a broker."""

from __future__ import annotations

from pathlib import Path

from sohoa.broker_check import broker_parts, parts_of
from sohoa.settings import Settings
from tests.servers.shared import free_port
from workers.brokers.state import BrokerState


def test_without_a_broker_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert list(broker_parts(Settings(data_dir=tmp_path, workers=1))) == []


def test_a_broker_that_is_away_is_missing_and_its_password_is_not_told(tmp_path: Path) -> None:
    url = f"redis://:mat-khau@127.0.0.1:{free_port()}/0"
    [part] = broker_parts(Settings(data_dir=tmp_path, workers=1, broker_url=url))
    assert part.version is None
    assert part.is_required
    assert "broker_url" in part.install
    assert "mat-khau" not in repr(part)


def test_an_unknown_broker_is_missing(tmp_path: Path) -> None:
    [part] = broker_parts(Settings(data_dir=tmp_path, workers=1, broker_url="kafka://host"))
    assert part.version is None
    assert part.is_required


def test_a_redis_that_keeps_nothing_is_remarked_and_no_error() -> None:
    server, keeps = parts_of(BrokerState(name="Redis", version="7.0", warnings=("AOF_OFF",)))
    assert server.version == "7.0"
    assert keeps.version is None
    assert not keeps.is_required
    assert "appendonly" in keeps.install


def test_a_rabbitmq_is_told_with_its_confirms() -> None:
    server, keeps = parts_of(BrokerState(name="RabbitMQ", version="3.12"))
    assert (server.name, server.version) == ("broker: RabbitMQ", "3.12")
    assert keeps.version is not None
