"""From the spool to the centre, in order, each page once; a centre that is away is tried again later."""

from __future__ import annotations

from typing import Final, Protocol

from dossiers.dossier import Dossier
from dossiers.errors import InputError, ResourceError, SohoaError
from dossiers.intake import RawFile, Receipt
from dossiers.opening import Opening
from scanners.id_card.glass import CardGlass, Glass
from scanners.judgement.note import kept_judgement
from scanners.session import ArrivedPage
from scanners.spool import Sent, SpooledSession
from scanners.station_watching import StationWatcher

#: While the centre is away it is tried again with every so-many-th page only, so that the feeder keeps going.
_TRY_EVERY: Final = 8


class Centre(Protocol):
    """Where pages go; every call may raise ``ResourceError`` while it is away, and may be repeated."""

    def open_dossier(self, opening: Opening) -> Dossier:
        """Opens a dossier, or returns the one that was opened with the same intake key."""
        ...

    def dossier_by_code(self, code: str) -> Dossier:
        """Returns a dossier.

        Raises:
            InputError: there is none with this code.
        """
        ...

    def receive_file(self, dossier_id: str, raw: RawFile) -> Receipt:
        """Takes in a page.

        Raises:
            InputError: it is refused; the centre keeps its bytes apart.
        """
        ...


class Delivery:
    """Hands the pages of one session on.

    Args:
        spooled: the session.
        centre: where they go; ``None`` while it is known to be away.
        watcher: told of refusals and of a centre that is away.
        cards: finds the sides of cards, for a session that scans them.
    """

    def __init__(
        self,
        spooled: SpooledSession,
        centre: Centre | None,
        watcher: StationWatcher,
        cards: CardGlass | None = None,
    ) -> None:
        self._cards = cards
        self._spooled = spooled
        self._centre = centre
        self._watcher = watcher
        self._dossier: Dossier | None = None
        self._is_away = False
        self._calls = 0

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """The dossier, once the centre opened it."""
        return (self._dossier,) if self._dossier is not None else ()

    def deliver(self, *, is_ended: bool) -> None:
        """Hands on what waits; a centre that does not answer is told to the watcher, once.

        Args:
            is_ended: no page will come any more; try again now, however often the centre failed.
        """
        self._calls += 1
        if self._centre is None or (self._is_away and not is_ended and self._calls % _TRY_EVERY):
            return
        try:
            self._deliver(self._centre, is_ended=is_ended)
            self._is_away = False
        except ResourceError as trouble:
            self._postpone(trouble)

    def _deliver(self, centre: Centre, *, is_ended: bool) -> None:
        for page in self._waiting():
            if not is_ended and self._spooled.noted(page) is None:
                return  # the device is ahead: this page came meanwhile and is judged next
            dossier = self._dossier = self._dossier or self._open(centre)
            self._hand_on(centre, dossier, page)

    def _open(self, centre: Centre) -> Dossier:
        session = self._spooled.session
        if session.dossier_code:
            return centre.dossier_by_code(session.dossier_code)
        return centre.open_dossier(session.opening)

    def _hand_on(self, centre: Centre, dossier: Dossier, page: ArrivedPage) -> None:
        session = self._spooled.session
        content, replaces = self._spooled.content(page), self._replaced_id(dossier.dossier_id, page)
        glass = self._cards.look(content) if self._cards is not None and session.is_card else Glass()
        raw = RawFile(
            name=page.name,
            content=content,
            priority=session.priority,
            receipt_key=session.receipt_key(page),
            flags=(*self._flags(page), *glass.flags),
            replaces=replaces,
            rescanned_by=session.asked_by if session.replaces_page_id and page.replaces is None else None,
            regions=glass.regions,
        )
        try:
            centre.receive_file(dossier.dossier_id, raw)
        except InputError as refusal:
            self._watcher.refused(page, refusal)
            self._spooled.mark_sent(page, Sent(dossier_id=dossier.dossier_id, refusal=refusal.code))
            return
        self._spooled.mark_sent(page, Sent(dossier_id=dossier.dossier_id))

    def _replaced_id(self, dossier_id: str, page: ArrivedPage) -> str | None:
        """Id of the page that this one replaces; ``None`` where the centre had refused that one."""
        session = self._spooled.session
        if page.replaces is None:
            return session.replaces_page_id or None
        old = next(each for each in self._spooled.pages() if each.sequence == page.replaces)
        sent = self._spooled.sent(old)
        return session.page_id(dossier_id, old) if sent and not sent.refusal else None

    def _flags(self, page: ArrivedPage) -> tuple[str, ...]:
        judgement = kept_judgement(self._spooled.noted(page))
        return tuple(finding.value for finding in judgement.findings) if judgement else ()

    def _waiting(self) -> list[ArrivedPage]:
        return [page for page in self._spooled.pages() if self._spooled.sent(page) is None]

    def _postpone(self, trouble: SohoaError) -> None:
        if not self._is_away:
            self._watcher.postponed(trouble, len(self._waiting()))
        self._is_away = True
