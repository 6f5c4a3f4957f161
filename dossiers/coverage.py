"""Was every paper captured, and where not, by which policy? The coverage report of a period.

Rules: the aim is 100 % of what is to be captured; a component without an image is an exception and is listed
with its policy, whether lawful or not; an optional component that nobody brought is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dossiers.dossier import Dossier
from dossiers.slot import Slot

#: Policies under which a paper is to be captured, as image at least.
_CAPTURED: Final = frozenset({"digitize", "capture_only"})


class Why(StrEnum):
    """Why a component has no image."""

    POLICY = "policy"  # it is only presented, is shared as data already, or may not be copied
    REUSED = "reused"  # it was not asked for
    MISSING = "missing"  # it should be there


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncaptured:
    """One component of one procedure without image.

    Attributes:
        procedure_code: the procedure; empty where the dossier has none.
        component: the component's name.
        policy: what the catalogue of the day says is to be done with it.
        why: why there is no image.
        dossiers: how many dossiers it concerns.
    """

    procedure_code: str
    component: str
    policy: str
    why: Why
    dossiers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was captured of what is to be captured.

    Attributes:
        captured: components with an image.
        due: those and the ones that are missing; lawful exceptions do not count.
        exceptions: by procedure, component, policy and reason, in this order.
    """

    captured: int
    due: int
    exceptions: tuple[Uncaptured, ...]


def coverage_of(
    dossiers: Sequence[Dossier],
    slots: Mapping[str, Sequence[Slot]],
    settled: Mapping[str, Collection[str]],
) -> Coverage:
    """Counts the components of dossiers, as the catalogue of their days has them.

    Args:
        dossiers: the dossiers.
        slots: their slots by dossier.
        settled: keys of the slots that reuse settled, by dossier.
    """
    captured, found = 0, Counter[tuple[str, str, str, Why]]()
    for dossier in dossiers:
        for slot in slots.get(dossier.dossier_id, ()):
            why = _why(slot, settled.get(dossier.dossier_id, ()))
            captured += slot.document_id is not None
            if why is not None:
                found[dossier.procedure_code or "", slot.rule.name, slot.rule.policy, why] += 1
    missing = sum(number for (*_, why), number in found.items() if why is Why.MISSING)
    return Coverage(
        captured=captured,
        due=captured + missing,
        exceptions=tuple(
            Uncaptured(procedure_code=code, component=name, policy=policy, why=why, dossiers=found[key])
            for key in sorted(found)
            for code, name, policy, why in [key]
        ),
    )


def _why(slot: Slot, settled: Collection[str]) -> Why | None:
    if slot.document_id is not None:
        return None
    if slot.rule.key in settled:
        return Why.REUSED
    if not slot.rule.is_required:
        return None
    return Why.MISSING if slot.rule.policy in _CAPTURED else Why.POLICY
