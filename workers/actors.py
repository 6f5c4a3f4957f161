"""The one actor, declared on a broker that is handed in; the broker is only a doorbell."""

from __future__ import annotations

import logging
from collections.abc import Callable

import dramatiq

from workers.messages import QUEUE, SCHEMA

_log = logging.getLogger(__name__)


def declare_actors(
    broker: dramatiq.Broker, perform: Callable[[str], None]
) -> dramatiq.Actor[[str, int], None]:
    """Declares the actor that performs a task by its id, and returns it.

    Args:
        broker: where messages come from; declaring twice on one broker is an error of dramatiq.
        perform: does the task; never raises on purpose.
    """

    def perform_task(task_id: str, schema: int) -> None:
        if schema != SCHEMA:
            _log.error("a message of schema %d was refused", schema)
            return
        perform(task_id)

    declare = dramatiq.actor(broker=broker, queue_name=QUEUE)
    return declare(perform_task)
