"""What a clerk decided about one slot: recorded, with the reason, and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dossiers.procedures import DataSource


class Verdict(StrEnum):
    """How a slot was settled without or against a proposal."""

    ACCEPTED = "accepted"  # the granted paper stands in: the citizen is not asked for it
    OVERRULED = "overruled"  # it was granted, and the clerk asks for the paper nevertheless
    TAKEN_ANYWAY = "taken_anyway"  # it was refused by a rule that allows it, and the clerk takes it


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseDecision:
    """One decision; a later one for the same slot replaces it.

    Attributes:
        dossier_id: the dossier that needs the paper.
        slot_key: the slot in it.
        holder_id: whose paper.
        procedure_code: procedure of the dossier.
        branch: receiving point, an agency identifier.
        verdict: what was decided.
        source: where the paper is taken from; ``None`` where it is asked for.
        origin: code of the dossier or result, or the database's reference; empty where it is asked for.
        paper_id: the paper in the store, if it is one.
        type_id: what kind of paper stands in; empty where it is asked for.
        page_count: pages not asked for: those of the paper held, 1 where a database answered.
        rule: code of the rule that had spoken.
        clerk: who decided.
        reason: the clerk's reason; empty for an acceptance.
        at: UTC.
    """

    dossier_id: str
    slot_key: str
    holder_id: str
    procedure_code: str
    branch: str
    verdict: Verdict
    source: DataSource | None
    origin: str
    paper_id: str | None
    type_id: str
    page_count: int
    rule: str
    clerk: str
    reason: str
    at: datetime

    @property
    def is_saved(self) -> bool:
        """Whether the citizen is not asked for the paper."""
        return self.verdict is not Verdict.OVERRULED
