"""The confirm screen's use case wired from an application."""

from __future__ import annotations

from dossiers.dossier import Dossier
from dossiers.review_desk import ReviewDesk
from sohoa.bootstrap import Application
from sohoa.clock import utc_now
from sohoa.reuse_wiring import key_file
from storage.keys.number_index import open_number_index

#: In the setting ``second_check``: papers of every dossier are confirmed by two people.
EVERY = "all"


def make_review_desk(application: Application) -> ReviewDesk:
    """Wires confirming with claims, drafts and the second person's check."""
    settings, catalogue = application.settings, application.catalogue
    wanted = frozenset(settings.second_check)

    def needs_second(dossier: Dossier) -> bool:
        code = dossier.procedure_code
        return EVERY in wanted or (code is not None and not wanted.isdisjoint(catalogue.related(code)))

    return ReviewDesk(
        records=application.records,
        review=application.review,
        index=open_number_index(key_file(settings)),
        needs_second=needs_second,
        clock=utc_now,
    )
