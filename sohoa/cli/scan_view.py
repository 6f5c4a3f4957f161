"""Shows a scanning session while it runs, and what came of it."""

from __future__ import annotations

from dossiers.errors import DeviceError, InputError, SohoaError
from scanners.driver import Side, Unreadable
from scanners.judgement.finding import Finding, PageJudgement
from scanners.judgement.note import kept_judgement
from scanners.session import ArrivedPage
from scanners.spool import SpooledSession
from scanners.station_watching import Run, SheetCount
from sohoa.cli.session import Session


class ScanWatcher:
    """Tells every page on standard error and remembers what was found."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.judgements: dict[int, PageJudgement] = {}
        self.pages: dict[int, ArrivedPage] = {}
        self.refusals: dict[int, str] = {}
        self.is_centre_away = False

    def recall(self, spooled: SpooledSession) -> None:
        """Remembers the pages of a session that is resumed."""
        for page in spooled.pages():
            self.pages[page.sequence] = page
            self.judgements[page.sequence] = kept_judgement(spooled.noted(page)) or PageJudgement()

    def arrived(self, page: ArrivedPage, judgement: PageJudgement) -> None:
        """One line a page."""
        self.pages[page.sequence], self.judgements[page.sequence] = page, judgement
        say = self._session.messages.say
        said = ", ".join([*self._sheet(judgement), *(self.finding(f, judgement) for f in judgement.findings)])
        self._session.remark(
            "scan_page",
            number=page.sequence,
            sheet=page.sheet,
            side=say(f"scan_side_{page.side.value}") if page.side is not Side.UNKNOWN else "",
            found=said or say("scan_good"),
        )

    def _sheet(self, judgement: PageJudgement) -> list[str]:
        """What a page is to the cutting of a batch."""
        verdict, messages = judgement.sheet, self._session.messages
        if verdict.meaning is not None:
            return [messages.say("scan_separator", value=verdict.value)]
        return [messages.issue(verdict.flag.value)] if verdict.flag is not None else []

    def unreadable(self, item: Unreadable) -> None:
        """A source that gives files could not give one."""
        error = InputError(item.reason)
        self._session.remark("file_refused", name=item.name, code=error.code, text=f"{error.vi} / {error.en}")

    def refused(self, page: ArrivedPage, refusal: InputError) -> None:
        """The page stays in quarantine."""
        self.refusals[page.sequence] = refusal.code
        text = f"{refusal.vi} / {refusal.en}"
        self._session.remark("file_refused", name=page.name, code=refusal.code, text=text)

    def postponed(self, trouble: SohoaError, waiting: int) -> None:
        """The centre is away."""
        self.is_centre_away = True
        self._session.complain(trouble)
        self._session.remark("scan_postponed", waiting=waiting)

    def profile_wanted(self, wanted: str, *, present: str, is_followed: bool) -> None:
        """A separator asks for another profile."""
        key = "scan_profile_followed" if is_followed else "scan_other_profile"
        self._session.remark(key, wanted=wanted, profile=present)

    def finding(self, finding: Finding, judgement: PageJudgement) -> str:
        """What people call a finding."""
        values = {"other": judgement.same_as, "places": ", ".join(f"{x:.0f}" for x in judgement.streaks_mm)}
        return self._session.messages.say(f"scan_found_{finding.value}", **values)

    def trouble(self, run: Run, error: DeviceError) -> None:
        """What the device says, and which sheet to put back first."""
        self._session.complain(error)
        self._session.remark("scan_put_back", sheet=run.put_back)

    def count(self, count: SheetCount) -> None:
        """The sheets beside what was declared; says nothing where they agree or nobody counted."""
        if count.difference:
            key = "scan_sheets_missing" if count.difference < 0 else "scan_sheets_extra"
            self._session.remark(
                key, arrived=count.arrived, declared=count.declared, difference=abs(count.difference)
            )
