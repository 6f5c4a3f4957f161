"""The station at work: from the device into the spool, judged, and on to the centre.

Rules: a page is durable before the next sheet is asked for (C1); a device that fails keeps what arrived; the
centre may be away as long as the disk lasts (C12).
"""

from __future__ import annotations

from typing import Final, Protocol

from dossiers.dossier import Dossier
from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import RawPage, Scanner, Side
from scanners.judgement.finding import PageJudgement
from scanners.judgement.note import judgement_to_text
from scanners.session import ArrivedPage, ScanSession, complete_sheets, present_pages
from scanners.spool import SpooledSession
from scanners.station_watching import Run, SheetCount, StationWatcher

_ORDER: Final = (Side.FRONT, Side.BACK)


class Judging(Protocol):
    """What judges pages; ``scanners.judgement.judge.FeederJudge`` is one."""

    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        """Judges a page; never raises."""
        ...


class Delivering(Protocol):
    """What hands pages on to the centre; ``scanners.station_delivery.Delivery`` is one."""

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """Dossiers that the centre opened or found for the session."""
        ...

    def deliver(self, *, is_ended: bool) -> None:
        """Hands on what can be handed on; a centre that does not answer is no error."""
        ...


class FeedingStation:
    """Feeds a device into one session of the spool; one thread."""

    def __init__(
        self, spooled: SpooledSession, judge: Judging, delivery: Delivering, watcher: StationWatcher
    ) -> None:
        self._spooled = spooled
        self._judge = judge
        self._delivery = delivery
        self._watcher = watcher

    @property
    def session(self) -> ScanSession:
        """The session."""
        return self._spooled.session

    def next_sheet(self) -> int:
        """The sheet to put in first: the one behind the last that arrived with all its sides."""
        return complete_sheets(self._spooled.pages(), self.session.sides) + 1

    def count(self) -> SheetCount:
        """Counts the sheets."""
        return SheetCount(arrived=self.next_sheet() - 1, declared=self.session.declared_sheets)

    def run(self, scanner: Scanner, *, only_sheet: int | None = None) -> Run:
        """Takes in what the device gives, until its feeder is empty or it fails.

        A side of a sheet that arrived before, of a sheet that jammed half-way for example, is taken in again
        in place of the old one.

        Args:
            scanner: opened.
            only_sheet: scan this one sheet anew, then stop.

        Raises:
            ResourceError: the spool cannot keep a page; what was told to the watcher is kept.
        """
        offset = (only_sheet or self.next_sheet()) - 1
        pages, trouble = 0, None
        try:
            for item in scanner.scan(self.session.settings):
                if not isinstance(item, RawPage):
                    self._watcher.unreadable(item)
                    continue
                # Devices without a feeder do not count: every page of theirs is a sheet.
                sheet = offset + (item.sheet or pages + 1)
                if only_sheet is not None and sheet > only_sheet:
                    scanner.cancel()
                    break
                self._take(item, sheet)
                pages += 1
        except DeviceError as error:
            # Nothing was put back: what arrived before is all there is, and the count of sheets tells.
            is_end = error.reason is DeviceCode.FEEDER_EMPTY and bool(self._spooled.pages())
            trouble = None if is_end else error
        self._delivery.deliver(is_ended=False)
        return Run(pages=pages, trouble=trouble, put_back=self.next_sheet())

    def finish(self) -> bool:
        """Hands on what is left and ends the session; ``False`` where pages still wait for the centre."""
        self._spooled.mark_ended()
        self._delivery.deliver(is_ended=True)
        if any(self._spooled.sent(page) is None for page in self._spooled.pages()):
            return False
        self._spooled.remove()
        return True

    def _take(self, item: RawPage, sheet: int) -> None:
        page = self._spooled.append(
            item.content,
            sheet=sheet,
            side=item.side,
            name=item.name,
            dpi=item.dpi or 0,
            replaces=self._replaced(sheet, item.side),
        )
        judgement = self._judge.judge(item, page.sequence)
        self._spooled.note(page, judgement_to_text(judgement))
        self._watcher.arrived(page, judgement)
        self._delivery.deliver(is_ended=False)

    def _replaced(self, sheet: int, side: Side) -> int | None:
        """The page of this side of the sheet that is there already."""
        present = (p for p in present_pages(self._spooled.pages()) if p.sheet == sheet and p.side is side)
        found: ArrivedPage | None = next(present, None)
        return found.sequence if found else None
