"""The desk wired from an application: what its screens stand on."""

from __future__ import annotations

from typing import Final

from classifiers.codes.card_payload import parse_card_payload
from dossiers.batch_desk import BatchDesk
from dossiers.local_time import day_in_vietnam
from dossiers.placing import Placing
from dossiers.retrying import Retrying
from pipeline.sheets.xlsx import write_xlsx
from reception.intake.ports import Card
from reception.services import DeskServices
from sohoa.account_wiring import make_account_desk, make_sign_in
from sohoa.bootstrap import Application, make_reader
from sohoa.calling import make_webhook_desk
from sohoa.clock import utc_now
from sohoa.desk_administration import DeskAdministration
from sohoa.desk_counter import OfficeCounter
from sohoa.desk_scanning import DeskScanning
from sohoa.field_names import CommandWords
from sohoa.office import Office
from sohoa.office_cases import OfficeCases
from sohoa.office_files import FolderOfficeFiles
from sohoa.page_layouts import StoredPageLayouts
from sohoa.page_pictures import PagePictureMaker
from sohoa.reporting import make_ticket_desk, make_weekly_desk
from sohoa.review_wiring import make_review_desk
from sohoa.training import make_learning
from sohoa.upload_spool import FolderUploadSpool


class QrCards:
    """Reads what a card reader types, or a card's QR code says."""

    def read(self, text: str) -> Card | None:
        """Returns what the line says; ``None`` where it is no card's."""
        said = parse_card_payload(text)
        if said is None:
            return None
        return Card(
            number=said.personal_number,
            old_number=said.old_number or "",
            name=said.person_name,
            birth_date=said.birth_date,
            residence=said.residence,
        )


#: Where pieces of files wait in the data folder.
UPLOADS: Final = "uploads"


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
    scanning = DeskScanning(application)
    application.closing.callback(scanning.close)
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
        arranging=application.arranging,
        learning=make_learning(application),
        placing=Placing(records=application.records, clock=utc_now),
        scanning=scanning,
        counter_desk=OfficeCounter(office),
        cases=OfficeCases(office),
        cards=QrCards(),
        intake=application.intake,
        results=office.results,
        uploads=FolderUploadSpool(settings.data_dir / UPLOADS, utc_now),
        sign_in=make_sign_in(application),
        accounts=make_account_desk(application),
        administration=DeskAdministration(application),
        files=FolderOfficeFiles(settings.data_dir, utc_now),
        names=CommandWords(),
        layouts=StoredPageLayouts(application.derivatives),
        review_desk=make_review_desk(application),
        weekly=make_weekly_desk(application),
        tickets=make_ticket_desk(application),
        retrying=Retrying(records=application.records, clock=utc_now),
        batches=BatchDesk(records=application.records, clock=utc_now),
        webhooks=make_webhook_desk(application),
        write_xlsx=write_xlsx,
    )
