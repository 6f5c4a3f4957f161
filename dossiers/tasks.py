"""Work that is due: rows of the outbox, written in the transaction of the change that makes them due.

Rules: a task carries ids only (C4); its start is counted before the work begins (C6); only the newest
lease of a task may finish it (C5). The records are the queue; a broker is a doorbell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

#: A task that was started this often without an end is given up: its subject goes to a person (C6).
MAX_STARTS: Final = 3
#: Starts that ended because the whole machine or program was killed are counted apart: they say little
#: about the page, which is decoded in a child process that would have died first.
MAX_INTERRUPTIONS: Final = 20
#: A batch page is not begun while a counter page of the same branch waits or is being read, so that clerks
#: have the machine to themselves; a page that has waited longer than this holds nothing back any more.
COUNTER_GRACE: Final = timedelta(seconds=60)


#: No pause and no lease is that long: what is due or leased further ahead was written while a clock was
#: wrong, and must not wait for the day that it showed (C9).
WRONG_CLOCK: Final = timedelta(hours=1)


class TaskKind(StrEnum):
    """What is to be done to the subject."""

    READ_PAGE = "read_page"
    FILE_DOSSIER = "file_dossier"
    RENDER_DOCUMENT = "render_document"


class Priority(StrEnum):
    """Who waits: the counter goes first everywhere."""

    COUNTER = "counter"
    BATCH = "batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of due work.

    Attributes:
        task_id: derived from kind, subject and generation, so that it cannot be due twice.
        kind: what is to be done.
        subject_id: page, dossier or document id.
        dossier_id: the dossier it belongs to.
        priority: counter before batch.
        due_at: UTC; not before.
        branch: identifier of the agency whose dossier it is; branches take turns.
    """

    task_id: str
    kind: TaskKind
    subject_id: str
    dossier_id: str
    priority: Priority
    due_at: datetime
    branch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to do a task once.

    Attributes:
        task: the task.
        fence: grows with every lease of the task; writes with an older fence are refused.
        starts: how often it has been started without an end, this start included.
        interruptions: how many of those ended because their whole process was killed.
        is_rung: whether a doorbell of its own is on its way to somebody, who will take another task for it.
    """

    task: Task
    fence: int
    starts: int
    interruptions: int
    is_rung: bool = False

    @property
    def is_exhausted(self) -> bool:
        """Whether the task was started too often and its subject belongs in a person's hands."""
        failed = self.starts - 1 - self.interruptions
        return failed >= MAX_STARTS or self.interruptions >= MAX_INTERRUPTIONS


def next_turn(last_of_branch: int | None, first_of_class: int | None) -> int:
    """The turn of a new task among those of its priority: branches take turns, page by page.

    A branch with a thousand pages before it and a branch with one page then both wait for one page of the
    other, not for a thousand (fair queueing by virtual start times).

    Args:
        last_of_branch: the highest turn of the branch's open tasks of this priority, if it has any.
        first_of_class: the lowest turn of all untried tasks of this priority that are open, if there are any.
    """
    return max((last_of_branch or 0) + 1, first_of_class or 1)
