"""Consent: for which purpose a person lets us keep and use papers, given and withdrawn.

Rule: consent counts from the act that gives it to the act that withdraws it; nothing stands in for it
(Nghị định 45/2020/NĐ-CP, Điều 9 khoản 2, Điều 11 khoản 5, Điều 16 khoản 2).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a person agrees to."""

    KEEP = "luu_kho"  # accepted papers are kept in the person's store (Kho)
    REUSE = "tai_su_dung"  # papers in the store stand in for papers that a procedure asks for
    PREFILL = "dien_to_khai"  # confirmed values are filled into declarations


class ConsentBy(StrEnum):
    """Who agreed."""

    SELF = "chinh_chu"
    REPRESENTATIVE = "nguoi_dai_dien"  # parent, guardian, or legal representative of an organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAct:
    """Consent given or withdrawn; acts are added, never changed.

    Attributes:
        holder_id: whose.
        purpose: for what.
        is_given: ``False`` for a withdrawal.
        at: UTC.
        clerk: before whom.
        by: who acted for the person.
    """

    holder_id: str
    purpose: Purpose
    is_given: bool
    at: datetime
    clerk: str
    by: ConsentBy = ConsentBy.SELF


def given(acts: Iterable[ConsentAct], moment: datetime) -> frozenset[Purpose]:
    """The purposes for which consent counts at a moment; of acts at the same moment a withdrawal wins."""
    latest: dict[Purpose, ConsentAct] = {}
    for act in acts:
        present = latest.get(act.purpose)
        if act.at <= moment and (present is None or _counts_over(act, present)):
            latest[act.purpose] = act
    return frozenset(purpose for purpose, act in latest.items() if act.is_given)


def _counts_over(act: ConsentAct, present: ConsentAct) -> bool:
    return act.at > present.at or (act.at == present.at and not act.is_given)
