"""``sohoa worker`` as a program: drains, ends at once, replaces a killed process; behind each broker too."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest
from PIL import Image, ImageDraw

from dossiers.dossier import Dossier
from dossiers.intake import RawFile
from dossiers.opening import Opening
from dossiers.ports import Inspection
from dossiers.tasks import Lease, Priority
from sohoa.bootstrap import RECORDS_FILE, Application, bootstrap
from sohoa.clock import utc_now
from sohoa.settings import Settings
from tests.worker_bench.bench import wait_until

PAGES = 6
#: Start of all processes on a busy machine included.
PATIENCE_SECONDS = 120.0
#: Longer than the patience: whoever waits for a drain fails.
FOR_EVER_SECONDS = 600.0


class Glance:
    """Takes every file for one page; reads nothing."""

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        return Inspection(media_type="image/png", page_count=1)

    def close(self) -> None:
        """Holds nothing."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With an engine that reads garbage at once, or takes for ever, as a stranger's distribution."""
    about = tmp_path / "plugins" / "fault_engines-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: fault-engines\nVersion: 1.0\n")
    names = "".join(f"{name} = pipeline.ocr.faults:make_{name}\n" for name in ("garbage", "slow"))
    (about / "entry_points.txt").write_text(f"[sohoa.ocr_engines]\n{names}")
    return Settings(data_dir=tmp_path / "data", workers=1, engine="garbage", plugins=("fault-engines",))


def test_a_killed_process_is_replaced_and_a_second_signal_ends_all_at_once(settings: Settings) -> None:
    slow = settings.model_copy(update={"engine": "slow", "drain_seconds": FOR_EVER_SECONDS})
    with _office(slow) as office, _worker(slow) as worker:
        _until(worker, lambda: _owner(slow) != 0)
        first = psutil.Process(_owner(slow))
        first.kill()
        _until(worker, lambda: _owner(slow) not in (0, first.pid))
        second = psutil.Process(_owner(slow))
        assert second.ppid() == worker.pid
        worker.send_signal(signal.SIGTERM)
        worker.send_signal(signal.SIGINT)
        assert worker.wait(PATIENCE_SECONDS) == 0
        assert not second.is_running()
        assert _in_hand(office) == 0
        # The page was begun twice without an end, by interruptions and not by a fault of its own.
        assert [(each.starts, each.interruptions) for each in _leased(office)] == [(3, 2)] + [(1, 0)] * 5


@pytest.mark.slow
@pytest.mark.parametrize("broker", ["redis_server", "rabbitmq_server"])
def test_a_signal_lets_pages_at_work_be_finished_behind_each_broker(
    request: pytest.FixtureRequest, broker: str, settings: Settings, records_url: str
) -> None:
    url = request.getfixturevalue(broker).url
    served = settings.model_copy(update={"records_url": records_url, "broker_url": url})
    with _office(served) as office, _worker(served) as worker:
        _until(worker, lambda: _read(office) >= 1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0
        assert _in_hand(office) == 0
        # What was begun was finished: nothing that waits was ever started.
        assert {each.starts for each in _leased(office)} <= {1}


@contextmanager
def _office(settings: Settings) -> Iterator[Application]:
    """The installation, with a dossier of small pages that wait."""
    with bootstrap(settings, reader=lambda _: Glance()) as office:  # type: ignore[arg-type,return-value]
        opening = Opening(
            agency="H29.119", intake_key="k", procedure_code=None, citizen_number=None, title="Hồ sơ thử"
        )
        dossier_id = office.intake.open_dossier(opening).dossier_id
        for number in range(PAGES):
            raw = RawFile(
                name=f"{number}.png",
                content=_picture(),
                priority=Priority.COUNTER,
                receipt_key=str(number),
            )
            office.intake.receive_file(dossier_id, raw)
        yield office


@contextmanager
def _worker(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    told = {
        "PLUGINS": ",".join(settings.plugins),
        "DATA_DIR": str(settings.data_dir),
        "ENGINE": settings.engine,
        "RECORDS_URL": settings.records_url,
        "BROKER_URL": settings.broker_url,
        "DRAIN_SECONDS": str(settings.drain_seconds),
    }
    environment = {
        **os.environ,
        "PYTHONPATH": str(settings.data_dir.parent / "plugins"),
        **{f"SOHOA_{name}": value for name, value in told.items()},
    }
    command = [sys.executable, "-m", "sohoa.cli", "worker", "--threads", "1", "--quiet"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        if process.poll() is None:
            for each in psutil.Process(process.pid).children(recursive=True):
                each.kill()
            process.kill()
        process.wait()


def _until(worker: subprocess.Popen[bytes], is_so: Callable[[], bool]) -> None:
    def is_so_while_it_runs() -> bool:
        assert worker.poll() is None
        return is_so()

    wait_until(is_so_while_it_runs, PATIENCE_SECONDS)


def _picture() -> bytes:
    """Rows of strokes: no blank page, and no words."""
    page = Image.new("L", (400, 560), 255)
    draw = ImageDraw.Draw(page)
    for top in range(60, 500, 20):
        for left in range(40, 340, 12):
            draw.rectangle((left, top, left + 7, top + 9), fill=0)
    made = io.BytesIO()
    page.save(made, "PNG", dpi=(100, 100))
    return made.getvalue()


def _owner(settings: Settings) -> int:
    """Id of the process that holds a page; 0: nobody does."""
    with closing(sqlite3.connect(settings.data_dir / RECORDS_FILE)) as records:
        row = records.execute("SELECT owner FROM tasks WHERE owner IS NOT NULL").fetchone()
    return int(row[0].split("|")[3]) if row else 0


def _leased(office: Application) -> list[Lease]:
    """Takes everything that waits."""
    now = utc_now()
    with office.records.transaction() as work:
        due = work.tasks.due(now, limit=100)
        leases = [work.tasks.lease(task.task_id, "me", now, now) for task in due]
    return [each for each in leases if each is not None]


def _dossier(office: Application) -> Dossier:
    with office.records.transaction() as work:
        found = work.dossiers.by_intake_key("k")
    assert found is not None
    return found


def _read(office: Application) -> int:
    dossier_id = _dossier(office).dossier_id
    with office.records.transaction() as work:
        pages = work.pages.of_dossier(dossier_id)
        return sum(work.pages.reading(page.page_id) is not None for page in pages)


def _in_hand(office: Application) -> int:
    with office.records.transaction() as work:
        return sum(line.in_hand for line in work.queue.lines(utc_now()))
