"""The desk wired from an application: what its screens stand on."""

from __future__ import annotations

from dossiers.local_time import day_in_vietnam
from reception.services import DeskServices
from sohoa.bootstrap import Application, make_reader
from sohoa.clock import utc_now
from sohoa.office import Office
from sohoa.page_pictures import PagePictureMaker


def make_desk(application: Application, office: Office) -> DeskServices:
    """Hands the desk its use cases; what it starts ends with the application."""
    settings = application.settings
    pictures = PagePictureMaker(
        records=application.records,
        originals=application.originals,
        derivatives=application.derivatives,
        reader=make_reader(settings),
    )
    application.closing.callback(pictures.close)
    today = day_in_vietnam(utc_now())
    return DeskServices(
        language=settings.language,
        agency=settings.agency,
        agency_name=office.agencies.on(settings.agency, today).name,
        counter=settings.counter,
        clock=utc_now,
        records=application.records,
        originals=application.originals,
        derivatives=application.derivatives,
        catalogue=application.catalogue,
        retrieval=application.retrieval,
        review=application.review,
        vault=application.vault,
        reuse=application.reuse,
        pictures=pictures,
    )
