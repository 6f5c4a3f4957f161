"""One scanning session: everything that a source yields goes into one dossier, in order.

Rule: an item is durable before the next one is asked for; one bad item never stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from dossiers.errors import InputCode, InputError
from dossiers.intake import RawFile, Receipt
from dossiers.tasks import Priority
from scanners.driver import PageSource, RawPage, Unreadable


class IntakePort(Protocol):
    """Where the station puts what it gets; ``dossiers.intake.Intake`` is one."""

    def receive_file(self, dossier_id: str, raw: RawFile) -> Receipt:
        """Takes in one file or raises ``InputError``."""
        ...

    def refuse(self, dossier_id: str, name: str, reason: InputCode) -> None:
        """Notes something that could not even be read."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What became of one item: a receipt, or the reason of its refusal."""

    name: str
    receipt: Receipt | None
    refusal: InputError | None


class Station:
    """Feeds one source into one dossier."""

    def __init__(self, intake: IntakePort, dossier_id: str, priority: Priority) -> None:
        self._intake = intake
        self._dossier_id = dossier_id
        self._priority = priority

    def run(self, driver: PageSource, on_arrival: Callable[[Arrival], None]) -> tuple[Arrival, ...]:
        """Takes in every item and tells each arrival as it happens; may be repeated.

        Raises:
            ResourceError: a store is unavailable; what arrived before is safe.
            DeviceError: the source failed; what arrived before is safe.
        """
        arrivals = []
        for arrival in self._arrivals(driver):
            on_arrival(arrival)
            arrivals.append(arrival)
        return tuple(arrivals)

    def _arrivals(self, driver: PageSource) -> Iterator[Arrival]:
        for item in driver.scan():
            yield self._refuse(item) if isinstance(item, Unreadable) else self._receive(item)

    def _receive(self, page: RawPage) -> Arrival:
        raw = RawFile(name=page.name, content=page.content, priority=self._priority)
        try:
            receipt = self._intake.receive_file(self._dossier_id, raw)
        except InputError as refusal:
            return Arrival(name=page.name, receipt=None, refusal=refusal)
        return Arrival(name=page.name, receipt=receipt, refusal=None)

    def _refuse(self, item: Unreadable) -> Arrival:
        self._intake.refuse(self._dossier_id, item.name, item.reason)
        return Arrival(name=item.name, receipt=None, refusal=InputError(item.reason))
