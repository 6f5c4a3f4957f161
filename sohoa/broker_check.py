"""What ``sohoa doctor`` tells of the broker that wakes the workers; it connects, and rings nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dossiers.errors import SohoaError
from sohoa.part import Part
from sohoa.settings import Settings
from workers.brokers.choosing import look_at_broker
from workers.brokers.state import BrokerState

#: Why a doorbell outlives the death of a server that is set up well, by the server's name.
_KEEPS: Final = {"Redis": "AOF", "RabbitMQ": "confirms"}


def broker_parts(settings: Settings) -> Iterator[Part]:
    """The parts of a broker; none where every process looks for work itself."""
    if not settings.broker_url:
        return
    try:
        state = look_at_broker(settings.broker_url)
    except SohoaError as trouble:
        yield Part(name="broker", version=None, is_required=True, install=trouble.hint or trouble.en)
        return
    yield from parts_of(state)


def parts_of(state: BrokerState) -> Iterator[Part]:
    """What a broker that answered means.

    One that forgets doorbells is no error: the records are the queue, and the relay rings again.
    """
    yield Part(name=f"broker: {state.name}", version=state.version, is_required=True, install="")
    yield Part(
        name=f"broker: {_KEEPS[state.name]}",
        version=None if "AOF_OFF" in state.warnings else "kept on the disk of the server",
        is_required=False,
        install="appendonly yes in redis.conf",
    )
