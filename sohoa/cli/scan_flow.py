"""How one scanning session runs from the first sheet to its result, people in between."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from dossiers.dossier import Dossier
from dossiers.errors import DeviceError, RecordError
from scanners.driver import Scanner
from scanners.session import ArrivedPage, ScanSession, present_pages
from scanners.spool import Spool, SpooledSession
from scanners.station_watching import Run, SheetCount
from sohoa.bootstrap import Application
from sohoa.cli.scan_view import ScanWatcher
from sohoa.cli.session import Session
from sohoa.digitization import wait_until_read
from sohoa.scanning import OpenSession, at_work, needs_a_hand, note_use, profiles_of, send_ended, spool_of

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
        self._dossiers: tuple[Dossier, ...] = ()
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
            profiles = profiles_of(self._session.settings)
            with at_work(spooled, self._application, self._watcher, profiles) as work:
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
        self._dossiers = work.delivery.dossiers
        if not self._is_done:
            self._session.remark("scan_kept_open", session=work.station.session.session_id)

    def _give_up(self, work: OpenSession, run: Run) -> None:
        self._trouble, self._put_back = run.trouble, run.put_back
        self._count, self._dossiers = work.station.count(), work.delivery.dossiers
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
        if self._reads and self._application is not None and self._dossiers and self._is_done:
            self._session.remark("reading")
            ids = [dossier.dossier_id for dossier in self._dossiers]
            wait_until_read(self._application, ids, lambda _: None)

    def _is_rescan(self) -> bool:
        return self._plan is not None and bool(self._plan.replaces_page_id)

    def _rescans(self) -> list[ArrivedPage]:
        """Pages in place that should be scanned anew."""
        present = present_pages(tuple(self._watcher.pages.values()))
        return [page for page in present if self._watcher.judgements[page.sequence].asks_for_rescan]

    def _places(self) -> dict[int, tuple[str, int]]:
        """Dossier code and page number of each page in place that the centre has, by sequence."""
        if self._application is None or self._plan is None:
            return {}
        with self._application.records.transaction() as work:
            numbers = {
                page.page_id: (dossier.code, page.number)
                for dossier in self._dossiers
                for page in work.pages.of_dossier(dossier.dossier_id)
            }
        plan = self._plan
        ids = {
            plan.page_id(dossier.dossier_id, page): page.sequence
            for dossier in self._dossiers
            for page in self._watcher.pages.values()
        }
        return {ids[page_id]: place for page_id, place in numbers.items() if page_id in ids}

    def _print(self) -> None:
        present = present_pages(tuple(self._watcher.pages.values()))
        blank = sum(self._watcher.judgements[page.sequence].is_blank for page in present)
        self._session.out.print(
            self._session.messages.say(
                "scan_result",
                code=", ".join(dossier.code for dossier in self._dossiers) or "–",
                pages=len(present),
                sheets=self._count.arrived,
                blank=blank,
            ),
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        places = self._places()
        for page in self._rescans():
            judgement = self._watcher.judgements[page.sequence]
            said = ", ".join(self._watcher.finding(each, judgement) for each in judgement.findings)
            number = places[page.sequence][1] if page.sequence in places else page.sequence
            self._session.remark("scan_rescan", number=number, sheet=page.sheet, found=said)

    def _as_json(self) -> dict[str, object]:
        present = present_pages(tuple(self._watcher.pages.values()))
        places = self._places()
        return {
            "session": self._plan.session_id if self._plan else None,
            "dossiers": [dossier.code for dossier in self._dossiers],
            "done": self._is_done,
            "sheets": {"arrived": self._count.arrived, "declared": self._count.declared},
            "trouble": self._trouble.code if self._trouble else None,
            "put_back": self._put_back or None,
            "pages": [
                {
                    "sequence": page.sequence,
                    "dossier": places.get(page.sequence, (None, None))[0],
                    "number": places.get(page.sequence, (None, None))[1],
                    "sheet": page.sheet,
                    "side": page.side.value,
                    "sha256": page.sha256,
                    "findings": [each.value for each in self._watcher.judgements[page.sequence].findings],
                    "separator": self._watcher.judgements[page.sequence].sheet.value or None,
                    "rescan": self._watcher.judgements[page.sequence].asks_for_rescan,
                    "refused": self._watcher.refusals.get(page.sequence),
                }
                for page in present
            ],
        }
