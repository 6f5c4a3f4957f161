"""What the task screen shows: dossiers being read with their progress, pages given up with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from dossiers.batches import BatchProgress
from dossiers.dossier import DigitizationState, Dossier
from dossiers.events import EventKind
from dossiers.given_up import GivenUp, given_up
from dossiers.page import Page, PageState, Refusal
from dossiers.ports import UnitOfWork
from dossiers.queue_ports import QueueLine
from reception.frame.asked import sees
from reception.frame.person import Person
from reception.services import DeskServices

#: Days that are looked back for unfinished dossiers and refused files, and most of each.
_DAYS: Final = 7
_MOST: Final = 50
_SETTLED: Final = frozenset({PageState.READ, PageState.FILED, PageState.IN_REVIEW, PageState.QUARANTINED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A dossier that is being read: so many of its pages are done."""

    dossier: Dossier
    done: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A page that was given up.

    Attributes:
        page: the page.
        dossier: its dossier.
        reason: stable code of what went wrong.
    """

    page: Page
    dossier: Dossier
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckStep:
    """A step of a dossier that was given up: its pages are read, its papers are not ready."""

    dossier: Dossier
    step: GivenUp


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """Everything on the screen."""

    lines: Sequence[QueueLine]
    paused: frozenset[str]
    running: tuple[Progress, ...]
    stuck: tuple[Stuck, ...]
    stuck_steps: tuple[StuckStep, ...]
    refused: tuple[tuple[Dossier, Refusal], ...]
    batches: tuple[BatchProgress, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is being done and nothing is stuck."""
        is_stuck = self.stuck or self.stuck_steps or self.refused
        return not (self.lines or self.paused or self.batches or self.running or is_stuck)


def work_view(desk: DeskServices, person: Person) -> WorkView:
    """Gathers the work of the branches that a person sees."""
    now = desk.clock()
    batches = tuple(each for each in desk.batches.recent() if sees(person, (each.batch.branch,)))
    with desk.records.transaction() as work:
        since = now - timedelta(days=_DAYS)
        waiting = tuple(reversed(work.dossiers.unfinished(since, _MOST, person.within)))
        return WorkView(
            lines=[each for each in work.queue.lines(now) if sees(person, (each.branch,))],
            paused=frozenset(branch for branch, _ in work.queue.paused() if sees(person, (branch,))),
            running=tuple(
                _progress(work, each) for each in waiting if each.state is DigitizationState.RECEIVING
            ),
            stuck=stuck_of(work, person),
            stuck_steps=tuple(
                StuckStep(dossier=each, step=step)
                for each in waiting
                if each.state is DigitizationState.NEEDS_CLERK
                for step in given_up(work, each.dossier_id)
            ),
            batches=batches,
            refused=tuple(
                (each, refusal) for each in waiting for refusal in work.dossiers.refusals(each.dossier_id)
            ),
        )


def _progress(work: UnitOfWork, dossier: Dossier) -> Progress:
    states = [each.state for each in work.pages.of_dossier(dossier.dossier_id)]
    return Progress(dossier=dossier, done=sum(each in _SETTLED for each in states), pages=len(states))


def stuck_of(work: UnitOfWork, person: Person) -> tuple[Stuck, ...]:
    """Pages that were given up in the branches that a person sees, the newest first, at most 50."""
    found = []
    given = work.pages.in_state(PageState.QUARANTINED, _MOST, person.within)
    dossiers = work.dossiers.several([page.dossier_id for page in given])
    for page in given:
        reasons = [
            each.detail
            for each in work.events.of_dossier(page.dossier_id)
            if each.kind is EventKind.PAGE_QUARANTINED and each.subject_id == page.page_id
        ]
        found.append(
            Stuck(page=page, dossier=dossiers[page.dossier_id], reason=reasons[-1] if reasons else "")
        )
    return tuple(found)
