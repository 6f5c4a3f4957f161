"""Records, stores and a broker over memory that fail, lie in doubt, and kill whoever uses them, by dice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dossiers.errors import ResourceError
from dossiers.tasks import Lease
from dossiers.testing import MemoryObjectStore, MemoryRecordStore
from dossiers.testing.memory_record_store import MemoryUnitOfWork


class Crash(BaseException):
    """The process that is at work ends here: nothing of ours may catch this."""


class Trouble:
    """How often things go wrong; everything is off once ``is_over``."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self.is_over = False
        self.fail = dice.choice((0.0, 0.01, 0.05, 0.2))
        self.crash = dice.choice((0.0, 0.005, 0.02, 0.1))
        self.away: set[str] = set()

    def at(self, part: str) -> None:
        """A moment at which a part may be away or the process may end."""
        if self.is_over:
            return
        if self._dice.random() < self.crash:
            raise Crash
        if part in self.away or self._dice.random() < self.fail:
            raise ResourceError("STORE_UNAVAILABLE", vi="x", en=f"{part} is away")


class UnsafeRecords:
    """Records that may be away, fail after they have committed, or take the process with them."""

    def __init__(self, inner: MemoryRecordStore, trouble: Trouble) -> None:
        self.inner = inner
        self._trouble = trouble
        self.finished: Counter[str] = Counter()
        #: Leases by task, and those of them whose end was noted.
        self.leased: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()

    @contextmanager
    def transaction(self) -> Iterator[MemoryUnitOfWork]:
        self._trouble.at("records")
        finished: list[str] = []
        leased: list[str] = []
        ended: list[str] = []
        with self.inner.transaction() as work:
            work.tasks.finish = _noted(work.tasks.finish, finished, ended)
            work.tasks.give_back = _noted(work.tasks.give_back, ended)
            work.tasks.lease = _noted(work.tasks.lease, leased)
            yield work
            self._trouble.at("records")  # rolled back
        self.finished.update(finished)
        self.leased.update(leased)
        self.ended.update(ended)
        self._trouble.at("records")  # committed, and nobody knows

    @contextmanager
    def look(self) -> Iterator[MemoryUnitOfWork]:
        self._trouble.at("records")
        with self.inner.look() as work:
            yield work

    def close(self) -> None:
        pass


def _noted(call: Callable[..., Lease | None], *lists: list[str]) -> Callable[..., Lease | None]:
    """Does a call and notes the task of the lease that it took or gave."""

    def noted(what: Lease | str, *arguments: object, **named: object) -> Lease | None:
        result = call(what, *arguments, **named)
        if isinstance(what, Lease) or result is not None:
            for each in lists:
                each.append(what.task.task_id if isinstance(what, Lease) else what)
        return result

    return noted


class UnsafeStore:
    """An object store that may fail before and after it has stored."""

    def __init__(self, trouble: Trouble) -> None:
        self.inner = MemoryObjectStore()
        self._trouble = trouble

    def put_once(self, content: bytes) -> str:
        self._trouble.at("store")
        key = self.inner.put_once(content)
        self._trouble.at("store")
        return key

    def get(self, key: str) -> bytes:
        self._trouble.at("store")
        return self.inner.get(key)

    def contains(self, key: str) -> bool:
        return self.inner.contains(key)


class UnsafeBroker:
    """Loses, doubles, delays and reorders what it is told, and may be wiped."""

    def __init__(self, dice: random.Random, trouble: Trouble) -> None:
        self._dice = dice
        self._trouble = trouble
        self._waiting: list[str] = []
        self.lose = dice.choice((0.0, 0.1, 0.5))
        self.double = dice.choice((0.0, 0.1, 0.5))

    def ring(self, task_id: str) -> None:
        self._trouble.at("broker")
        if self._trouble.is_over:
            self._waiting.append(task_id)
            return
        if self._dice.random() < self.lose:
            return
        self._waiting += [task_id] * (1 + (self._dice.random() < self.double))

    def take(self) -> str | None:
        """Any message that waits."""
        if not self._waiting:
            return None
        return self._waiting.pop(self._dice.randrange(len(self._waiting)))

    def put_back(self, task_id: str) -> None:
        """A message that nothing came of."""
        self._waiting.append(task_id)

    def wipe(self) -> None:
        self._waiting.clear()
