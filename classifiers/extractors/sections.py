"""Which part of a paper a label belongs to: mother or father, left or right column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classifiers.extractors.labels import Mark
from classifiers.extractors.rules import Section

#: Section of a rule that may stand anywhere.
ANYWHERE = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a label: its name, and the px where its column ends (``None``: no columns)."""

    name: str
    right_limit: int | None


def anchor_names(sections: Sequence[Section]) -> Mapping[str, str]:
    """Returns the name of the part that each anchor label opens."""
    return {anchor: section.name for section in sections for anchor in section.anchors}


def part_of(mark: Mark, anchors: Sequence[Mark], names: Mapping[str, str], slack: float) -> Part:
    """Finds the part of a label: below the last anchors above it; side by side, in the column it stands in.

    Args:
        mark: the label.
        anchors: marks that open parts, from the top down.
        names: part names by anchor label.
        slack: px that a label may stand to the left of its column's anchor.
    """
    above = [anchor for anchor in anchors if anchor.row <= mark.row and not _is_right_of(anchor, mark, slack)]
    if not above:
        return Part(name="", right_limit=None)
    level = above[-1].row
    group = [anchor for anchor in anchors if abs(anchor.row - level) <= 1]
    group.sort(key=lambda anchor: anchor.left)
    group = [each for at, each in enumerate(group) if names[each.label] not in _names(group[:at], names)]
    if len(group) < 2 or not _is_side_by_side(group):
        return Part(name=names[above[-1].label], right_limit=None)
    own = [anchor for anchor in group if anchor.left <= mark.left + slack] or group[:1]
    right = next((anchor.left for anchor in group if anchor.left > own[-1].right), None)
    return Part(name=names[own[-1].label], right_limit=right)


def _names(anchors: Sequence[Mark], names: Mapping[str, str]) -> set[str]:
    return {names[anchor.label] for anchor in anchors}


def _is_right_of(anchor: Mark, mark: Mark, slack: float) -> bool:
    """Whether an anchor in the label's own row stands to its right, so that it cannot be its anchor."""
    return anchor.row == mark.row and anchor.left > mark.left + slack


def _is_side_by_side(group: Sequence[Mark]) -> bool:
    return group[-1].left > group[0].right
