"""Health, readiness and figures over HTTP, and the watch over the ledger."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from dossiers.dossier import Dossier
from dossiers.errors import ResourceError
from dossiers.ledger import Gap
from dossiers.page import Page, ReceivedFile
from dossiers.queue_ports import QueueLine
from dossiers.tasks import Priority, TaskKind
from dossiers.testing import FixedClock, MemoryRecordStore
from workers.laps import Done, Laps
from workers.ledger_watch import LedgerWatch
from workers.metrics import Metrics
from workers.monitor import Monitor, Signs

NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)


@pytest.fixture
def troubles() -> list[str]:
    return []


@pytest.fixture
def monitor(troubles):
    metrics = Metrics()
    metrics.note_queue(
        [
            QueueLine(
                branch="H29.119",
                priority=Priority.COUNTER,
                waiting=3,
                in_hand=1,
                oldest_due_at=NOW - timedelta(seconds=7),
            )
        ],
        0,
        NOW,
    )
    signs = Signs(health=lambda: {"alive": True}, troubles=lambda: tuple(troubles), metrics=metrics.text)
    made = Monitor("127.0.0.1", 0, signs)
    yield made
    made.close()


def _get(monitor: Monitor, path: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://127.0.0.1:{monitor.port}{path}") as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_it_tells_health_readiness_and_figures(monitor, troubles):
    assert _get(monitor, "/health") == (200, '{"alive": true}')
    assert _get(monitor, "/ready")[0] == 200
    status, text = _get(monitor, "/metrics")
    assert status == 200
    assert 'sohoa_queue_tasks{branch="H29.119",class="counter",state="waiting"} 3.0' in text
    assert 'sohoa_queue_age_seconds{class="counter"} 7.0' in text
    assert 'sohoa_queue_age_seconds{class="batch"} 0.0' in text
    assert _get(monitor, "/etc/passwd")[0] == 404


def test_it_is_not_ready_while_something_is_away(monitor, troubles):
    troubles.append("QUEUE_UNAVAILABLE")
    status, text = _get(monitor, "/ready")
    assert status == 503
    assert json.loads(text)["troubles"] == ["QUEUE_UNAVAILABLE"]


def test_a_taken_port_is_told(monitor):
    signs = Signs(health=dict, troubles=tuple, metrics=bytes)
    with pytest.raises(ResourceError):
        Monitor("127.0.0.1", monitor.port, signs)


def test_what_became_of_tasks_is_counted_by_stage():
    metrics, ticks = Metrics(), iter([1.0, 3.5, 4.0, 5.0])
    laps = Laps(lambda: next(ticks))
    for _ in range(2):
        with laps.lap("read"):
            pass
    metrics.note_done(
        Done(
            kind=TaskKind.READ_PAGE,
            priority=Priority.BATCH,
            branch="H29.119",
            outcome="done",
            waited_seconds=0.2,
            stages=laps.seconds,
        )
    )
    text = metrics.text().decode()
    assert 'sohoa_stage_seconds_sum{kind="read_page",stage="read"} 3.5' in text
    assert 'sohoa_tasks_total{class="batch",kind="read_page",outcome="done"} 1.0' in text


def test_a_page_that_nobody_will_read_raises_the_alarm(caplog):
    records, heard = MemoryRecordStore(), []
    watch = LedgerWatch(records, FixedClock(NOW), heard.append)
    assert watch.step() == 0
    dossier = Dossier(
        dossier_id="d1",
        code="H29.119-261128-0001",
        intake_key="k",
        procedure_code=None,
        citizen_number=None,
        title="t",
        opened_at=NOW,
    )
    with records.transaction() as work:
        work.dossiers.add(dossier)
        work.dossiers.add_file(
            ReceivedFile(
                file_id="f1",
                dossier_id="d1",
                receipt_key="r",
                name="a.png",
                original_key="ab" * 32,
                media_type="image/png",
                byte_count=1,
                page_count=1,
                flags=(),
                received_at=NOW,
            )
        )
        work.pages.add(
            Page(page_id="p1", dossier_id="d1", file_id="f1", original_key="ab" * 32, index=0, number=1)
        )
    assert watch.step() == 1
    assert "p1" in caplog.text
    assert [len(gaps) for gaps in heard] == [0, 1]
    assert isinstance(heard[1][0], Gap)
    metrics = Metrics()
    metrics.note_gaps(heard[1])
    assert 'sohoa_ledger_gap_pages{kind="not_due"} 1.0' in metrics.text().decode()
