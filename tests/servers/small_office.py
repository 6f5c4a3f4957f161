"""A small embedded office with invented records and objects, to be moved, checked and damaged."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dossiers.dossier import Dossier
from dossiers.page import Page, ReceivedFile, Refusal
from sohoa.bootstrap import RECORDS_FILE
from sohoa.reuse_wiring import key_file
from sohoa.settings import Settings
from sohoa.stores import open_stores
from storage.records.sqlite_store import open_sqlite

NOW = datetime(2025, 7, 1, 2, 0, 0, 123456, tzinfo=UTC)


def small_office(data_dir: Path, pages: int = 12) -> Settings:
    """Makes it: a dossier for each page, and a refused file."""
    settings = Settings(data_dir=data_dir, workers=1)
    data_dir.mkdir(parents=True, exist_ok=True)
    stores = open_stores(settings)
    records = open_sqlite(data_dir / RECORDS_FILE, key_file(settings))
    keys = [stores["originals"].put_once(b"page %d " % number * 300) for number in range(pages)]
    refused = stores["quarantine"].put_once(b"not a document")
    with records.transaction() as work:
        for number, key in enumerate(keys):
            dossier_id = f"d{number}"
            work.dossiers.add(_dossier(dossier_id))
            work.dossiers.add_file(_file(dossier_id, key))
            work.pages.add(_page(dossier_id, key))
        refusal = Refusal(
            dossier_id="d0",
            receipt_key="r2",
            name="thu.bin",
            code="UNSUPPORTED_TYPE",
            object_key=refused,
            refused_at=NOW,
        )
        work.dossiers.add_refusal(refusal)
    records.close()
    return settings


def _dossier(dossier_id: str) -> Dossier:
    return Dossier(
        dossier_id=dossier_id,
        code=f"H29.119-250701-{dossier_id}",
        intake_key=f"intake-{dossier_id}",
        procedure_code="1.001193",
        citizen_number="003090123456",
        title="Đăng ký khai sinh",
        opened_at=NOW,
    )


def _file(dossier_id: str, key: str) -> ReceivedFile:
    return ReceivedFile(
        file_id=f"f-{dossier_id}",
        dossier_id=dossier_id,
        receipt_key="r1",
        name="Tờ khai.pdf",
        original_key=key,
        media_type="application/pdf",
        byte_count=100,
        page_count=1,
        flags=(),
        received_at=NOW,
    )


def _page(dossier_id: str, key: str) -> Page:
    return Page(
        page_id=f"p-{dossier_id}",
        dossier_id=dossier_id,
        file_id=f"f-{dossier_id}",
        original_key=key,
        index=0,
        number=1,
    )
