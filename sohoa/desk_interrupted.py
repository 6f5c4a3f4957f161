"""Scanning sessions of the desk that a kill or a power cut left open: handed on, then they wait for a hand.

Sessions of ``sohoa scan`` that open a dossier of their own, and batches, are left to that command.
"""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.errors import InputError, ResourceError, SohoaError
from reception.intake.ports import ScanStage, ScanState
from scanners.driver import Unreadable
from scanners.judgement.finding import PageJudgement
from scanners.session import ArrivedPage, ScanSession
from scanners.spool import Spool
from sohoa.bootstrap import Application
from sohoa.scanning import at_work


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """A session that waits for a person, and what the screen of its dossier says of it."""

    session: ScanSession
    state: ScanState


class Unwatched:
    """Watches a session whose screen is not there."""

    def arrived(self, page: ArrivedPage, judgement: PageJudgement) -> None:
        """The records tell."""

    def unreadable(self, item: Unreadable) -> None:
        """No device is at work."""

    def refused(self, page: ArrivedPage, refusal: InputError) -> None:
        """The centre keeps it apart."""

    def postponed(self, trouble: SohoaError, waiting: int) -> None:
        """The spool keeps them."""

    def profile_wanted(self, wanted: str, *, present: str, is_followed: bool) -> None:
        """At the counter no sheet separates."""


def take_up(spool: Spool, application: Application, session_id: str) -> Interrupted | None:
    """Hands on what a session left behind holds.

    A session that had ended, one that no page of had arrived, and one that scanned a single page anew need
    nobody: they are closed.

    Returns:
        The session, where a person must put papers back; else ``None``.

    Raises:
        SohoaError: it cannot be opened, or another program has it.
    """
    with spool.open(session_id) as spooled:
        session = spooled.session
        if session.is_batch or not session.dossier_code:
            return None
        with at_work(spooled, application, Unwatched()) as work:
            if spooled.is_ended or session.replaces_page_id or not spooled.pages():
                work.station.finish()
                return None
            work.station.catch_up()
            state = ScanState(
                stage=ScanStage.STOPPED,
                pages=len(spooled.pages()),
                put_back=work.station.next_sheet(),
                trouble=scan_interrupted(),
            )
    return Interrupted(session=session, state=state)


def close_session(spool: Spool, application: Application, session_id: str) -> None:
    """Ends a session for which no paper will be put back; its pages stay.

    Raises:
        SohoaError: it cannot be opened.
    """
    with spool.open(session_id) as spooled, at_work(spooled, application, Unwatched()) as work:
        work.station.finish()


def scan_interrupted() -> ResourceError:
    """What the screen says of such a session."""
    return ResourceError(
        "SCAN_INTERRUPTED",
        vi="Quầy đã khởi động lại khi đang quét; các trang trước đó đã được giữ.",
        en="The desk was started anew during the scan; the pages before it are kept.",
    )
