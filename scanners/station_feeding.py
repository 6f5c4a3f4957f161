"""The station at work: from the device into the spool, judged, and on to the centre.

Rules: a page is durable before the next sheet is asked for (C1), and judged and handed on while the device
takes that one; a device that fails keeps what arrived; the centre may be away as long as the disk lasts
(C12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Protocol

from dossiers.dossier import Dossier
from dossiers.errors import DeviceCode, DeviceError
from scanners.behind import AtOnce, Behind
from scanners.driver import RawPage, Scanner, Side
from scanners.judgement.finding import PageJudgement
from scanners.judgement.note import judgement_from_text, judgement_to_text
from scanners.profile_following import Manner, ProfileFollowing
from scanners.profiles import Profile
from scanners.session import ArrivedPage, ScanSession, complete_sheets, present_pages
from scanners.spool import SpooledSession
from scanners.station_watching import Run, SheetCount, StationWatcher

#: Every page is scanned with the profile of the session.
NO_PROFILES: Final[Mapping[str, Profile]] = {}


class Judging(Protocol):
    """What judges pages; ``scanners.judgement.judge.FeederJudge`` is one."""

    def judge(self, page: RawPage, sequence: int) -> PageJudgement:
        """Judges a page; never raises."""
        ...

    def expect(self, dpi: int) -> None:
        """Pages from now on are asked for with this resolution; told where separators change the profile."""
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
    """Feeds a device into one session of the spool; one thread.

    Args:
        spooled: the session.
        judge: judges its pages.
        delivery: hands them on.
        watcher: told of everything.
        profiles: those that separators may name, by name; none: they are not followed.
        behind: judges and hands on while the device is at work; usually the device waits for it.
    """

    def __init__(
        self,
        spooled: SpooledSession,
        judge: Judging,
        delivery: Delivering,
        watcher: StationWatcher,
        profiles: Mapping[str, Profile] = NO_PROFILES,
        behind: Behind | None = None,
    ) -> None:
        self._behind = behind or AtOnce()
        self._spooled = spooled
        self._judge = judge
        self._delivery = delivery
        self._watcher = watcher
        self._following = ProfileFollowing(spooled.session, profiles)
        self._expected = spooled.session.settings.dpi
        self._arrived = 0

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
        in place of the old one. Where a separator names another profile, the scan ends behind that sheet and
        the next one begins with it.

        Args:
            scanner: opened.
            only_sheet: scan this one sheet anew, then stop.

        Raises:
            ResourceError: the spool cannot keep a page; what was told to the watcher is kept.
        """
        self._behind.submit(self._judge_waiting)
        self._arrived, trouble = 0, None
        try:
            while self._feed(scanner, only_sheet):
                pass
        except DeviceError as error:
            # Nothing was put back: what arrived before is all there is, and the count of sheets tells.
            is_end = error.reason is DeviceCode.FEEDER_EMPTY and bool(self._spooled.pages())
            trouble = None if is_end else error
        self._deliver(is_ended=False)
        return Run(pages=self._arrived, trouble=trouble, put_back=self.next_sheet())

    def catch_up(self) -> None:
        """Judges and hands on what arrived before, in a session that was interrupted for example."""
        self._behind.submit(self._judge_waiting)
        self._deliver(is_ended=False)

    def finish(self) -> bool:
        """Hands on what is left and ends the session; ``False`` where pages still wait for the centre."""
        self._behind.submit(self._judge_waiting)
        self._behind.settle()
        self._spooled.mark_ended()
        self._deliver(is_ended=True)
        if any(self._spooled.sent(page) is None for page in self._spooled.pages()):
            return False
        self._spooled.remove()
        return True

    def _feed(self, scanner: Scanner, only_sheet: int | None) -> bool:
        """One scan of the device; whether another is to follow with another profile."""
        first = only_sheet or self.next_sheet()
        self._behind.settle()
        manner = self._following.manner(self._spooled.pages(), self._judged, first, scanner)
        self._expect(manner.settings.dpi)
        stream, before, sheet = scanner.scan(manner.settings), self._arrived, first
        is_changing = False
        for item in stream:
            if not isinstance(item, RawPage):
                self._watcher.unreadable(item)
                continue
            # Devices without a feeder do not count: every page of theirs is a sheet.
            sheet = first - 1 + (item.sheet or self._arrived - before + 1)
            if only_sheet is not None and sheet > only_sheet:
                scanner.cancel()
                break
            self._take(item, sheet, manner)
            if only_sheet is None and not is_changing and self._is_change_behind(sheet, manner, scanner):
                is_changing = True
                scanner.cancel()  # what the device gives all the same is taken in too
        return is_changing

    def _take(self, item: RawPage, sheet: int, manner: Manner) -> None:
        page = self._spooled.append(
            item.content,
            sheet=sheet,
            side=item.side,
            name=item.name,
            dpi=item.dpi or 0,
            replaces=self._replaced(sheet, item.side),
            profile=manner.profile,
            sides=manner.sides,
        )
        self._arrived += 1
        self._behind.submit(lambda: self._pass_on(page, replace(item, sheet=sheet)))

    def _pass_on(self, page: ArrivedPage, item: RawPage) -> None:
        judgement = self._judge.judge(item, page.sequence)
        self._spooled.note(page, judgement_to_text(judgement))
        self._watcher.arrived(page, judgement)
        self._delivery.deliver(is_ended=False)

    def _deliver(self, *, is_ended: bool) -> None:
        self._behind.submit(lambda: self._delivery.deliver(is_ended=is_ended))
        self._behind.settle()

    def _is_change_behind(self, sheet: int, manner: Manner, scanner: Scanner) -> bool:
        """Whether a sheet is complete, names another profile, and the device can take that up."""
        if not self._following.is_on or self.next_sheet() <= sheet:
            return False
        self._behind.settle()  # what this sheet is must be known now
        wanted = self._following.wanted(self._spooled.pages(), self._judged, sheet)
        if wanted in ("", manner.profile):
            return False
        is_followed = self._following.follow(wanted, scanner) is not None
        self._watcher.profile_wanted(wanted, present=manner.profile, is_followed=is_followed)
        return is_followed

    def _expect(self, dpi: int) -> None:
        if dpi != self._expected:
            self._expected = dpi
            self._judge.expect(dpi)

    def _judge_waiting(self) -> None:
        """Judges pages whose judgement went with a station that was killed: separators among them count."""
        for page in self._spooled.pages():
            if self._spooled.sent(page) is None and not self._spooled.noted(page):
                self._expect(self._following.dpi_of(page))
                raw = RawPage(
                    sequence=page.sequence - 1,
                    name=page.name,
                    content=self._spooled.content(page),
                    sheet=page.sheet,
                    side=page.side,
                    dpi=page.dpi or None,
                )
                self._spooled.note(page, judgement_to_text(self._judge.judge(raw, page.sequence)))

    def _judged(self, page: ArrivedPage) -> PageJudgement:
        text = self._spooled.noted(page)
        return judgement_from_text(text) if text else PageJudgement()

    def _replaced(self, sheet: int, side: Side) -> int | None:
        """The page of this side of the sheet that is there already."""
        present = (p for p in present_pages(self._spooled.pages()) if p.sheet == sheet and p.side is side)
        found: ArrivedPage | None = next(present, None)
        return found.sequence if found else None
