"""People and organisations, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossiers.citizens import KnownNumber, VaultEvent
from dossiers.consent import ConsentAct
from dossiers.testing.memory_state import MemoryState, duplicate, not_found


class MemoryHolderRecords:
    """Implements ``dossiers.vault_ports.HolderRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add_number(self, number: KnownNumber) -> None:
        """Adds a number."""
        if number.entry in self._state.numbers:
            raise duplicate("number")
        self._state.numbers[number.entry] = number

    def find(self, entries: Sequence[str]) -> KnownNumber | None:
        """Returns the number under the first of these entries that is there."""
        known = (self._state.numbers.get(entry) for entry in entries)
        return next((number for number in known if number is not None), None)

    def numbers(self, holder_id: str) -> Sequence[KnownNumber]:
        """Numbers of a holder in the order in which they were noted."""
        return tuple(each for each in self._state.numbers.values() if each.holder_id == holder_id)

    def move_number(self, entry: str, holder_id: str) -> None:
        """Gives a number to another holder."""
        self._state.numbers[entry] = replace(self._number(entry), holder_id=holder_id)

    def rename_entry(self, entry: str, renewed: str) -> None:
        """Files a number, and the papers about it, under the entry of a newer key."""
        number = replace(self._number(entry), entry=renewed)
        renamed = {key: each for key, each in self._state.numbers.items() if key != entry}
        place = list(self._state.numbers).index(entry)
        items = list(renamed.items())
        self._state.numbers = dict([*items[:place], (renewed, number), *items[place:]])
        for paper_id, paper in self._state.papers.items():
            if paper.subject == entry:
                self._state.papers[paper_id] = replace(paper, subject=renewed)

    def add_consent(self, act: ConsentAct) -> None:
        """Appends an act."""
        self._state.consents[len(self._state.consents)] = act

    def consents(self, holder_id: str) -> Sequence[ConsentAct]:
        """Acts of a holder in the order of appending."""
        return tuple(each for each in self._state.consents.values() if each.holder_id == holder_id)

    def add_event(self, event: VaultEvent) -> None:
        """Appends what was done."""
        self._state.vault_events[len(self._state.vault_events)] = event

    def events(self, holder_id: str) -> Sequence[VaultEvent]:
        """What was done to a holder's store, in the order of appending."""
        return tuple(each for each in self._state.vault_events.values() if each.holder_id == holder_id)

    def _number(self, entry: str) -> KnownNumber:
        if entry not in self._state.numbers:
            raise not_found("such number")
        return self._state.numbers[entry]
