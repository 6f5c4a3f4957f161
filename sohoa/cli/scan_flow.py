"""How one scanning session runs from the first sheet to its result, people in between."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from dossiers.dossier import Dossier
from dossiers.errors import DeviceError, RecordError
from dossiers.page import Page
from scanners.driver import Scanner
from scanners.session import ArrivedPage, ScanSession, present_pages
from scanners.spool import Spool, SpooledSession
from scanners.station_watching import Run, SheetCount
from sohoa.bootstrap import Application
from sohoa.cli.scan_view import ScanWatcher
from sohoa.cli.session import Session
from sohoa.digitization import wait_until_read
from sohoa.scanning import OpenSession, at_work, needs_a_hand, note_use, send_ended, spool_of

#: Exit code of a session that is done and still wants something of a person.
PARTIAL = 9


class ScanFlow:
    """One session of the command line.

    Args:
        session: words and consoles.
        application: the centre; ``None`` while it is away.
        may_ask: whether a person is there to press a key.
        reads: whether pages are read by this process too.
    """

    def __init__(
        self, session: Session, application: Application | None, *, may_ask: bool, reads: bool
    ) -> None:
        self._session = session
        self._application = application
        self._may_ask = may_ask and sys.stdin.isatty()
        self._reads = reads and application is not None
        self._watcher = ScanWatcher(session)
        self._dossier: Dossier | None = None
        self._count = SheetCount(arrived=0, declared=None)
        self._trouble: DeviceError | None = None
        self._put_back = 0
        self._plan: ScanSession | None = None
        self._is_done = False

    def send_waiting(self, spool: Spool) -> None:
        """Hands on the pages of sessions that ended while the centre was away."""
        if self._application is None:
            return
        sent = send_ended(spool, self._application, self._watcher)
        if sent:
            self._session.remark("scan_sent_later", sessions=sent)

    def start(self, plan: ScanSession, scanner: Scanner, spool: Spool) -> None:
        """Scans a new session."""
        with spool.start(plan) as spooled:
            self._run(spooled, scanner)

    def resume(self, session_id: str | None, open_device: Callable[[str], Scanner]) -> None:
        """Goes on with a session, the newest unless one is named.

        Raises:
            RecordError: ``NOT_FOUND``, none is open.
        """
        spool = spool_of(self._session.settings)
        known = spool.session_ids()
        if not known and session_id is None:
            raise RecordError(
                "NOT_FOUND",
                vi="Không có phiên quét nào đang dở.",
                en="no scanning session was left open",
            )
        with spool.open(session_id or known[-1]) as spooled:
            self._watcher.recall(spooled)
            if spooled.is_ended:
                self._run(spooled, None)
                return
            scanner = open_device(spooled.session.device)
            try:
                self._run(spooled, scanner)
            finally:
                scanner.close()

    def tell(self, *, as_json: bool) -> int:
        """Prints the result and returns the exit code."""
        if as_json:
            self._session.print_json(self._as_json())
        else:
            self._print()
        if self._trouble is not None:
            return self._trouble.exit_code
        return 0 if self._is_done and not self._count.difference and not self._rescans() else PARTIAL

    def _run(self, spooled: SpooledSession, scanner: Scanner | None) -> None:
        self._plan = spooled.session
        if self._reads and self._application is not None:
            self._application.workers.start()
        try:
            with at_work(spooled, self._application, self._watcher) as work:
                if scanner is None:
                    self._end(work)
                else:
                    self._feed_or_keep(work, scanner)
            self._read()
        finally:
            if self._reads and self._application is not None:
                self._application.workers.stop()

    def _feed_or_keep(self, work: OpenSession, scanner: Scanner) -> None:
        try:
            self._feed(work, scanner)
        except KeyboardInterrupt:
            scanner.cancel()
            self._session.remark("scan_kept_open", session=work.station.session.session_id)
            raise

    def _feed(self, work: OpenSession, scanner: Scanner) -> None:
        self._session.remark("scan_started", device=scanner.info.label, sheet=work.station.next_sheet())
        while True:
            run = work.station.run(scanner, only_sheet=1 if self._is_rescan() else None)
            note_use(self._application, work.station.session, run)
            if run.trouble is None:
                if work.station.count().difference < 0 and self._asked("scan_ask_more"):
                    continue
                break
            self._watcher.trouble(run, run.trouble)
            if not (needs_a_hand(run) and self._asked("scan_ask_go_on")):
                self._give_up(work, run)
                return
        self._ask_for_rescans(work, scanner)
        self._end(work)

    def _end(self, work: OpenSession) -> None:
        self._count = work.station.count()
        self._watcher.count(self._count)
        self._is_done = work.station.finish()
        self._dossier = work.delivery.dossier
        if not self._is_done:
            self._session.remark("scan_kept_open", session=work.station.session.session_id)

    def _give_up(self, work: OpenSession, run: Run) -> None:
        self._trouble, self._put_back = run.trouble, run.put_back
        self._count, self._dossier = work.station.count(), work.delivery.dossier
        self._session.remark("scan_kept_open", session=work.station.session.session_id)

    def _ask_for_rescans(self, work: OpenSession, scanner: Scanner) -> None:
        """Lets the clerk put single sheets in again while the citizen still stands there."""
        if not self._may_ask or self._is_rescan():
            return
        for sheet in sorted({page.sheet for page in self._rescans()}):
            if self._asked("scan_ask_rescan", sheet=sheet):
                run = work.station.run(scanner, only_sheet=sheet)
                note_use(self._application, work.station.session, run)
                if run.trouble is not None:
                    self._watcher.trouble(run, run.trouble)

    def _asked(self, key: str, **values: object) -> bool:
        question = self._session.messages.say(key, **values)
        return self._may_ask and click.confirm(question, default=True, err=True)

    def _read(self) -> None:
        if self._reads and self._application is not None and self._dossier is not None and self._is_done:
            self._session.remark("reading")
            wait_until_read(self._application, [self._dossier.dossier_id], lambda _: None)

    def _is_rescan(self) -> bool:
        return self._plan is not None and bool(self._plan.replaces_page_id)

    def _rescans(self) -> list[ArrivedPage]:
        """Pages in place that should be scanned anew."""
        present = present_pages(tuple(self._watcher.pages.values()))
        return [page for page in present if self._watcher.judgements[page.sequence].asks_for_rescan]

    def _number(self, page: ArrivedPage) -> int | None:
        """The number that a page has in its dossier; ``None`` while the centre does not have it."""
        if self._application is None or self._dossier is None or self._plan is None:
            return None
        page_id = self._plan.page_id(self._dossier.dossier_id, page)
        with self._application.records.transaction() as work:
            pages: dict[str, Page] = {p.page_id: p for p in work.pages.of_dossier(self._dossier.dossier_id)}
        return pages[page_id].number if page_id in pages else None

    def _print(self) -> None:
        present = present_pages(tuple(self._watcher.pages.values()))
        blank = sum(self._watcher.judgements[page.sequence].is_blank for page in present)
        self._session.out.print(
            self._session.messages.say(
                "scan_result",
                code=self._dossier.code if self._dossier else "–",
                pages=len(present),
                sheets=self._count.arrived,
                blank=blank,
            ),
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        for page in self._rescans():
            judgement = self._watcher.judgements[page.sequence]
            said = ", ".join(self._watcher.finding(each, judgement) for each in judgement.findings)
            number = self._number(page) or page.sequence
            self._session.remark("scan_rescan", number=number, sheet=page.sheet, found=said)

    def _as_json(self) -> dict[str, object]:
        present = present_pages(tuple(self._watcher.pages.values()))
        return {
            "session": self._plan.session_id if self._plan else None,
            "dossier": self._dossier.code if self._dossier else None,
            "done": self._is_done,
            "sheets": {"arrived": self._count.arrived, "declared": self._count.declared},
            "trouble": self._trouble.code if self._trouble else None,
            "put_back": self._put_back or None,
            "pages": [
                {
                    "sequence": page.sequence,
                    "number": self._number(page),
                    "sheet": page.sheet,
                    "side": page.side.value,
                    "sha256": page.sha256,
                    "findings": [each.value for each in self._watcher.judgements[page.sequence].findings],
                    "rescan": self._watcher.judgements[page.sequence].asks_for_rescan,
                    "refused": self._watcher.refusals.get(page.sequence),
                }
                for page in present
            ],
        }
