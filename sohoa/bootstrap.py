"""Wires the whole application from its settings: the one place where parts meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial
from types import TracebackType
from typing import Final, Self

from classifiers.marks.expectations import load_expectations
from classifiers.statistical.folder import FOLDER as MODELS_FOLDER
from classifiers.stream import StreamSegmenter
from dossiers import office_types
from dossiers.agencies import load_agencies
from dossiers.arranging import Arranging
from dossiers.catalogue import Catalogue, load_catalogue
from dossiers.dossier import Dossier
from dossiers.filing import Filing
from dossiers.identity import Inherited
from dossiers.intake import Intake
from dossiers.ports import ObjectStore, RecordStore
from dossiers.retrieval import Retrieval
from dossiers.reuse_desk import ReuseDesk
from dossiers.review import Review
from dossiers.vault import Vault
from pipeline.pdf.archive_picture import ArchivePicture
from pipeline.reader import PageReader
from pipeline.sandbox import Sandbox
from pipeline.sandbox_limits import SandboxLimits
from sohoa.checklists import checklist_of, procedure_of
from sohoa.child_command import child_command
from sohoa.clock import utc_now
from sohoa.feeder_sandbox import feeder_sandbox
from sohoa.kept_memory import keep_memory
from sohoa.presence import at_work
from sohoa.reuse_wiring import key_file, make_reuse
from sohoa.settings import Settings
from sohoa.stores import check_stores, open_stores
from storage.records.opening import open_records
from workers.embedded import EmbeddedWorkers
from workers.heartbeat import Heartbeat
from workers.laps import Done
from workers.owners import current_owner
from workers.performer import Performer
from workers.reader_pool import ReaderPool
from workers.steps import Services

#: Name of the records file in the data folder.
RECORDS_FILE: Final = "records.sqlite3"
#: What a page process may read of the data folder: models and the office's own types, never papers.
KNOWLEDGE_FOLDERS: Final = (MODELS_FOLDER, office_types.FOLDER)
#: How far reading stands back from the feeder and the screens: nobody at a counter waits for it.
READING_NICENESS: Final = 4
#: Agencies of accounts that are remembered with what came to them: each request asks.
_AGENCIES: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The wired parts; close it when done.

    Attributes:
        inherited: tells whose dossiers came to an agency by a day.
        check_stores: raises ``StoreInDoubt`` once this process can store nothing any more.
    """

    settings: Settings
    catalogue: Catalogue
    records: RecordStore
    originals: ObjectStore
    derivatives: ObjectStore
    readers: ReaderPool
    intake: Intake
    arranging: Arranging
    retrieval: Retrieval
    inherited: Inherited
    review: Review
    vault: Vault
    reuse: ReuseDesk
    workers: EmbeddedWorkers
    performer: Performer
    heartbeat: Heartbeat
    check_stores: Callable[[], None]
    closing: ExitStack

    def __enter__(self) -> Self:
        keep_memory()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.close()

    def procedure_name(self, dossier: Dossier) -> str:
        """Name of the dossier's procedure as it was on its day; empty where the catalogue has none."""
        procedure = procedure_of(self.catalogue, dossier)
        return procedure.name if procedure else ""


def bootstrap(
    settings: Settings,
    tell: Callable[[Done], None] = lambda _: None,
    reader: Callable[[Settings], PageReader] | None = None,
) -> Application:
    """Makes the application; nothing runs until its workers are started.

    Args:
        settings: of the installation.
        tell: hears what became of every task that this process performs.
        reader: makes a page reader; by default the one that reads.

    Raises:
        ConfigurationError: a plugin is missing or the data folder cannot be made.
        ResourceError: the stores cannot be opened.
    """
    closing = ExitStack()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    closing.enter_context(at_work(settings))
    office_types.learn_office_types(settings.data_dir)
    catalogue = load_catalogue(settings.data_dir)
    records = _records(settings, closing)
    stores = open_stores(settings)
    readers = _readers(settings, reader, closing)
    filing = _filing(settings, records, catalogue)
    services = Services(
        records=records,
        originals=stores["originals"],
        derivatives=stores["derivatives"],
        filing=filing,
        readers=readers,
        clock=utc_now,
        owner=current_owner(),
    )
    heartbeat = _heartbeat(settings, records)
    agencies = load_agencies(settings.data_dir)
    performer = Performer(services, heartbeat, tell)
    reuse = make_reuse(settings, records, catalogue, closing)
    return Application(
        settings=settings,
        catalogue=catalogue,
        records=records,
        originals=stores["originals"],
        derivatives=stores["derivatives"],
        readers=readers,
        intake=_intake(records, stores, readers),
        arranging=Arranging(records=records, refile=filing.refile, let_go=reuse.desk.let_go, clock=utc_now),
        retrieval=Retrieval(records=records, related=catalogue.related, related_agencies=agencies.related),
        inherited=lru_cache(_AGENCIES)(agencies.inherited),
        review=reuse.review,
        vault=reuse.vault,
        reuse=reuse.desk,
        workers=_embedded(settings, records, performer, heartbeat),
        performer=performer,
        heartbeat=heartbeat,
        check_stores=partial(check_stores, stores.values()),
        closing=closing,
    )


def _records(settings: Settings, closing: ExitStack) -> RecordStore:
    records = open_records(settings.records_url, settings.data_dir / RECORDS_FILE, key_file(settings))
    closing.callback(records.close)
    return records


def _readers(
    settings: Settings, reader: Callable[[Settings], PageReader] | None, closing: ExitStack
) -> ReaderPool:
    if reader is not None:
        pool = ReaderPool(lambda: reader(settings), settings.workers)
    else:
        pool = ReaderPool(
            lambda: make_reader(settings, niceness=READING_NICENESS),
            settings.workers,
            lambda: make_doorkeeper(settings),
        )
    closing.callback(pool.close)
    return pool


def _filing(settings: Settings, records: RecordStore, catalogue: Catalogue) -> Filing:
    return Filing(
        records=records,
        segmenter=StreamSegmenter(load_expectations(settings.data_dir)),
        checklist=lambda dossier: checklist_of(catalogue, dossier),
        clock=utc_now,
    )


def _embedded(
    settings: Settings, records: RecordStore, performer: Performer, heartbeat: Heartbeat
) -> EmbeddedWorkers:
    return EmbeddedWorkers(
        records=records,
        performer=performer,
        heartbeat=heartbeat,
        clock=utc_now,
        threads=settings.workers,
    )


def _heartbeat(settings: Settings, records: RecordStore) -> Heartbeat:
    return Heartbeat(records=records, clock=utc_now, lease_time=timedelta(seconds=settings.lease_seconds))


def make_doorkeeper(settings: Settings) -> PageReader:
    """Makes a reader that only looks at files: its child loads no engine and is there at once."""
    timeout = settings.page_timeout_seconds
    return PageReader(feeder_sandbox(unsafe=settings.unsafe_sandbox, timeout_seconds=timeout))


def make_reader(settings: Settings, *, niceness: int = 0) -> PageReader:
    """Makes one page reader with its own child process, started when it is first used.

    Args:
        settings: of the installation.
        niceness: how far the child stands back from others, 0 to 19.
    """
    limits = SandboxLimits(
        timeout_seconds=settings.page_timeout_seconds,
        pages_per_child=settings.pages_per_child,
        readable=tuple(str(settings.data_dir / each) for each in KNOWLEDGE_FOLDERS),
        niceness=niceness,
        unsafe=settings.unsafe_sandbox,
    )
    pictures = ArchivePicture(settings.archive_picture)
    return PageReader(Sandbox(child_command(settings), limits), pictures)


def _intake(records: RecordStore, stores: Mapping[str, ObjectStore], readers: ReaderPool) -> Intake:
    return Intake(
        records=records,
        originals=stores["originals"],
        quarantine=stores["quarantine"],
        inspector=readers,
        clock=utc_now,
    )
