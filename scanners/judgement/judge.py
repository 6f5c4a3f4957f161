"""Judges the pages of one session as they come; every page is decoded in a sandboxed child."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Final, Protocol

from dossiers.errors import EngineError, InputError
from pipeline.frames import Frame
from scanners.driver import RawPage, Side
from scanners.judgement.finding import Finding, PageJudgement, judge
from scanners.judgement.job import judge_request, measures_of, unpacked_map
from scanners.judgement.likeness import is_same_sheet
from scanners.judgement.measures import PageMeasures
from scanners.judgement.streaks import shared_streaks
from scanners.separators.book import SeparatorBook
from scanners.separators.job import sheet_request, sight_of
from scanners.separators.judging import judge_sheet
from scanners.separators.verdict import NO_SEPARATOR, SheetFlag, SheetVerdict

#: A sheet that is fed again comes soon: pages are compared with so many before.
_BEFORE: Final = 6


class Child(Protocol):
    """What answers judging requests; ``pipeline.sandbox.Sandbox`` is one."""

    def ask(self, request: Frame) -> Frame:
        """Sends a request and returns the answer, or raises ``InputError`` or ``EngineError``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A page before."""

    sequence: int
    sheet: int | None
    side: Side
    measures: PageMeasures
    own_map: bytes


class FeederJudge:
    """Judges page after page; give every session its own.

    Args:
        child: decodes and measures.
        asked_dpi: resolution of the profile; 0 where none is asked for.
        book: what bought separator sheets mean; ``None``: separators are not looked for.
    """

    def __init__(self, child: Child, asked_dpi: int, book: SeparatorBook | None = None) -> None:
        self._book = book
        self._child = child
        self._asked_dpi = asked_dpi
        self._before: deque[_Seen] = deque(maxlen=_BEFORE)

    def expect(self, dpi: int) -> None:
        """Pages from now on are asked for with this resolution."""
        self._asked_dpi = dpi

    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        """Judges a page; what cannot be decoded is ``UNREADABLE``, never an error.

        Args:
            page: as it came.
            sequence: its place in the session.
        """
        try:
            answer = self._child.ask(judge_request(page.content, page.dpi or 0, self._other_side(page)))
            measures, own_map = measures_of(answer)
        except (InputError, EngineError):
            return PageJudgement(findings=(Finding.UNREADABLE,))
        seen = _Seen(sequence=sequence, sheet=page.sheet, side=page.side, measures=measures, own_map=own_map)
        judgement = judge(
            measures,
            asked_dpi=self._asked_dpi,
            same_as=self._same_as(seen),
            shared_streaks=self._shared_streaks(seen),
        )
        self._before.append(seen)
        sheet = self._sheet(page.content, is_blank=judgement.is_blank)
        if sheet.meaning is not None:  # printed sheets of one kind are meant to look the same
            others = tuple(each for each in judgement.findings if each is not Finding.SAME_SHEET)
            judgement = replace(judgement, findings=others, same_as=None)
        return replace(judgement, sheet=sheet)

    def _sheet(self, content: bytes, *, is_blank: bool) -> SheetVerdict:
        """Whether the page is a separator; one that could not be looked at is flagged, never swallowed."""
        if self._book is None or is_blank:
            return NO_SEPARATOR
        try:
            return judge_sheet(sight_of(self._child.ask(sheet_request(content))), self._book)
        except (InputError, EngineError):
            return SheetVerdict(flag=SheetFlag.UNREADABLE)

    def _other_side(self, page: RawPage) -> bytes | None:
        if page.sheet is None:
            return None
        sides = (each for each in reversed(self._before) if each.sheet == page.sheet)
        return next((each.own_map for each in sides if each.side is not page.side), None)

    def _same_as(self, seen: _Seen) -> int | None:
        if seen.measures.is_blank:
            return None
        own = unpacked_map(seen.own_map)
        for each in reversed(self._before):
            other_sheet = each.sheet is None or each.sheet != seen.sheet
            comparable = each.side is seen.side and not each.measures.is_blank
            if other_sheet and comparable and is_same_sheet(own, unpacked_map(each.own_map)):
                return each.sequence
        return None

    def _shared_streaks(self, seen: _Seen) -> tuple[float, ...]:
        before = next((each for each in reversed(self._before) if each.side is seen.side), None)
        return shared_streaks(seen.measures.streaks_mm, before.measures.streaks_mm) if before else ()
