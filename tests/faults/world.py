"""F5: a whole office by dice, on a clock of its own: counters, relays, broker, workers, stores, all trouble.

One seed is one history: the same seed gives the same one, event for event. Nothing here has a thread; what
happens while a page is being read happens inside the reading.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from dossiers.errors import EngineError, SohoaError
from dossiers.page import PageState
from dossiers.tasks import MAX_STARTS, Priority
from dossiers.testing import FixedClock, MemoryRecordStore
from dossiers.testing.memory_state import TaskRow
from tests.faults.office import CodeReader, Office, wire
from tests.faults.oracle import check_filed, check_received
from tests.faults.papers import code_of, code_of_number
from tests.faults.unsafe_parts import Crash, Trouble, UnsafeBroker, UnsafeRecords, UnsafeStore
from tests.faults.verdict import Verdict
from workers.doorbells import Doorbell
from workers.relay import RING_AGAIN, Relay
from workers.sweeper import Sweeper

#: Rounds of two quiet minutes in which all work must be done; clocks that were set back cost hours.
_QUIET_ROUNDS = 400


@dataclass
class Counter:
    """A counter with the papers of one dossier, sent one after the other until each is acknowledged."""

    key: str
    papers: list[int]
    priority: Priority
    dossier_id: str = ""
    acknowledged: list[int] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return len(self.acknowledged) == len(self.papers)


class World:
    """One history.

    Args:
        seed: decides everything.
        events: how many events happen before the trouble is over.
    """

    def __init__(self, seed: int, events: int = 60) -> None:
        self.dice = random.Random(seed)
        self.events = events
        self.trouble = Trouble(self.dice)
        self.clock = FixedClock(datetime(2026, 11, 28, 1, 0, tzinfo=UTC))
        self.records = UnsafeRecords(MemoryRecordStore(), self.trouble)
        self.originals, self.derivatives = UnsafeStore(self.trouble), UnsafeStore(self.trouble)
        self.quarantine = UnsafeStore(self.trouble)
        self.broker = UnsafeBroker(self.dice, self.trouble)
        self.relays = [self._relay() for _ in range(2)]
        self.alive: set[str] = set()
        #: Starts that were only to say that they are one too many and could not say it: task and fence.
        self.unsaid: set[tuple[str, int]] = set()
        self.names = 0
        self.depth = 0
        self.counters = self._counters()
        numbers = [number for counter in self.counters for number in counter.papers]
        self.poison = {number for number in numbers if self.dice.random() < 0.05}
        self.workers = [self._worker() for _ in range(self.dice.randint(1, 3))]
        self.desk = self._office("desk")

    def run(self) -> Verdict:
        """Lives through the history and judges what came of it."""
        for _ in range(self.events):
            self._happen()
        self.trouble.is_over = True
        for _ in range(_QUIET_ROUNDS):
            self._quiet_round()
            if self._is_done():
                break
        return self._judged()

    # What may happen

    def _happen(self) -> None:
        events: tuple[tuple[int, Callable[[], None]], ...] = (
            (20, self._send), (15, self._ring), (25, self._deliver), (5, self._look), (8, self._beat),
            (4, self._sweep), (10, self._pass_time), (1, self._jump), (3, self._kill), (2, self.broker.wipe),
            (3, self._outage),
        )  # fmt: skip
        event = self.dice.choices([each for _, each in events], [weight for weight, _ in events])[0]
        event()

    def _send(self) -> None:
        waiting = [counter for counter in self.counters if not counter.is_done]
        if waiting:
            self.send_paper(self.dice.choice(waiting))

    def send_paper(self, counter: Counter) -> None:
        """Sends the next paper of a counter; only a receipt counts, anything else is sent again later."""
        number = counter.papers[len(counter.acknowledged)]
        try:
            counter.dossier_id = self.desk.open(counter.key)
            self.desk.receive(counter.dossier_id, number, counter.priority)
        except (SohoaError, Crash):
            return
        counter.acknowledged.append(number)

    def _ring(self) -> None:
        self._tried(self.dice.choice(self.relays).step)

    def _deliver(self) -> None:
        task_id = self.broker.take()
        if task_id is not None and self.workers:
            self._answer(task_id)

    def _look(self) -> None:
        if self.workers:
            self._answer("")

    def _answer(self, task_id: str) -> None:
        name, office = self.dice.choice(self.workers)
        try:
            office.performer.answer(task_id, self._next_doorbell)
        except Crash:
            self._bury(name)
        except SohoaError:
            self._note_unsaid(name)

    def _note_unsaid(self, name: str) -> None:
        with self.records.inner.transaction() as work:
            held = [row for row in work.tasks._state.tasks.values() if row.owner == name]
        self.unsaid |= {(row.task.task_id, row.fence) for row in held if _starts(row) > MAX_STARTS}

    def _next_doorbell(self) -> Doorbell | None:
        """Another one that was heard, now and then: its task is taken in the transaction that ends one."""
        task_id = self.broker.take() if self.dice.random() < 0.5 else None
        if task_id is None:
            return None
        return Doorbell(task_id, lambda: None, lambda: self.broker.put_back(task_id))

    def _beat(self) -> None:
        if self.workers:
            name, office = self.dice.choice(self.workers)
            try:
                office.heartbeat.step()
            except Crash:
                self._bury(name)
            except SohoaError:
                return

    def _sweep(self) -> None:
        self._tried(Sweeper(self.records, lambda owner: owner in self.alive).step)

    def _pass_time(self) -> None:
        self.clock.advance(self.dice.choice((0.1, 1.0, 5.0, 15.0, 30.0, 120.0)))

    def _jump(self) -> None:
        self.clock.advance(self.dice.choice((-3600.0, 3600.0, -60.0)))

    def _kill(self) -> None:
        if self.workers and not self.trouble.is_over:
            self._bury(self.dice.choice(self.workers)[0])

    def _bury(self, name: str) -> None:
        self._note_unsaid(name)
        self.alive.discard(name)
        self.workers = [worker for worker in self.workers if worker[0] != name]
        self.workers.append(self._worker())

    def _outage(self) -> None:
        part = self.dice.choice(("records", "store", "broker"))
        self.trouble.away ^= {part}

    def _quiet_round(self) -> None:
        for counter in self.counters:
            for _ in counter.papers:  # nothing is in their way any more; the oracle tells what is missing
                if not counter.is_done:
                    self.send_paper(counter)
        self._sweep()
        for relay in self.relays:
            self._tried(relay.step)
        while (task_id := self.broker.take()) is not None:
            self._answer(task_id)
        self.clock.advance(120.0)

    def _tried(self, step: Callable[[], int]) -> None:
        try:
            step()
        except (SohoaError, Crash):  # a relay or sweeper that ends is started again
            return

    # Reading a page, while other things happen

    def _before_reading(self, content: bytes) -> None:
        code = code_of(content)
        if not self.trouble.is_over and self.depth < 2 and self.dice.random() < 0.3:
            self.depth += 1
            try:
                for _ in range(self.dice.randint(1, 6)):
                    self._happen()
            finally:
                self.depth -= 1
        if code in {code_of_number(number) for number in self.poison}:
            raise EngineError("CRASHED", "poison")
        if not self.trouble.is_over and self.dice.random() < self.trouble.crash:
            raise Crash

    # Parts

    def _relay(self) -> Relay:
        return Relay(
            records=self.records, ring=self.broker.ring, clock=self.clock, ring_again=self.ring_again
        )

    @property
    def ring_again(self) -> timedelta:
        return RING_AGAIN

    def _worker(self) -> tuple[str, Office]:
        self.names += 1
        name = f"worker {self.names}"
        self.alive.add(name)
        return name, self._office(name)

    def _office(self, owner: str) -> Office:
        return wire(
            records=self.records,
            originals=self.originals,
            derivatives=self.derivatives,
            quarantine=self.quarantine,
            clock=self.clock,
            owner=owner,
            reader=CodeReader(self._before_reading),
        )

    def _counters(self) -> list[Counter]:
        made, number = [], 1
        for key in range(self.dice.randint(1, 3)):
            count = self.dice.randint(1, 6)
            priority = self.dice.choice(list(Priority))
            made.append(Counter(f"k{key}", list(range(number, number + count)), priority))
            number += count
        return made

    # The judgement

    def _is_done(self) -> bool:
        with self.records.inner.transaction() as work:
            return not any(work.tasks.open_count(counter.dossier_id) for counter in self.counters)

    def _judged(self) -> Verdict:
        verdict = Verdict()
        poison = sorted(self.poison | self._given_up())
        for counter in self.counters:
            verdict += check_received(self.desk, counter.dossier_id, counter.papers)
            verdict += check_filed(self.desk, counter.dossier_id, poison)
        verdict.doubles += [f"{task} ended {n} times" for task, n in self.records.finished.items() if n != 1]
        return verdict + self._judged_poison()

    def _judged_poison(self) -> Verdict:
        """No page is started too often; kills of whole processes and stores that were away do not count."""
        with self.records.inner.transaction() as work:
            rows = list(work.tasks._state.tasks.values())
        most = MAX_STARTS + 1  # the last one only finds that it is one too many
        unsaid = [task_id for task_id, _ in self.unsaid]
        counts = {row.task.task_id: _starts(row) - unsaid.count(row.task.task_id) for row in rows}
        return Verdict(doubles=[f"{task_id} has {n} starts" for task_id, n in counts.items() if n > most])

    def _given_up(self) -> set[int]:
        """Good pages in quarantine, where three starts were without an end: nobody could note it (C6)."""
        given_up = set()
        with self.records.inner.transaction() as work:
            rows = {row.task.subject_id: row for row in work.tasks._state.tasks.values()}
            for counter in self.counters:
                for page in work.pages.of_dossier(counter.dossier_id):
                    row = rows[page.page_id]
                    task_id = row.task.task_id
                    unended = self.records.leased[task_id] - self.records.ended[task_id] - row.interruptions
                    if page.state is PageState.QUARANTINED and unended >= MAX_STARTS:
                        given_up.add(counter.papers[page.number - 1])
        return given_up


def _starts(row: TaskRow) -> int:
    return row.starts - row.interruptions
