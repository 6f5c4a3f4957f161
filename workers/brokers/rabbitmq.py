"""RabbitMQ as the doorbell; the settings and why: docs/design/brokers.md."""

from __future__ import annotations

from typing import Final

import pika
import pika.exceptions
from dramatiq.brokers.rabbitmq import RabbitmqBroker

from workers.brokers.state import BrokerState
from workers.dead_letters import DeadLetters
from workers.messages import QUEUE

#: What the library raises when the server is away.
ERRORS: Final = (pika.exceptions.AMQPError, OSError)
#: Both ends notice within about two of these seconds that the other one is gone.
_HEARTBEAT_SECONDS: Final = 30
#: A server that is out of memory or disk stops taking messages; the relay waits so long for it, seconds.
_BLOCKED_SECONDS: Final = 10.0
#: Longest wait for a connection, seconds.
_CONNECT_SECONDS: Final = 5.0


def make(url: str) -> RabbitmqBroker:
    """Makes the broker; connects to nothing yet.

    A message counts as sent only once the server has confirmed that it is on its disk. Messages that were
    rejected go to the queue's dead letters, which dramatiq keeps for a week.
    """
    broker = RabbitmqBroker(url=url, confirm_delivery=True, middleware=[DeadLetters()])
    broker.parameters = _parameters(url)
    return broker


def waiting(broker: RabbitmqBroker) -> int:
    """How many messages lie in the queue and no worker has taken out; 0 before there is such a queue."""
    try:
        found = broker.channel.queue_declare(QUEUE, passive=True)
    except pika.exceptions.ChannelClosedByBroker:
        del broker.channel  # it ended with the answer; the next use opens another
        return 0
    except ERRORS:
        del broker.connection
        raise
    return int(found.method.message_count)


def look(url: str) -> BrokerState:
    """Asks the server for its version.

    Raises:
        pika.exceptions.AMQPError: it cannot be reached.
    """
    connection = pika.BlockingConnection(_parameters(url))
    try:
        told = connection._impl.server_properties  # noqa: SLF001 - pika shows it nowhere else
        version = str((told or {}).get("version", "?"))
    finally:
        connection.close()
    return BrokerState(name="RabbitMQ", version=version)


def _parameters(url: str) -> pika.URLParameters:
    parameters = pika.URLParameters(url)
    parameters.heartbeat = _HEARTBEAT_SECONDS
    parameters.blocked_connection_timeout = _BLOCKED_SECONDS
    parameters.socket_timeout = _CONNECT_SECONDS
    parameters.stack_timeout = 2 * _CONNECT_SECONDS
    return parameters
