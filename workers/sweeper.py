"""Freeing what dead processes of this machine held, without waiting for their leases to lapse."""

from __future__ import annotations

import logging
from collections.abc import Callable

from dossiers.ports import RecordStore
from workers.owners import is_alive

_log = logging.getLogger(__name__)


class Sweeper:
    """Leases of other machines lapse by themselves; see ``docs/design/interruptions.md``.

    Args:
        records: where leases are.
        lives: whether an owner may still be running.
    """

    def __init__(self, records: RecordStore, lives: Callable[[str], bool] = is_alive) -> None:
        self._records = records
        self._lives = lives

    def step(self) -> int:
        """Frees, as interruptions, what the dead held; returns how many tasks.

        Raises:
            ResourceError: the records are away.
        """
        with self._records.transaction() as work:
            freed = work.tasks.release_interrupted(self._lives)
        if freed:
            _log.info("freed %d tasks of processes that are gone", freed)
        return freed
