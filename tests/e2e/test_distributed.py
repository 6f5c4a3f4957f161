"""The same papers by one command on one machine, and by servers and worker processes: the same dossier."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dossiers.ports import RecordStore
from dossiers.reading import PageReading
from pipeline.codec import decode_result
from pipeline.text import PageText
from sohoa.clock import utc_now
from sohoa.settings import Settings, load_settings
from sohoa.stores import KINDS, open_stores
from storage.objects.s3.buckets import prepare_bucket
from storage.records.opening import open_records
from tests.e2e.quick_plugin import quick_settings, small_papers
from tests.servers.redis_server import RedisServer
from tests.servers.s3_servers import S3Server, fresh_prefix
from tests.worker_bench.bench import wait_until

CHOSEN = ("cccd-03.jpg", "giay-chung-sinh.jpg", "to-khai.jpg")
PATIENCE_SECONDS = 240


class Place:
    """An installation with a settings file of its own."""

    def __init__(self, folder: Path, environment: dict[str, str], **settings: object) -> None:
        folder.mkdir()
        self._file = folder / "sohoa.toml"
        self._file.write_text("\n".join(f"{name} = {_toml(value)}" for name, value in settings.items()))
        self._data_dir = folder / "data"
        self._environment = {**os.environ, **environment}
        self.settings: Settings = load_settings(
            file=self._file, environment=environment, overrides={"data_dir": self._data_dir}
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "sohoa.cli", "--data-dir", str(self._data_dir)]
        return subprocess.Popen(
            [*command, "--config", str(self._file), *arguments],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def digitize(self, papers: Path, *options: str) -> dict:
        """Digitizes the papers and returns the report."""
        run = self.start("digitize", str(papers), "--procedure", "1.001193", "--json", *options)
        out, errors = run.communicate(timeout=PATIENCE_SECONDS)
        assert run.returncode in (0, 9), out + errors
        [report] = json.loads(out)
        return report

    def records(self) -> RecordStore:
        data_dir = self.settings.data_dir
        return open_records(
            self.settings.records_url, data_dir / "records.sqlite3", data_dir / "keys" / "number-index.key"
        )

    def texts(self, code: str) -> list[tuple[PageReading, PageText]]:
        """What was read on every page: as it stands in the records, and in the kept artefact."""
        derivatives, records = open_stores(self.settings)["derivatives"], self.records()
        with records.transaction() as work:
            dossier_id = work.dossiers.by_code(code).dossier_id
            known = [work.pages.reading(page.page_id) for page in work.pages.of_dossier(dossier_id)]
        records.close()
        return [
            (replace(reading, seconds=0.0), decode_result(derivatives.get(key)).text)
            for reading, key in (each for each in known if each is not None)
        ]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    small_papers(tmp_path / "papers", *CHOSEN)
    return tmp_path / "papers"


@pytest.mark.slow
def test_servers_and_workers_make_the_dossier_that_one_machine_makes(
    tmp_path: Path,
    papers: Path,
    quick_plugin: Path,
    redis_server: RedisServer,
    records_url: str,
    ministack_server: S3Server,
) -> None:
    quick = quick_settings(quick_plugin)
    alone = Place(tmp_path / "alone", quick)
    objects = ministack_server.words(fresh_prefix())
    many = Place(
        tmp_path / "many",
        quick,
        records_url=records_url,
        broker_url=redis_server.url,
        object_store="s3",
        object_store_options=objects,
    )
    for kind in KINDS:
        prepare_bucket(ministack_server.options(kind, objects["bucket_prefix"]))
    received = many.digitize(papers, "--no-read")
    assert {page["state"] for page in received["pages"]} == {"received"}
    workers = many.start("worker", "--processes", "2", "--threads", "1", "--quiet")
    try:
        _wait_for_empty_queue(many, workers)
    finally:
        workers.send_signal(signal.SIGTERM)
        _, errors = workers.communicate(timeout=PATIENCE_SECONDS)
    assert workers.returncode == 0, errors
    found = many.digitize(papers, "--no-read")
    expected = alone.digitize(papers)
    assert _lasting(found) == _lasting(expected)
    assert found["documents"]
    assert any(document["fields"] for document in found["documents"])
    assert many.texts(found["code"]) == alone.texts(expected["code"])
    here, there = open_stores(alone.settings), open_stores(many.settings)
    for document in expected["documents"]:
        key = document["pdf_sha256"]
        assert there["derivatives"].get(key) == here["derivatives"].get(key)
    for page in expected["pages"]:
        key = page["original_sha256"]
        assert there["originals"].get(key) == here["originals"].get(key)


def _wait_for_empty_queue(place: Place, workers: subprocess.Popen[str]) -> None:
    records = place.records()

    def is_empty() -> bool:
        assert workers.poll() is None
        with records.transaction() as work:
            return not any(line.waiting + line.in_hand for line in work.queue.lines(utc_now()))

    wait_until(is_empty, PATIENCE_SECONDS)
    records.close()


def _lasting(report: dict) -> dict:
    """The report without moments and measurements."""
    pages = [{name: value for name, value in page.items() if name != "seconds"} for page in report["pages"]]
    return {**report, "opened_at": None, "pages": pages}


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {json.dumps(each)}" for name, each in value.items()) + "}"
    return json.dumps(value)
