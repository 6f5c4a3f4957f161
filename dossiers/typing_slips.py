"""Whether a mistyped word was meant: a letter too many, too few, wrong, or two in the wrong order."""

from __future__ import annotations

from typing import Final

#: Shorter words are too like one another to guess.
_SHORTEST: Final = 3
#: Words of so many letters may have two slips.
_LONG: Final = 7


def is_slip_of(typed: str, word: str) -> bool:
    """Whether a typed word may mean a word, or its beginning; both folded."""
    if len(typed) < _SHORTEST:
        return False
    most = 2 if len(typed) >= _LONG else 1
    lengths = {len(word), len(typed) - 1, len(typed), len(typed) + 1}
    heads = {word[:length] for length in lengths if length >= _SHORTEST}
    return any(_slips(typed, head, most) <= most for head in heads if abs(len(head) - len(typed)) <= most)


def _slips(one: str, two: str, most: int) -> int:
    """The fewest slips that make one word of the other; more than ``most`` where it takes more."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for at, sign in enumerate(one, start=1):
        older, before = before, row
        row = [at]
        for place, other in enumerate(two, start=1):
            cost = min(row[-1] + 1, before[place] + 1, before[place - 1] + (sign != other))
            if at > 1 and place > 1 and sign == two[place - 2] and one[at - 2] == other:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
