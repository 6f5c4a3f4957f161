"""What trials found: losses and doubles."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Verdict:
    """Losses and doubles, each with a word on what was seen."""

    losses: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return not self.losses and not self.doubles

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(self.losses + other.losses, self.doubles + other.doubles)
