"""Dossiers and what was received for them, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dossiers.dossier import DigitizationState, Dossier
from dossiers.errors import StaleVersion
from dossiers.page import ReceivedFile, Refusal
from dossiers.slot import Slot
from dossiers.testing.memory_state import MemoryState, check_text, duplicate, not_found


class MemoryDossierRecords:
    """Implements ``dossiers.ports.DossierRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def next_number(self, agency: str, day: str) -> int:
        """Counts up within agency and day."""
        number = self._state.counters.get((agency, day), 0) + 1
        self._state.counters[agency, day] = number
        return number

    def add(self, dossier: Dossier) -> None:
        """Adds a dossier; ``DUPLICATE`` if its id, code or intake key is taken."""
        taken = dossier.dossier_id in self._state.dossiers
        if taken or self.by_code(dossier.code) or self.by_intake_key(dossier.intake_key):
            raise duplicate("dossier")
        check_text(dossier.title)
        self._state.dossiers[dossier.dossier_id] = dossier

    def get(self, dossier_id: str) -> Dossier:
        """Returns the dossier or raises ``NOT_FOUND``."""
        self._check(dossier_id)
        return self._state.dossiers[dossier_id]

    def by_intake_key(self, intake_key: str) -> Dossier | None:
        """Returns the dossier opened with this intake key, if any."""
        return next((d for d in self._state.dossiers.values() if d.intake_key == intake_key), None)

    def by_code(self, code: str) -> Dossier | None:
        """Returns the dossier with this code, if any."""
        return next((d for d in self._state.dossiers.values() if d.code == code), None)

    def procedures_used(self, since: datetime) -> Mapping[str, int]:
        """How many dossiers were opened from a moment on, by the number of their procedure."""
        opened = (each for each in self._state.dossiers.values() if each.opened_at >= since)
        return Counter(each.procedure_code for each in opened if each.procedure_code is not None)

    def several(self, dossier_ids: Sequence[str]) -> Mapping[str, Dossier]:
        """Those of these dossiers that are there, by id."""
        known = self._state.dossiers
        return {each: known[each] for each in dossier_ids if each in known}

    def opened_between(self, start: datetime, end: datetime, branch: str = "") -> Sequence[Dossier]:
        """Dossiers opened in the period, oldest first; those with codes of a branch."""
        found = [each for each in self._state.dossiers.values() if start <= each.opened_at < end]
        own = [each for each in found if not branch or each.code.startswith(f"{branch}-")]
        return tuple(sorted(own, key=lambda each: each.opened_at))

    def unfinished(self, since: datetime, limit: int, within: Sequence[str] = ()) -> Sequence[Dossier]:
        """Dossiers not digitized completely, opened since then, the newest first."""
        found = [
            each
            for each in reversed(self._state.dossiers.values())
            if each.opened_at >= since
            and each.state is not DigitizationState.COMPLETE
            and self._state.is_within(each.dossier_id, within)
        ]
        return tuple(sorted(found, key=lambda each: each.opened_at, reverse=True)[:limit])

    def save(self, dossier: Dossier) -> None:
        """Saves over the version it carries; what it was opened with stays as it is."""
        present = self.get(dossier.dossier_id)
        if present.version != dossier.version:
            raise StaleVersion(f"dossier {dossier.dossier_id}")
        saved = replace(
            dossier,
            code=present.code,
            intake_key=present.intake_key,
            opened_at=present.opened_at,
            version=dossier.version + 1,
        )
        self._state.dossiers[dossier.dossier_id] = saved

    def add_file(self, file: ReceivedFile) -> None:
        """Adds a received file; ``DUPLICATE`` for the same id, or dossier and receipt key."""
        self._check(file.dossier_id)
        if file.file_id in self._state.files or self.file_by_receipt(file.dossier_id, file.receipt_key):
            raise duplicate("file")
        check_text(file.name)
        self._state.files[file.file_id] = file

    def file_by_receipt(self, dossier_id: str, receipt_key: str) -> ReceivedFile | None:
        """Returns the file received under this key, if any."""
        return next((f for f in self.files(dossier_id) if f.receipt_key == receipt_key), None)

    def files(self, dossier_id: str) -> Sequence[ReceivedFile]:
        """Files of the dossier in the order of receipt."""
        return tuple(f for f in self._state.files.values() if f.dossier_id == dossier_id)

    def add_refusal(self, refusal: Refusal) -> None:
        """Notes a refused file once."""
        self._check(refusal.dossier_id)
        check_text(refusal.name)
        self._state.refusals.setdefault((refusal.dossier_id, refusal.receipt_key), refusal)

    def refusals(self, dossier_id: str) -> Sequence[Refusal]:
        """Refused files of the dossier in the order of refusal."""
        return tuple(r for r in self._state.refusals.values() if r.dossier_id == dossier_id)

    def set_slots(self, dossier_id: str, slots: Sequence[Slot]) -> None:
        """Replaces the slots of the dossier."""
        self._check(dossier_id)
        self._state.slots[dossier_id] = tuple(slots)

    def slots(self, dossier_id: str) -> Sequence[Slot]:
        """Slots of the dossier in checklist order."""
        return self._state.slots.get(dossier_id, ())

    def slots_between(self, start: datetime, end: datetime) -> Mapping[str, Sequence[Slot]]:
        """Slots of all dossiers opened in the period, by dossier."""
        found = ((each.dossier_id, self.slots(each.dossier_id)) for each in self.opened_between(start, end))
        return {dossier_id: slots for dossier_id, slots in found if slots}

    def _check(self, dossier_id: str) -> None:
        if dossier_id not in self._state.dossiers:
            raise not_found(f"dossier {dossier_id}")
