"""Whether the neighbours of a repaired word speak for it: the last word before anything is changed.

A margin alone misleads where the model knows neither reading in its place: then it merely prefers the more
frequent word. So a change needs neighbours with which the chosen word was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final

from pipeline.language.lattice import Step
from pipeline.language.model import LanguageModel
from pipeline.language.roles import Role

#: Nats by which a change must be better, both neighbours speaking for it.
_BOTH: Final = 2.0
#: The same where the word begins or ends a clause and the only neighbour speaks for it.
_ONLY: Final = 2.0
#: The same where one neighbour speaks for it and the other does not.
_ONE: Final = 7.0
#: Added for a capital that begins running text; more where nothing stands before it.
_OPENING: Final = 1.0
_OPENING_ALONE: Final = 3.5


class Support(Enum):
    """What a neighbour says of the chosen word."""

    FOR = "for"  # seen beside it
    AGAINST = "against"  # a known word, never seen beside it
    SILENT = "silent"  # no neighbour in the clause, or a name or number that knows nothing


def least_margin(
    steps: Sequence[Step], roles: Sequence[Role], path: Sequence[int], at: int, model: LanguageModel
) -> float | None:
    """Returns by how many nats a change must be better than the reading; ``None``: by no margin at all.

    Args:
        steps: the words of a block.
        roles: the role of each.
        path: the chosen candidate of each.
        at: which word is to change.
        model: knows which words stand beside each other.
    """
    if roles[at] is Role.WORDING:
        return _BOTH
    before, behind = _before(steps, roles, path, at, model), _behind(steps, roles, path, at, model)
    if Support.FOR not in (before, behind):
        return None
    if Support.AGAINST in (before, behind):
        return _ONE
    opening = 0.0
    if roles[at] is Role.OPENING:
        opening = _OPENING if before is Support.FOR else _OPENING_ALONE
    return opening + (_ONLY if Support.SILENT in (before, behind) else _BOTH)


def _before(
    steps: Sequence[Step], roles: Sequence[Role], path: Sequence[int], at: int, model: LanguageModel
) -> Support:
    if (
        at == 0
        or steps[at].is_opened
        or steps[at - 1].is_closed
        or not _speaks(steps, roles, path, at - 1, model)
    ):
        return Support.SILENT
    seen = model.has_bigram(_token(steps, path, at - 1), _token(steps, path, at))
    return Support.FOR if seen else Support.AGAINST


def _behind(
    steps: Sequence[Step], roles: Sequence[Role], path: Sequence[int], at: int, model: LanguageModel
) -> Support:
    after = at + 1
    if after == len(steps) or steps[at].is_closed or steps[after].is_opened:
        return Support.SILENT
    if not _speaks(steps, roles, path, after, model):
        return Support.SILENT
    seen = model.has_bigram(_token(steps, path, at), _token(steps, path, after))
    return Support.FOR if seen else Support.AGAINST


def _speaks(
    steps: Sequence[Step], roles: Sequence[Role], path: Sequence[int], at: int, model: LanguageModel
) -> bool:
    return roles[at] is not Role.NAME and _token(steps, path, at) not in (
        model.boundary,
        model.number,
        model.other,
    )


def _token(steps: Sequence[Step], path: Sequence[int], at: int) -> int:
    return steps[at].candidates[path[at]].token
