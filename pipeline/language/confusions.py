"""What an engine takes for what: the cost of reading one set of marks where another was printed.

Costs are negative log-probabilities (nats) measured on pages with truth: of all syllables printed with one
tone (or one vowel quality), how many were read with another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from dossiers.errors import ConfigurationError
from pipeline.language.marks import split_tone

#: What a change costs that was never measured.
UNSEEN: Final = 9.0
#: Further marks in one syllable are less surprising once the print is bad.
_FURTHER: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Confusions:
    """Costs in nats by ``printed>read``: tone marks as combining characters, letters as such."""

    tones: Mapping[str, float]
    letters: Mapping[str, float]

    def cost(self, printed: str, read: str) -> float:
        """Returns the cost of reading ``read`` where ``printed`` stood; 0 where they are the same.

        Both are lower case, NFC, and have the same letters but for marks.
        """
        if printed == read:
            return 0.0
        return _combined(self, printed, read)


@lru_cache(maxsize=1 << 15)
def _combined(confusions: Confusions, printed: str, read: str) -> float:
    meant, tone, _ = split_tone(printed)
    seen, seen_tone, _ = split_tone(read)
    costs = [confusions.letters.get(f"{a}>{b}", UNSEEN) for a, b in zip(meant, seen, strict=True) if a != b]
    if tone is not seen_tone:
        costs.append(confusions.tones.get(f"{tone.value}>{seen_tone.value}", UNSEEN))
    costs.sort(reverse=True)
    return sum(cost if place == 0 else _FURTHER * cost for place, cost in enumerate(costs))


@cache
def load_confusions() -> Confusions:
    """Reads the costs delivered with the package.

    Raises:
        ConfigurationError: the file is missing or broken.
    """
    try:
        table = json.loads((files("pipeline.language") / "data" / "confusions.json").read_text("utf-8"))
        return Confusions(
            tones={str(key): float(cost) for key, cost in table["tones"].items()},
            letters={str(key): float(cost) for key, cost in table["letters"].items()},
        )
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise ConfigurationError(
            "BAD_CONFUSIONS",
            vi="Không đọc được bảng nhầm lẫn dấu đi kèm chương trình.",
            en="The table of confusions is missing or cannot be read.",
        ) from error
