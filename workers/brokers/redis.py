"""Redis as the doorbell; the settings and why: docs/design/brokers.md."""

from __future__ import annotations

from typing import Final

import redis
from dramatiq.brokers.redis import RedisBroker

from workers.brokers.state import BrokerState
from workers.dead_letters import DeadLetters
from workers.messages import QUEUE

#: What the library raises when the server is away.
ERRORS: Final = (redis.RedisError, OSError)
#: Keys begin so.
_NAMESPACE: Final = "sohoa"
#: A worker that is silent for so long has its prefetched doorbells given to others, milliseconds. They are
#: rung again long before by the relay; a shorter time would only double them when the machine is busy.
_HEARTBEAT_TIMEOUT: Final = 60_000
#: Commands in a million that look for silent workers; dramatiq's 1,000 let three minutes pass.
_MAINTENANCE_CHANCE: Final = 100_000
#: Longest wait for an answer of the server, seconds.
_ANSWER_SECONDS: Final = 5.0


def make(url: str) -> RedisBroker:
    """Makes the broker; connects to nothing yet."""
    return RedisBroker(  # type: ignore[no-untyped-call]  # dramatiq has no types for it
        client=_client(url),
        middleware=[DeadLetters()],
        namespace=_NAMESPACE,
        heartbeat_timeout=_HEARTBEAT_TIMEOUT,
        maintenance_chance=_MAINTENANCE_CHANCE,
    )


def waiting(broker: RedisBroker) -> int:
    """How many messages lie in the queue, those that a worker has taken out included."""
    return int(broker.do_qsize(QUEUE))


def look(url: str) -> BrokerState:
    """Asks the server for its version and whether it keeps what it is told over a restart.

    Raises:
        redis.RedisError: it cannot be reached.
    """
    client = _client(url)
    try:
        version = str(client.info("server")["redis_version"])
        keeps = client.info("persistence")["aof_enabled"] == 1
    finally:
        client.close()
    warnings = () if keeps else ("AOF_OFF",)
    return BrokerState(name="Redis", version=version, warnings=warnings)


def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=_ANSWER_SECONDS, socket_connect_timeout=_ANSWER_SECONDS, health_check_interval=30
    )
