"""Hands the pages of a batch on, each to the dossier that separator sheets give it.

Rule: a dossier is handed on when the next one has begun, or at the end: until then a separator may still say
more about it. Its pages are durable in the spool meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dossiers.dossier import Dossier
from dossiers.errors import InputError, ResourceError
from dossiers.intake import RawFile
from scanners.judgement.finding import PageJudgement
from scanners.judgement.note import kept_judgement
from scanners.session import ArrivedPage, present_pages
from scanners.spool import Sent, SpooledSession
from scanners.station_delivery import Centre
from scanners.station_routing import BatchDossier, BatchPlan, Route, plan_batch
from scanners.station_watching import StationWatcher

#: A separator names a dossier that is not on record: its pages are in a dossier of their own.
UNKNOWN_DOSSIER: Final = "SEPARATOR_UNKNOWN_DOSSIER"
#: A separator asked for another profile than the one that the page was scanned with.
OTHER_PROFILE: Final = "SEPARATOR_OTHER_PROFILE"
#: Why a page is set aside whose sheet was fed again before its dossier was complete.
REPLACED: Final = "REPLACED"
#: Every so-many-th page the stream is looked at for dossiers that are complete.
_LOOK_EVERY: Final = 10


class BatchDelivery:
    """Hands the pages of one batch on; see ``Delivery`` for the arguments."""

    def __init__(self, spooled: SpooledSession, centre: Centre | None, watcher: StationWatcher) -> None:
        self._spooled = spooled
        self._centre = centre
        self._watcher = watcher
        self._dossiers: dict[int, tuple[Dossier, bool]] = {}
        self._is_away = False
        self._calls = 0

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """Those that the centre opened or found, in the order of the batch."""
        return tuple(self._dossiers[key][0] for key in sorted(self._dossiers))

    def deliver(self, *, is_ended: bool) -> None:
        """Hands on the dossiers that are complete; a centre that does not answer is told, once."""
        self._calls += 1
        if self._centre is None or not (is_ended or self._calls % _LOOK_EVERY == 0):
            return
        try:
            self._deliver(self._centre, is_ended=is_ended)
            self._is_away = False
        except ResourceError as trouble:
            if not self._is_away:
                waiting = sum(self._spooled.sent(page) is None for page in self._spooled.pages())
                self._watcher.postponed(trouble, waiting)
            self._is_away = True

    def _deliver(self, centre: Centre, *, is_ended: bool) -> None:
        present = present_pages(self._spooled.pages())
        judgements = {page.sequence: self._judgement(page) for page in present}
        plan = plan_batch(present, judgements)
        last = len(plan.dossiers)
        if not is_ended:
            # The device is ahead: a page that is not judged yet may turn out to be a separator.
            unjudged = [page for page in present if self._spooled.noted(page) is None]
            last = min([last - 1, *(plan.routes[page.sequence].dossier for page in unjudged)])
        for page in present:
            route = plan.routes[page.sequence]
            if route.dossier < last and self._spooled.sent(page) is None:
                self._hand_on(centre, plan, page, route, judgements[page.sequence])
        self._keep_replaced(centre, plan, last)

    def _keep_replaced(self, centre: Centre, plan: BatchPlan, last: int) -> None:
        """A side that was scanned anew before its dossier was handed on is kept there, set aside."""
        pages = {page.sequence: page for page in self._spooled.pages()}
        for page in pages.values():
            old = pages.get(page.replaces or 0)
            if old is None or self._spooled.sent(old) is not None:
                continue
            route = plan.routes.get(page.sequence)
            if route is not None and route.dossier < last:
                aside = Route(dossier=route.dossier, set_aside=REPLACED)
                self._hand_on(centre, plan, old, aside, self._judgement(old))

    def _hand_on(
        self, centre: Centre, plan: BatchPlan, page: ArrivedPage, route: Route, judgement: PageJudgement
    ) -> None:
        session = self._spooled.session
        dossier, is_found = self._dossier(centre, plan.dossiers[route.dossier])
        flags = (*(finding.value for finding in judgement.findings), *route.flags)
        if route.profile not in ("", page.profile or session.profile):
            flags = (*flags, OTHER_PROFILE)
        raw = RawFile(
            name=page.name,
            content=self._spooled.content(page),
            priority=session.priority,
            receipt_key=session.receipt_key(page),
            flags=flags if is_found else (*flags, UNKNOWN_DOSSIER),
            set_aside=route.set_aside,
            named_type=route.named_type,
            opens_document=route.opens_document,
            replaces=self._replaced_id(dossier.dossier_id, page),
        )
        try:
            centre.receive_file(dossier.dossier_id, raw)
            sent = Sent(dossier_id=dossier.dossier_id)
        except InputError as refusal:
            self._watcher.refused(page, refusal)
            sent = Sent(dossier_id=dossier.dossier_id, refusal=refusal.code)
        self._spooled.mark_sent(page, sent)

    def _replaced_id(self, dossier_id: str, page: ArrivedPage) -> str | None:
        """Id of a page that the centre had before this one was scanned in its place."""
        old = next((each for each in self._spooled.pages() if each.sequence == page.replaces), None)
        sent = self._spooled.sent(old) if old is not None else None
        if old is None or sent is None or sent.refusal:
            return None
        return self._spooled.session.page_id(dossier_id, old)

    def _dossier(self, centre: Centre, wanted: BatchDossier) -> tuple[Dossier, bool]:
        """The dossier, and whether it is the one that was named."""
        if wanted.opened_by not in self._dossiers:
            self._dossiers[wanted.opened_by] = self._found_or_opened(centre, wanted)
        return self._dossiers[wanted.opened_by]

    def _found_or_opened(self, centre: Centre, wanted: BatchDossier) -> tuple[Dossier, bool]:
        opening = self._spooled.session.opening
        is_found = True
        if wanted.dossier_code:
            try:
                return centre.dossier_by_code(wanted.dossier_code), True
            except InputError:
                is_found = False
        own = replace(
            opening,
            intake_key=f"{opening.intake_key}:{wanted.opened_by}",
            procedure_code=wanted.procedure_code or opening.procedure_code,
            title=wanted.dossier_code or opening.title,
        )
        return centre.open_dossier(own), is_found

    def _judgement(self, page: ArrivedPage) -> PageJudgement:
        return kept_judgement(self._spooled.noted(page)) or PageJudgement()
