"""What the engine of reuse is given: the slots of a procedure, the papers on file, and the circumstances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.citizens import NumberKind
from dossiers.confirmed import ConfirmedPaper
from dossiers.consent import Purpose
from dossiers.procedures import DataSource
from dossiers.slot import SlotRule


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPaper:
    """A confirmed paper on file, with what its result says where it is one.

    Attributes:
        paper: the paper.
        result_code: ``<dossier code>-KQ(n)`` where the office issued it, else empty.
        result_until: last day of the result's validity, if it has one.
        result_revoked_at: from when on the result is revoked.
    """

    paper: ConfirmedPaper
    result_code: str = ""
    result_until: date | None = None
    result_revoked_at: datetime | None = None

    def is_revoked(self, moment: datetime) -> bool:
        """Whether the paper or its result is revoked at a moment."""
        moments = (self.paper.revoked_at, self.result_revoked_at)
        return any(each is not None and each <= moment for each in moments)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseSlot:
    """A slot with what may stand in for its paper.

    Attributes:
        rule: the slot.
        condition: when the paper is needed, in Vietnamese; empty for always.
        sources: databases that may stand in, in the order of the procedure.
        results_of: numbers of procedures whose result stands in, whatever its type.
    """

    rule: SlotRule
    condition: str = ""
    sources: tuple[DataSource, ...] = ()
    results_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseCase:
    """The circumstances under which papers are asked for.

    Attributes:
        entries: blind indexes of all numbers of the person.
        kinds: kinds of these numbers.
        sex: ``Nam`` or ``Nữ`` by the personal number; empty where it is not known.
        consents: purposes that the person agrees to at the moment.
        procedures: number of the procedure and of those it replaced or that replaced it.
        branch: receiving point, an agency identifier.
        day: the day of the dossier in Viet Nam.
        moment: the same, exact, in UTC.
        disputed: ids of papers that are kept for somebody else too.
        connected: databases that this installation can ask.
    """

    entries: frozenset[str]
    kinds: frozenset[NumberKind]
    sex: str
    consents: frozenset[Purpose]
    procedures: frozenset[str]
    branch: str
    day: date
    moment: datetime
    disputed: frozenset[str] = frozenset()
    connected: frozenset[DataSource] = frozenset()
