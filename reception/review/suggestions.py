"""What a clerk is offered instead of a value; never the name of somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from dossiers.disagreements import OtherValue
from dossiers.reading import FieldValue
from dossiers.text_folding import fold
from reception.review.shown_value import shown

#: How names of people end; another paper may name another person there.
_NAMES = ("_name",)
#: Read twice on one paper, by letters and by a code: one thing, whatever the letters.
_SAME_PAPER = "READ_TWICE"


def suggestions_for(value: FieldValue, others: Sequence[OtherValue]) -> tuple[str, ...]:
    """Other readings first, then what other places say; each once, as shown, whatever its capitals.

    A name that another paper or the store gives is offered only where its letters are the same without
    marks: with other letters it may be another person, and is told beside the field and not offered.
    """
    read = shown(value.name, value.value)
    offered = [shown(value.name, each) for each in value.alternatives]
    offered += [shown(value.name, each.value) for each in others if _is_same_thing(value, each)]
    found: dict[str, str] = {}
    for each in offered:
        if each.casefold() != read.casefold():
            found.setdefault(each.casefold(), each)
    return tuple(found.values())


def _is_same_thing(value: FieldValue, other: OtherValue) -> bool:
    if not value.name.endswith(_NAMES) or other.kind == _SAME_PAPER:
        return True
    return value.value is not None and fold(other.value) == fold(value.value)
