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
        if not is_doorbell((task_id, schema)):
            raise UnknownMessage("a message of another schema was refused")
        answer(task_id)

    declare = dramatiq.actor(broker=broker, queue_name=QUEUE, actor_name=ACTOR)
    return declare(answer_doorbell)


def is_doorbell(arguments: object) -> bool:
    """Whether the arguments of a message are those of a doorbell of this release."""
    match arguments:
        case [str(), schema]:
            return bool(schema == SCHEMA)
    return False
