"""The weekly report of one unit: five parts, drafted by the machine, signed by a person.

The five parts (HCMC, June 2025): (a) state of deployment, (b) dossiers received and resolved, (c) results
returned, (d) difficulties, (e) proposals. Rules: figures are counted until the deadline and no longer; what
is signed never changes, a correction is a new revision; a report signed after the deadline says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from dossiers.errors import InputCode, InputError, RecordError
from dossiers.reports.figures import Figures
from dossiers.reports.report_week import ReportWeek

#: Most characters of each written part.
MOST_TEXT: Final = 4000


class ReportState(StrEnum):
    """Who stands behind a report."""

    DRAFT = "draft"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The parts that people write, in Vietnamese; each up to ``MOST_TEXT`` characters.

    Attributes:
        deployment: state of deployment (a); empty lets the figures speak alone.
        difficulties: (d).
        proposals: (e).
    """

    deployment: str = ""
    difficulties: str = ""
    proposals: str = ""

    def checked(self) -> Written:
        """Returns the parts without blanks at their ends.

        Raises:
            InputError: ``LIMIT_EXCEEDED``, a part is too long.
        """
        parts = [each.strip() for each in (self.deployment, self.difficulties, self.proposals)]
        if any(len(each) > MOST_TEXT for each in parts):
            raise InputError(InputCode.LIMIT_EXCEEDED, f"a part has at most {MOST_TEXT} characters")
        return Written(deployment=parts[0], difficulties=parts[1], proposals=parts[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyReport:
    """One revision of the report of one unit and week.

    Attributes:
        unit: identifier of the receiving point.
        week: the week.
        revision: from 1; a correction after the signature is the next one.
        written: the parts that people write.
        figures: the counted parts as of ``counted_at``.
        counted_at: UTC; at most the deadline matters, later counting changes nothing.
        state: draft or signed.
        drafted_by: who made this revision.
        signed_by: who signed; empty before.
        signed_at: UTC; ``None`` before.
        version: counts saves.
    """

    unit: str
    week: ReportWeek
    revision: int
    written: Written
    figures: Figures
    counted_at: datetime
    drafted_by: str
    state: ReportState = ReportState.DRAFT
    signed_by: str = ""
    signed_at: datetime | None = None
    version: int = 0

    @property
    def is_late(self) -> bool:
        """Whether it was signed after the deadline."""
        return self.signed_at is not None and self.signed_at >= self.week.deadline

    def rewritten(self, written: Written) -> WeeklyReport:
        """Returns the draft with other words.

        Raises:
            RecordError: ``REPORT_SIGNED``.
            InputError: a part is too long.
        """
        self._check_draft()
        return replace(self, written=written.checked())

    def recounted(self, figures: Figures, at: datetime) -> WeeklyReport:
        """Returns the draft with figures counted anew; ``REPORT_SIGNED`` where it is none."""
        self._check_draft()
        return replace(self, figures=figures, counted_at=at)

    def signed(self, by: str, at: datetime) -> WeeklyReport:
        """Returns the signed report.

        Raises:
            RecordError: ``REPORT_SIGNED``; ``NO_CLERK``, nobody is named; ``REPORT_INCOMPLETE``, difficulties
                or proposals are not written.
        """
        self._check_draft()
        if not by.strip():
            raise RecordError(
                "NO_CLERK", vi="Phải ghi rõ tên người ký.", en="the name of the signer is missing"
            )
        if not self.written.difficulties or not self.written.proposals:
            raise RecordError(
                "REPORT_INCOMPLETE",
                vi="Hãy điền đủ phần khó khăn và kiến nghị (có thể ghi “Không”) trước khi ký.",
                en="difficulties and proposals must be written before signing; 'none' will do",
            )
        return replace(self, state=ReportState.SIGNED, signed_by=by.strip(), signed_at=at)

    def revised(self, by: str) -> WeeklyReport:
        """Returns the next revision as a draft with the same words and figures.

        Raises:
            RecordError: ``REPORT_NOT_SIGNED``: a draft can be changed itself.
        """
        if self.state is not ReportState.SIGNED:
            raise RecordError(
                "REPORT_NOT_SIGNED",
                vi="Báo cáo chưa ký thì sửa thẳng vào bản dự thảo.",
                en="the report is not signed: change the draft itself",
            )
        return replace(
            self,
            revision=self.revision + 1,
            state=ReportState.DRAFT,
            drafted_by=by,
            signed_by="",
            signed_at=None,
            version=0,
        )

    def _check_draft(self) -> None:
        if self.state is ReportState.SIGNED:
            raise RecordError(
                "REPORT_SIGNED",
                vi="Báo cáo này đã được ký; muốn sửa, hãy lập bản điều chỉnh.",
                en="the report is signed; make a revision to correct it",
            )
