"""The figures of a period: the provincial columns and the rates of Quyết định 766/QĐ-TTg.

Rules: a rate without dossiers is unknown, not zero; the digitization rate of QĐ 766 counts only dossiers
synchronised with the national portal, which Sohoa does not do yet, so what is shown is digitized dossiers
and is named so.
"""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.rate import Rate

#: A rate that nothing is known of.
NO_RATE = Rate(numerator=0, denominator=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRow:
    """Dossiers of one procedure.

    Attributes:
        procedure_code: normalised; empty for papers digitized without one.
        received: dossiers opened in the period.
        digitized: of these, with every page filed in a known document.
        reused: of these, with at least one component cut or replaced.
        resolved: cases finished in the period, whenever they were opened.
    """

    procedure_code: str
    received: int
    digitized: int
    reused: int
    resolved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How people waited.

    Attributes:
        tickets: tickets taken.
        called: of these, called to a counter.
        left: of these, gone before they were called.
        over_limit: waits of 20 minutes or longer, those that still go on included.
        average_seconds: mean wait of called tickets, 0 or more; ``None`` without any.
        longest_seconds: longest wait; ``None`` without tickets.
    """

    tickets: int
    called: int
    left: int
    over_limit: int
    average_seconds: int | None
    longest_seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a report counts.

    Attributes:
        received: dossiers opened in the period (Tiếp nhận).
        not_digitized: of these, not fully digitized yet (Chưa số hóa TPHS).
        digitized: the others (Có số hóa TPHS).
        reused: of these, with a component cut or replaced (Có tái sử dụng thành phần).
        reused_national: of these, by an answer of a national database or the citizen's national store.
        papers_saved: papers that people were not asked for.
        resolved: cases finished in the period (Đã giải quyết).
        resolved_in_time: of these, within their term or without one.
        ended_otherwise: cases refused, or withdrawn, in the period.
        results_digitized: resolved cases all of whose results were scanned into the dossier (Đã số hóa).
        returned: results handed over in the period (part c).
        running_in_time: open cases within their term at the end of the period.
        running_late: the other open cases.
        direct: dossiers received at the counter; ``post`` and ``online`` likewise.
        reuse_rate: QĐ 766: dossiers with a component cut or replaced / dossiers of procedures that have
            such components published.
        waiting: of the tickets taken in the period.
        procedures: by number received, most first.
    """

    received: int
    digitized: int
    reused: int
    reused_national: int
    papers_saved: int
    resolved: int
    resolved_in_time: int
    ended_otherwise: int
    results_digitized: int
    returned: int
    running_in_time: int
    running_late: int
    direct: int
    post: int
    online: int
    reuse_rate: Rate
    waiting: Waiting
    procedures: tuple[ProcedureRow, ...]

    @property
    def not_digitized(self) -> int:
        """Dossiers received that are not fully digitized."""
        return self.received - self.digitized

    @property
    def digitized_rate(self) -> Rate:
        """Dossiers digitized, of those received; without the synchronising that QĐ 766 asks for."""
        return Rate(numerator=self.digitized, denominator=self.received)

    @property
    def on_time_rate(self) -> Rate:
        """QĐ 766: (finished in time + open and still in time) / (finished + open)."""
        good = self.resolved_in_time + self.running_in_time
        return Rate(numerator=good, denominator=self.resolved + self.running_in_time + self.running_late)

    @property
    def result_rate(self) -> Rate:
        """Resolved cases whose results are in the dossier as scans; whether they are legally valid
        electronic results, as QĐ 766 asks, is not told by a scan.
        """
        return Rate(numerator=self.results_digitized, denominator=self.resolved)
