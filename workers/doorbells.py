"""Doorbells that this process has heard and nobody has answered yet.

Whoever ends a task may answer the next one at once: the next task is then taken in the transaction that ends
the first. A doorbell goes back where nothing came of it, so that for each task one doorbell is used up.
"""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty

import dramatiq


class Doorbell:
    """One that was heard.

    Args:
        task_id: whose it is, where the records know of doorbells; else empty.
        answered: tells the broker.
        put_back: lets others answer it.
    """

    def __init__(self, task_id: str, answered: Callable[[], None], put_back: Callable[[], None]) -> None:
        self.task_id = task_id
        self.answered = answered
        self.put_back = put_back


#: Returns a doorbell that waits, if there is one and a further task may be begun.
NextDoorbell = Callable[[], Doorbell | None]


def none_waits() -> Doorbell | None:
    """Nobody rang."""
    return None


class HeardDoorbells:
    """The messages that wait in a process for a thread.

    Args:
        worker: has the threads.
        is_ours: whether a message is a doorbell; anything else is left for the actor to refuse.
        answered: hears the task id of each that was answered.
        are_noted: whether the records know which tasks were rung.
    """

    def __init__(
        self,
        worker: dramatiq.Worker,
        is_ours: Callable[[object], bool],
        answered: Callable[[str], None],
        *,
        are_noted: bool,
    ) -> None:
        self._worker = worker
        self._is_ours = is_ours
        self._answered = answered
        self._are_noted = are_noted

    def next(self) -> Doorbell | None:
        """Takes one of them, if there is one."""
        waiting = self._worker.work_queue
        try:
            item = waiting.get_nowait()
        except Empty:
            return None
        message = item.message

        def put_back() -> None:
            waiting.put(item)
            waiting.task_done()

        def answered() -> None:
            self._worker.consumers[message.queue_name].post_process_message(message)
            waiting.task_done()
            self._answered(task_id)

        if not self._is_ours(message.args):
            put_back()
            return None
        task_id = str(message.args[0])
        return Doorbell(task_id if self._are_noted else "", answered, put_back)
