"""An office whose every text is an attack: in real stores, without recognition. Nobody in it exists."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import uvicorn
from PIL import Image

from dossiers.account_desk import NewAccount
from dossiers.case import Case, CaseClock, CaseStep, Channel, Parties, Party, Places, SupplementRequest
from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.events import Event, EventKind
from dossiers.form_template import FormId
from dossiers.page import Page, PageState, ReceivedFile, Refusal
from dossiers.permissions import Permission, Role
from dossiers.ports import UnitOfWork
from dossiers.reading import Box, Classification, CopyKind, FieldValue, Outcome, PageReading, Source
from dossiers.reports.report_week import ReportWeek
from dossiers.reports.weekly import Written
from dossiers.result import IssuedResult
from dossiers.saved_search import SavedSearch
from dossiers.scanner_use import ScannerUse
from dossiers.slot import Slot, SlotRule
from dossiers.steward import Steward
from dossiers.tasks import Priority, Task, TaskKind
from pipeline.codec import encode_result
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.text import Block, Line, PageText, Word
from reception.auth.protection import make_protected_app
from reception.services import DeskServices
from sohoa.bootstrap import Application, bootstrap
from sohoa.clock import utc_now
from sohoa.desk_server import address_of, bind
from sohoa.desk_wiring import make_desk
from sohoa.office import Office, make_office
from sohoa.settings import Settings

AGENCY = "H29.119"
NUMBER = "003190000001"
PASSWORD = "con mèo ngủ trên mái nhà"
PROCEDURE = "1.999999"
CODE = f"{AGENCY}-261128-0001"
#: What runs calls this; templates and expressions would become this product.
TRAP, PRODUCT = "__hit", "1370974"
#: Text of ordinary letters in every attack, to see that it is shown.
SIGN = "TAN CONG"
HTML = (
    f"{SIGN} <script>{TRAP}(1)</script>\"'><img src=/x onerror={TRAP}(2)><svg/onload={TRAP}(3)>"
    f'<a href="javascript:{TRAP}(4)" onfocus={TRAP}(5) autofocus>x</a>'
    "{{1234*1111}}${1234*1111}{%print(1234*1111)%}<%=1234*1111%>\u202egpj.exe"
)
#: In every field that goes into a table: programs for tables take these for commands.
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-1+cmd|' /C calc'!A0",
)
#: For fields that must be one line of words.
NAME = f'=cmd|calc {SIGN} "><img src=/x onerror={TRAP}(6)> <script>{TRAP}(7)</script>'
_WHOLE = Box(left=0, top=0, right=800, bottom=1000)


@dataclass(frozen=True)
class HostileOffice:
    """The office, served."""

    url: str
    services: DeskServices
    application: Application
    receipt: str
    week: str


@contextmanager
def hostile_office(folder: Path) -> Iterator[HostileOffice]:
    """Makes it and serves it from a thread until the block ends."""
    _write_files(folder)
    settings = Settings(data_dir=folder, agency=AGENCY, counter=NAME, workers=1)
    with bootstrap(settings) as application:
        _import_procedure(application)
    with bootstrap(settings) as application, bind("127.0.0.1", 0) as listening:
        office = make_office(application)
        services = make_desk(application, office)
        receipt = _fill(application, office, services)
        app = make_protected_app(services)
        config = uvicorn.Config(app, log_config=None, access_log=False)  # type: ignore[arg-type]
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: server.run(sockets=[listening]), name="hostile-desk")
        thread.start()
        try:
            week = str(ReportWeek.at(utc_now()))
            yield HostileOffice(address_of(listening).rstrip("/"), services, application, receipt, week)
        finally:
            server.should_exit = True
            thread.join(60)


def _write_files(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    quoted = f"'''{HTML}'''"
    (folder / "agencies.toml").write_text(
        f'[[agency]]\ncode = "{AGENCY}"\nname = {quoted}\nparent_name = {quoted}\nplace = {quoted}\n'
        f"address = {quoted}\n",
        encoding="utf-8",
    )
    (folder / "counters.toml").write_text(
        f"[[counter]]\nagency = '{AGENCY}'\nname = '''{NAME}'''\nscanner = {quoted}\n", encoding="utf-8"
    )
    (folder / "profiles.toml").write_text(
        f"[hostile]\nvi = {quoted}\nen = {quoted}\nsource = 'flatbed'\nmode = 'colour'\ndpi = 300\n"
        f"counters = [{quoted}]\n",
        encoding="utf-8",
    )


def _import_procedure(application: Application) -> None:
    administration = make_desk(application, make_office(application)).administration
    quoted = '"' + HTML.replace('"', '""') + '"'
    table = (
        "code,name,field,fee,time_text,effective_from,component_key,component_name,policy\n"
        f"{PROCEDURE},{quoted},{quoted},{quoted},{quoted},2020-01-01,to_khai,{quoted},digitize\n"
    )
    offered = administration.offer("danh-sach.csv", table.encode())
    administration.keep(offered.token, f"{NAME}.csv", NAME)


def _fill(application: Application, office: Office, services: DeskServices) -> str:
    for name, role, grants in (
        ("canbo", Role.CLERK, {Permission.BATCH, Permission.REPORT_READ, Permission.ORIGINAL_READ}),
        ("truong", Role.MANAGER, set[Permission]()),
        ("quantri", Role.ADMINISTRATOR, set[Permission]()),
    ):
        new = NewAccount(name=name, shown_name=NAME, role=role, branch=AGENCY, grants=frozenset(grants))
        services.accounts.create(new, PASSWORD, by=Steward.of_computer(NAME))
    clerk = services.accounts.get("canbo", Steward.of_computer(NAME)).account_id
    for number in (1, 2):
        _dossier(application, number)
    _around(application, clerk)
    services.tickets.take(AGENCY)
    services.tickets.call_next(AGENCY, NAME)
    services.tickets.take(AGENCY)
    week = ReportWeek.at(utc_now())
    services.weekly.draft(AGENCY, week, NAME)
    services.weekly.write(
        AGENCY, week, Written(deployment=HTML, difficulties=FORMULAS[1], proposals=FORMULAS[0])
    )
    with application.records.transaction() as work:
        dossier_id = work.dossiers.by_code(CODE).dossier_id  # type: ignore[union-attr]
    return application.derivatives.put_once(office.print_form(dossier_id, FormId.RECEIPT))


def _dossier(application: Application, number: int) -> None:
    """A dossier of two pages in one document, one of them given up, and a refused file."""
    dossier_id, now = f"d{number}", utc_now() - timedelta(hours=number)
    picture = BytesIO()
    Image.new("RGB", (800, 1000), (250, 250, 240 - number)).save(picture, "JPEG")
    original = application.originals.put_once(picture.getvalue())
    reading = _reading()
    artefact = application.derivatives.put_once(encode_result(_result(reading)))
    dossier = Dossier(
        dossier_id=dossier_id,
        code=f"{AGENCY}-261128-{number:04}",
        intake_key=dossier_id,
        procedure_code=PROCEDURE,
        citizen_number=NUMBER,
        title=HTML,
        opened_at=now,
    )
    file = _file(number, original, now)
    pages = [
        Page(
            page_id=f"p{number}{index}",
            dossier_id=dossier_id,
            file_id=file.file_id,
            original_key=original,
            index=index,
            number=index + 1,
        )
        for index in range(2)
    ]
    document = _document(number, pages[0].page_id, reading)
    pdf = application.derivatives.put_once(b"%PDF-1.7 " + HTML.encode())
    with application.records.transaction() as work:
        work.dossiers.add(dossier)
        work.dossiers.add_file(file)
        for page in pages:
            work.pages.add(page)
        work.pages.add_reading(pages[0].page_id, "effect", reading, artefact)
        work.search.index_page(pages[0], reading.text)
        work.pages.save(pages[0].moved(PageState.READ))
        work.pages.save(work.pages.get(pages[0].page_id).moved(PageState.FILED, document.document_id))
        work.pages.save(work.pages.get(pages[1].page_id).moved(PageState.QUARANTINED))
        work.documents.replace_proposed(dossier_id, [document])
        work.documents.set_pdf(document.document_id, pdf)
        work.dossiers.set_slots(dossier_id, [_slot(document.document_id), _slot(None)])
        refusal = Refusal(
            dossier_id=dossier_id, receipt_key="x", name=HTML, code="DAMAGED", object_key=None, refused_at=now
        )
        work.dossiers.add_refusal(refusal)
        _case_of(work, dossier, pages[1].page_id, document.document_id)


def _file(number: int, original: str, now: datetime) -> ReceivedFile:
    return ReceivedFile(
        file_id=f"f{number}",
        dossier_id=f"d{number}",
        receipt_key="r",
        name=f"{NAME}.jpg",
        original_key=original,
        media_type="image/jpeg",
        byte_count=1000,
        page_count=2,
        flags=("BLURRED", "STREAK"),
        received_at=now,
    )


def _document(number: int, page_id: str, reading: PageReading) -> Document:
    return Document(
        document_id=f"c{number}",
        dossier_id=f"d{number}",
        ordinal=1,
        type_id="giay_khai_sinh",
        page_ids=(page_id,),
        confidence=0.9,
        evidence=HTML,
        copy_kind=CopyKind.ORIGINAL,
        fields=reading.fields,
        issues=(HTML, "LOW_RESOLUTION"),
    )


def _case_of(work: UnitOfWork, dossier: Dossier, stuck: str, document_id: str) -> None:
    """The case, its result, and why a page was given up."""
    told = Event(
        kind=EventKind.PAGE_QUARANTINED,
        dossier_id=dossier.dossier_id,
        subject_id=stuck,
        at=dossier.opened_at,
        detail=HTML,
    )
    work.events.append(told)
    work.cases.add(_case(dossier.dossier_id))
    work.cases.add_step(
        CaseStep(
            dossier_id=dossier.dossier_id,
            action="accept",
            from_state="",
            to_state="x",
            at=dossier.opened_at,
            by=NAME,
            reason=HTML,
        )
    )
    work.cases.put_supplement(
        SupplementRequest(
            dossier_id=dossier.dossier_id,
            number=1,
            items=(HTML, FORMULAS[0]),
            reason=HTML,
            requested_at=dossier.opened_at,
        )
    )
    work.results.add(
        IssuedResult(
            code=f"{dossier.code}-KQ(1)",
            dossier_id=dossier.dossier_id,
            number=1,
            name=HTML,
            type_id="giay_khai_sinh",
            document_id=document_id,
            national_code="",
            issued_on=date(2026, 11, 28),
            valid_until=None,
            recorded_at=dossier.opened_at,
            recorded_by=NAME,
        )
    )


def _around(application: Application, clerk: str) -> None:
    now = utc_now()
    with application.records.transaction() as work:
        work.saved_searches.put(SavedSearch(owner=clerk, name=HTML, asked="q=giay", saved_at=now))
        work.scanner_uses.add(
            ScannerUse(device=f"folder:{NAME}", profile=HTML, pages=3, trouble=HTML, ended_at=now)
        )
        work.tasks.add(
            Task(
                task_id="t1",
                kind=TaskKind.READ_PAGE,
                subject_id="p10",
                dossier_id="d1",
                priority=Priority.BATCH,
                due_at=now,
                branch=AGENCY,
            )
        )
        work.queue.pause(AGENCY, now)


def _slot(document_id: str | None) -> Slot:
    rule = SlotRule(
        key="to_khai" if document_id else "khac",
        name=HTML,
        accepts=("giay_khai_sinh",) if document_id else (),
        is_required=True,
        policy="digitize",
    )
    return Slot(rule=rule, document_id=document_id)


def _case(dossier_id: str) -> Case:
    owner = Party(name=NAME, identifier=NUMBER, address=HTML, phone=FORMULAS[2])
    return Case(
        dossier_id=dossier_id,
        variant="",
        channel=Channel.DIRECT,
        places=Places(receiving_point=AGENCY, competent_agency=AGENCY),
        parties=Parties(owner=owner, bearer=Party(name=HTML), authorisation=HTML),
        state="received",
        clock=CaseClock(),
    )


def _reading() -> PageReading:
    fields = tuple(
        FieldValue(
            name=name,
            raw=text,
            value=text,
            box=Box(left=200, top=300 + 60 * at, right=520, bottom=340 + 60 * at),
            confidence=0.5,
            source=Source.OCR,
            alternatives=(f"{HTML} khác", *FORMULAS),
        )
        for at, (name, text) in enumerate(
            (("person_name", NAME), ("birth_place", HTML), ("registration_number", FORMULAS[0]), (HTML, HTML))
        )
    )
    kind = Classification(type_id="giay_khai_sinh", confidence=0.9, evidence=HTML, is_first_page=True)
    lines = [HTML, "GIẤY KHAI SINH phường Thanh Xuân", *FORMULAS, NAME]
    return PageReading(
        outcome=Outcome.READ,
        classification=kind,
        fields=fields,
        text="\n".join(lines),
        page_number=None,
        rotated_degrees=0,
        skew_degrees=0.0,
        confidence=0.9,
        has_seal=False,
        issues=(HTML,),
        engine=HTML,
        pipeline_version="1",
        seconds=0.0,
    )


def _result(reading: PageReading) -> PageResult:
    lines = []
    for row, text in enumerate(reading.text.splitlines()):
        box = Box(left=0, top=100 * row, right=800, bottom=100 * row + 40)
        lines.append(
            Line(words=tuple(Word(text=each, box=box, confidence=0.3) for each in text.split()), box=box)
        )
    placement = Placement(
        original_width=800,
        original_height=1000,
        width=800,
        height=1000,
        dpi=150.0,
        rotated_degrees=0,
        skew_degrees=0.0,
        to_original=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
    )
    block = Block(lines=tuple(lines), box=_WHOLE)
    return PageResult(
        reading=reading,
        text=PageText(width=800, height=1000, dpi=150.0, blocks=(block,)),
        placement=placement,
    )
