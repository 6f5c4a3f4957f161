"""A dossier of one read page in real stores, without recognition: invented people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from PIL import Image

from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.page import Page, PageState, ReceivedFile, derived_id
from dossiers.reading import Box, Classification, CopyKind, FieldValue, Outcome, PageReading, Source
from pipeline.codec import encode_result
from pipeline.geometry import Placement
from pipeline.page_result import PageResult
from pipeline.text import Block, Line, PageText, Word
from sohoa.bootstrap import Application
from sohoa.clock import utc_now

NUMBER = "003190000001"
FIELDS = (
    FieldValue(
        name="person_name",
        raw="Nguyên Thị Hoà",
        value="Nguyên Thị Hoà",
        box=Box(left=200, top=300, right=520, bottom=340),
        confidence=0.6,
        source=Source.OCR,
        alternatives=("Nguyễn Thị Hoà",),
    ),
    FieldValue(
        name="birth_date",
        raw="01/02/1990",
        value="1990-02-01",
        box=Box(left=200, top=400, right=420, bottom=440),
        confidence=0.99,
        source=Source.OCR,
    ),
    FieldValue(
        name="personal_number",
        raw=NUMBER,
        value=NUMBER,
        box=None,
        confidence=1.0,
        source=Source.QR,
    ),
)


def add_read_dossier(
    application: Application,
    number: int = 1,
    *,
    fields: Sequence[FieldValue] = FIELDS,
    text: str = "GIẤY KHAI SINH\nHọ và tên: Nguyên Thị Hoà",
    name: str = "giay.jpg",
    agency: str = "H29.119",
    opened_at: datetime | None = None,
) -> Document:
    """Returns the one proposed document of a dossier of one page."""
    dossier_id, moment = f"d{number}", opened_at or utc_now()
    picture = BytesIO()
    Image.new("RGB", (800, 1000), (250, 250, 245 - number % 100)).save(picture, "JPEG")
    original = application.originals.put_once(picture.getvalue())
    reading = _reading(fields, text)
    key = application.derivatives.put_once(encode_result(_result(reading, text)))
    page = Page(
        page_id=f"p{number}",
        dossier_id=dossier_id,
        file_id=f"f{number}",
        original_key=original,
        index=0,
        number=1,
    )
    document = Document(
        document_id=derived_id(dossier_id, "giay_khai_sinh", page.page_id),
        dossier_id=dossier_id,
        ordinal=1,
        type_id="giay_khai_sinh",
        page_ids=(page.page_id,),
        confidence=0.9,
        evidence="GIẤY KHAI SINH",
        copy_kind=CopyKind.ORIGINAL,
        fields=tuple(fields),
        issues=(),
    )
    dossier = Dossier(
        dossier_id=dossier_id,
        code=f"{agency}-261128-{number:04}",
        intake_key=dossier_id,
        procedure_code="1.001193",
        citizen_number=NUMBER,
        title="Đăng ký khai sinh",
        opened_at=moment,
    )
    file = ReceivedFile(
        file_id=f"f{number}",
        dossier_id=dossier_id,
        receipt_key="r",
        name=name,
        original_key=original,
        media_type="image/jpeg",
        byte_count=len(picture.getvalue()),
        page_count=1,
        flags=(),
        received_at=moment,
    )
    _put(application, dossier, file, page, reading, key, document)
    return document


def _put(
    application: Application,
    dossier: Dossier,
    file: ReceivedFile,
    page: Page,
    reading: PageReading,
    key: str,
    document: Document,
) -> None:
    with application.records.transaction() as work:
        work.dossiers.add(dossier)
        work.dossiers.add_file(file)
        work.pages.add(page)
        work.pages.add_reading(page.page_id, "effect", reading, key)
        work.search.index_page(page, reading.text)
        work.pages.save(page.moved(PageState.READ))
        read = work.pages.get(page.page_id)
        work.pages.save(read.moved(PageState.FILED, document.document_id))
        work.documents.replace_proposed(dossier.dossier_id, [document])


def _reading(fields: Sequence[FieldValue], text: str) -> PageReading:
    return PageReading(
        outcome=Outcome.READ,
        classification=Classification(
            type_id="giay_khai_sinh", confidence=0.9, evidence="GIẤY KHAI SINH", is_first_page=True
        ),
        fields=tuple(fields),
        text=text,
        page_number=None,
        rotated_degrees=0,
        skew_degrees=0.0,
        confidence=0.9,
        has_seal=False,
        issues=(),
        engine="test",
        pipeline_version="1",
        seconds=0.0,
    )


def _result(reading: PageReading, text: str) -> PageResult:
    lines = []
    for row, line in enumerate(text.splitlines()):
        words = [
            Word(text=word, box=_box(row, column), confidence=0.9) for column, word in enumerate(line.split())
        ]
        box = Box(left=0, top=100 * row, right=800, bottom=100 * row + 40)
        lines.append(Line(words=tuple(words), box=box))
    whole = Box(left=0, top=0, right=800, bottom=1000)
    return PageResult(
        reading=reading,
        text=PageText(width=800, height=1000, dpi=150.0, blocks=(Block(lines=tuple(lines), box=whole),)),
        placement=Placement(
            original_width=800,
            original_height=1000,
            width=800,
            height=1000,
            dpi=150.0,
            rotated_degrees=0,
            skew_degrees=0.0,
            to_original=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
        ),
    )


def _box(row: int, column: int) -> Box:
    return Box(left=10 + 90 * column, top=100 * row, right=90 + 90 * column, bottom=100 * row + 40)
