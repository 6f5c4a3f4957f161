"""From ``broker_url`` to a broker, to a bell that rings it and to a look at its health."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Final, cast

import dramatiq

from workers.brokers.state import BrokerState
from workers.brokers.trouble import library_missing, unavailable, unknown_broker
from workers.messages import ACTOR, QUEUE, SCHEMA

#: Schemes of addresses, and the module that knows their server.
_MODULES: Final = {"redis": "redis", "rediss": "redis", "amqp": "rabbitmq", "amqps": "rabbitmq"}


def make_broker(url: str) -> dramatiq.Broker:
    """Makes the broker of an address; connects to nothing yet.

    Raises:
        ConfigurationError: ``BAD_SETTING``, no such broker; ``BROKER_LIBRARY_MISSING``.
    """
    # The default, said aloud: messages from outside are never unpickled (S22).
    dramatiq.set_encoder(dramatiq.JSONEncoder())
    return cast("dramatiq.Broker", _module(url).make(url))


def look_at_broker(url: str) -> BrokerState:
    """Asks the server how it is.

    Raises:
        ConfigurationError: as ``make_broker``.
        ResourceError: ``QUEUE_UNAVAILABLE``.
    """
    module = _module(url)
    try:
        return cast("BrokerState", module.look(url))
    except module.ERRORS as trouble:
        raise unavailable() from trouble


class Bell:
    """Rings a broker.

    Args:
        url: address of the broker.
        broker: made from it.
    """

    def __init__(self, url: str, broker: dramatiq.Broker) -> None:
        self._broker = broker
        self._module = _module(url)
        self._errors: tuple[type[Exception], ...] = (dramatiq.BrokerConnectionError, *self._module.ERRORS)
        broker.declare_queue(QUEUE)

    def ring(self, task_id: str) -> None:
        """Tells whoever listens to come and look.

        Raises:
            ResourceError: ``QUEUE_UNAVAILABLE``; the message may have arrived or not.
        """
        try:
            self._broker.enqueue(
                dramatiq.Message(
                    queue_name=QUEUE, actor_name=ACTOR, args=(task_id, SCHEMA), kwargs={}, options={}
                )
            )
        except self._errors as trouble:
            raise unavailable() from trouble

    def waiting(self) -> int:
        """How many messages the broker holds for workers.

        Raises:
            ResourceError: ``QUEUE_UNAVAILABLE``.
        """
        try:
            return int(self._module.waiting(self._broker))
        except self._errors as trouble:
            raise unavailable() from trouble

    def close(self) -> None:
        """Closes the connections."""
        self._broker.close()


def _module(url: str) -> ModuleType:
    name = _MODULES.get(url.partition("://")[0])
    if name is None:
        raise unknown_broker()
    try:
        return import_module(f"workers.brokers.{name}")
    except ImportError as missing:
        raise library_missing(name) from missing
