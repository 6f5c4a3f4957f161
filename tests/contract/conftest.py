"""Every adapter of a port behind one fixture, and invented records to put into it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy

import pytest

from dossiers.document import Document
from dossiers.dossier import Dossier
from dossiers.page import Page, ReceivedFile, derived_id
from dossiers.ports import ObjectStore, RecordStore, UnitOfWork
from dossiers.reading import Classification, CopyKind, FieldValue, Outcome, PageReading, Source
from dossiers.tasks import Priority, Task, TaskKind
from dossiers.testing import MemoryObjectStore, MemoryRecordStore
from storage.objects.filesystem import FilesystemObjectStore
from storage.records.postgres_store import open_postgres
from storage.records.sqlite_store import open_sqlite
from tests.servers.s3_servers import S3Server

NOW = datetime(2025, 7, 1, 2, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(params=["memory", "filesystem", "ministack", "rgw"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """Every object store; ``ministack`` is an emulator and quick, ``rgw`` is a real server and the proof."""
    if request.param == "memory":
        return MemoryObjectStore()
    if request.param == "filesystem":
        return FilesystemObjectStore(tmp_path / "objects")
    server: S3Server = request.getfixturevalue(f"{request.param}_server")
    return server.store()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and no rows; copying it is quicker than migrating for each test."""
    path = tmp_path_factory.mktemp("empty") / "records.sqlite3"
    open_sqlite(path).close()
    return path


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RecordStore]:
    store = _make_store(request, tmp_path)
    yield store
    store.close()


def _make_store(request: pytest.FixtureRequest, tmp_path: Path) -> RecordStore:
    """Asks for what an adapter needs only where it is meant: a server takes a second to start."""
    if request.param == "memory":
        return MemoryRecordStore()
    if request.param == "postgres":
        url: str = request.getfixturevalue("records_url")
        return open_postgres(url, tmp_path / "key")
    path = Path(copy(request.getfixturevalue("empty_database"), tmp_path / "records.sqlite3"))
    return open_sqlite(path)


@dataclass(frozen=True)
class Samples:
    """Makes invented records; everything derives from the dossier id."""

    now: datetime = NOW

    def dossier(self, dossier_id: str = "d1", **changes: object) -> Dossier:
        values: dict[str, object] = {
            "dossier_id": dossier_id,
            "code": f"H29.119-250701-{dossier_id}",
            "intake_key": f"intake-{dossier_id}",
            "procedure_code": "1.001193",
            "citizen_number": "003090123456",
            "title": "Đăng ký khai sinh",
            "opened_at": self.now,
        }
        return Dossier(**{**values, **changes})  # type: ignore[arg-type]

    def file(self, dossier_id: str = "d1", receipt_key: str = "r1", **changes: object) -> ReceivedFile:
        values: dict[str, object] = {
            "file_id": f"f-{dossier_id}-{receipt_key}",
            "dossier_id": dossier_id,
            "receipt_key": receipt_key,
            "name": "Tờ khai của bà Hoà.pdf",
            "original_key": "ab" * 32,
            "media_type": "application/pdf",
            "byte_count": 12345,
            "page_count": 3,
            "flags": ("REPAIRED",),
            "received_at": self.now,
        }
        return ReceivedFile(**{**values, **changes})  # type: ignore[arg-type]

    def page(self, number: int = 1, dossier_id: str = "d1", **changes: object) -> Page:
        values: dict[str, object] = {
            "page_id": f"p-{dossier_id}-{number}",
            "dossier_id": dossier_id,
            "file_id": f"f-{dossier_id}-r1",
            "original_key": "ab" * 32,
            "index": number - 1,
            "number": number,
        }
        return Page(**{**values, **changes})  # type: ignore[arg-type]

    def field(self, name: str, value: str | None, raw: str = "") -> FieldValue:
        return FieldValue(
            name=name, raw=raw or value or "", value=value, box=None, confidence=0.75, source=Source.OCR
        )

    def reading(self, text: str = "GIẤY KHAI SINH", **changes: object) -> PageReading:
        values: dict[str, object] = {
            "outcome": Outcome.READ,
            "classification": Classification(
                type_id="birth_certificate", confidence=0.9, evidence="GIẤY KHAI SINH", is_first_page=True
            ),
            "fields": (self.field("person_name", "Nguyễn Thị Hoà"), self.field("issue_date", None, "....")),
            "text": text,
            "page_number": None,
            "rotated_degrees": 90,
            "skew_degrees": -0.1,
            "confidence": 0.875,
            "has_seal": True,
            "issues": ("LOW_RESOLUTION",),
            "engine": "tesseract 5",
            "pipeline_version": "1",
            "seconds": 1.25,
        }
        return PageReading(**{**values, **changes})  # type: ignore[arg-type]

    def document(self, *numbers: int, dossier_id: str = "d1", **changes: object) -> Document:
        page_ids = tuple(f"p-{dossier_id}-{number}" for number in numbers)
        type_id = str(changes.get("type_id", "birth_certificate"))
        values: dict[str, object] = {
            "document_id": derived_id(dossier_id, type_id, *page_ids),
            "dossier_id": dossier_id,
            "ordinal": numbers[0],
            "type_id": type_id,
            "page_ids": page_ids,
            "confidence": 0.9,
            "evidence": "GIẤY KHAI SINH",
            "copy_kind": CopyKind.ORIGINAL,
            "fields": (),
            "issues": ("QR_DISAGREES",),
        }
        return Document(**{**values, **changes})  # type: ignore[arg-type]

    def task(self, task_id: str = "t1", **changes: object) -> Task:
        values: dict[str, object] = {
            "task_id": task_id,
            "kind": TaskKind.READ_PAGE,
            "subject_id": "p-d1-1",
            "dossier_id": "d1",
            "priority": Priority.BATCH,
            "due_at": self.now,
        }
        return Task(**{**values, **changes})  # type: ignore[arg-type]

    def later(self, seconds: float) -> datetime:
        return self.now + timedelta(seconds=seconds)

    def receive(self, work: UnitOfWork, dossier_id: str = "d1", pages: int = 3, **changes: object) -> None:
        """Puts a dossier with one file and its pages."""
        work.dossiers.add(self.dossier(dossier_id, **changes))
        work.dossiers.add_file(self.file(dossier_id))
        for number in range(1, pages + 1):
            work.pages.add(self.page(number, dossier_id))


@pytest.fixture
def samples() -> Samples:
    return Samples()


@pytest.fixture
def in_threads() -> Iterator[Callable[[int, Callable[[int], None]], None]]:
    """Runs an action in so many threads at once, switching often, and raises what any of them raised."""

    def run(count: int, action: Callable[[int], None]) -> None:
        with ThreadPoolExecutor(count) as pool:
            for done in [pool.submit(action, number) for number in range(count)]:
                done.result()

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield run
    sys.setswitchinterval(usual)
