"""The task that is begun next, taken in the transaction that ends the one before it.

Rule: it counts as taken only once that transaction is known to be committed; until then its doorbell is kept,
and goes back where nothing came of it.
"""

from __future__ import annotations

from collections.abc import Callable

from dossiers.ports import UnitOfWork
from workers.doorbells import Doorbell, NextDoorbell
from workers.matter import Taken


class Following:
    """What follows one task; call it as the last act of the transaction that ends that task.

    Args:
        take: takes the best due task, if there is one.
        another: gives a doorbell that waits, if there is one.
    """

    def __init__(self, take: Callable[[UnitOfWork], Taken | None], another: NextDoorbell) -> None:
        self._take = take
        self._another = another
        self._bell: Doorbell | None = None
        self._taken: Taken | None = None
        self._is_committed = False

    def __call__(self, work: UnitOfWork) -> None:
        """Takes the next task where a doorbell waits."""
        self._bell = self._another()
        if self._bell is not None:
            self._taken = self._take(work)

    def confirm(self) -> None:
        """The transaction was committed."""
        self._is_committed = True

    def put_back(self) -> None:
        """Gives the doorbell back unless a task was taken for it; doing so twice changes nothing."""
        if self._bell is not None and not (self._is_committed and self._taken):
            bell, self._bell = self._bell, None
            bell.put_back()

    def settle(self) -> tuple[Taken | None, str]:
        """The task that is begun now, and the task whose doorbell was used up for it, where that is known."""
        if self._bell is None:
            return None, ""
        self._bell.answered()
        return self._taken, self._bell.task_id
