"""How long one operation may take, with all its tries."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock, seconds."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        """The moment so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def later(self, seconds: float) -> Deadline:
        """The moment so many seconds after this one."""
        return Deadline(self.moment + seconds)

    def left(self) -> float:
        """Seconds that are left, never less than 0."""
        return max(0.0, self.moment - time.monotonic())

    def check(self) -> None:
        """Raises ``TimeoutError`` once the moment has passed."""
        if not self.left():
            raise TimeoutError("the operation took too long")
