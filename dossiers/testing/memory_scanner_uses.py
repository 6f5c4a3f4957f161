"""Uses of scanners, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dossiers.scanner_use import ScannerUse
from dossiers.testing.memory_state import MemoryState


class MemoryScannerUses:
    """Implements ``dossiers.ports.ScannerUses``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, use: ScannerUse) -> None:
        """Notes a use."""
        self._state.scanner_uses[len(self._state.scanner_uses)] = use

    def of_device(self, device: str, since: datetime) -> Sequence[ScannerUse]:
        """Uses of a device that ended at this moment or later, in the order of noting."""
        uses = self._state.scanner_uses.values()
        return tuple(use for use in uses if use.device == device and use.ended_at >= since)

    def devices(self, since: datetime) -> Sequence[str]:
        """Keys of the devices with a use that ended at this moment or later, sorted."""
        uses = self._state.scanner_uses.values()
        return tuple(sorted({use.device for use in uses if use.ended_at >= since}))
