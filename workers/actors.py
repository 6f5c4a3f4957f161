"""The one actor, declared on a broker that is handed in; the broker is only a doorbell."""

from __future__ import annotations

from collections.abc import Callable

import dramatiq

from workers.messages import ACTOR, QUEUE, SCHEMA


class UnknownMessage(Exception):
    """A message of a schema that this release does not know; it goes to the dead letters."""


def declare_actors(
    broker: dramatiq.Broker, answer: Callable[[str], None]
) -> dramatiq.Actor[[str, int], None]:
    """Declares the actor that answers the doorbell, and returns it.

    Args:
        broker: where messages come from; declaring twice on one broker is an error of dramatiq.
        answer: is told the task id of the doorbell; never raises on purpose.
    """

    def answer_doorbell(task_id: str, schema: int) -> None:
        if schema != SCHEMA or not isinstance(task_id, str):
            raise UnknownMessage("a message of another schema was refused")
        answer(task_id)

    declare = dramatiq.actor(broker=broker, queue_name=QUEUE, actor_name=ACTOR)
    return declare(answer_doorbell)
