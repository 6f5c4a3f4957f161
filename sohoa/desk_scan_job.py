"""One scan of the desk: it feeds, waits for a hand where the device needs one, and goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

from dossiers.errors import InputError, SohoaError
from reception.intake.ports import ScanStage, ScanState
from scanners.driver import Scanner, Unreadable
from scanners.judgement.finding import PageJudgement
from scanners.session import ArrivedPage, ScanSession
from scanners.spool import Spool, SpooledSession
from sohoa.bootstrap import Application
from sohoa.scanning import OpenSession, at_work, needs_a_hand, note_use

_log = logging.getLogger(__name__)


class DeskScanJob:
    """Runs one session of the spool from the first sheet to the last.

    Args:
        application: the centre.
        spool: the spool of this desk.
        plan: the session.
        open_scanner: opens the device; called in the thread of the job.
        label: what people call the device until it is open.
        is_resumed: whether the session is in the spool already and its papers were put back.
    """

    def __init__(
        self,
        application: Application,
        spool: Spool,
        plan: ScanSession,
        open_scanner: Callable[[], Scanner],
        label: str,
        *,
        is_resumed: bool = False,
    ) -> None:
        self._is_resumed = is_resumed
        self._application = application
        self._spool = spool
        self._plan = plan
        self._open_scanner = open_scanner
        self._state = ScanState(stage=ScanStage.SCANNING, device=label)
        self._lock = threading.Lock()
        self._hand = threading.Event()
        self._is_ending = False
        self._scanner: Scanner | None = None
        self._over = threading.Event()

    @property
    def state(self) -> ScanState:
        """How far it is."""
        with self._lock:
            return self._state

    @property
    def plan(self) -> ScanSession:
        """The session."""
        return self._plan

    @property
    def is_running(self) -> bool:
        """Whether it holds the device."""
        return not self._over.is_set()

    def go_on(self) -> None:
        """The papers were put right."""
        if self.state.stage is ScanStage.STOPPED:
            self._tell(stage=ScanStage.SCANNING, trouble=None, put_back=0)
            self._hand.set()

    def end(self) -> None:
        """No more pages are wanted."""
        self._is_ending = True
        if self._scanner is not None:
            self._scanner.cancel()
        self._hand.set()

    def join(self) -> None:
        """Waits until it is over."""
        self._over.wait()

    def arrived(self, page: ArrivedPage, judgement: PageJudgement) -> None:
        """A page is durable and judged; what was found stays with it."""
        del page, judgement
        self._tell(pages=self.state.pages + 1)

    def unreadable(self, item: Unreadable) -> None:
        """The source could not give an item."""
        self._tell(trouble=InputError(item.reason))

    def refused(self, page: ArrivedPage, refusal: InputError) -> None:
        """The centre refused a page; it keeps the bytes apart."""
        del page
        self._tell(trouble=refusal)

    def profile_wanted(self, wanted: str, *, present: str, is_followed: bool) -> None:
        """A separator asks for another profile: at the counter no sheet separates."""

    def postponed(self, trouble: SohoaError, waiting: int) -> None:
        """The centre does not answer; pages wait in the spool."""
        self._tell(trouble=trouble, waiting=waiting)

    def run(self) -> None:
        """Does all of it; for a thread that lives as long as the desk, see ``DeskScanning``."""
        try:
            self._scanner = self._open_scanner()
            self._tell(device=self._scanner.info.label)
            with self._session() as spooled, at_work(spooled, self._application, self) as work:
                if self._is_resumed:
                    self._tell(pages=len(spooled.pages()))
                self._feed(work, self._scanner)
        except SohoaError as error:
            _log.warning("scan ended: %s", error.code)
            self._tell(stage=ScanStage.FAILED, trouble=error)
        except Exception:  # noqa: BLE001 - the last handler of the thread: the desk must not show it as running
            _log.exception("scan ended by an unforeseen error")
            self._tell(stage=ScanStage.FAILED)
        finally:
            if self._scanner is not None:
                self._scanner.close()
            self._over.set()

    def note_sent(self) -> None:
        """The centre has what waited when the scan was over."""
        if self.state.stage is ScanStage.DONE and self.state.waiting:
            self._tell(waiting=0)

    def _session(self) -> AbstractContextManager[SpooledSession]:
        return self._spool.open(self._plan.session_id) if self._is_resumed else self._spool.start(self._plan)

    def _feed(self, work: OpenSession, scanner: Scanner) -> None:
        only_sheet = 1 if self._plan.replaces_page_id else None
        while not self._is_ending:
            run = work.station.run(scanner, only_sheet=only_sheet)
            note_use(self._application, self._plan, run)
            if run.trouble is None or self._is_ending:
                break
            if not needs_a_hand(run):
                work.station.finish()  # what arrived is all there will be
                raise run.trouble
            self._hand.clear()
            self._tell(stage=ScanStage.STOPPED, trouble=run.trouble, put_back=run.put_back)
            self._hand.wait()
        difference = work.station.count().difference
        is_done = work.station.finish()
        self._tell(
            stage=ScanStage.DONE,
            difference=0 if only_sheet else difference,
            waiting=0 if is_done else max(1, self.state.waiting),
        )

    def _tell(self, **changes: object) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]  # fields of ScanState
