"""Sample papers, digitized once by the real command line and shared by all tests and test processes."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.chosen_papers import SAMPLES, lay_out
from tests.e2e.quick_plugin import quick_plugin
from tests.servers.brokers import redis_server, redis_session

__all__ = ["SAMPLES", "quick_plugin", "redis_server", "redis_session"]


@dataclass(frozen=True)
class Digitized:
    """What ``sohoa digitize --each`` left behind."""

    papers: Path
    data_dir: Path
    export_dir: Path
    exit_code: int
    reports: list[dict]

    def truth(self) -> list[dict]:
        """Truth of each dossier, in the order of the reports."""
        folders = sorted(path.parent for path in self.papers.glob("*/truth.json"))
        return [json.loads((folder / "truth.json").read_text(encoding="utf-8")) for folder in folders]

    def pages(self) -> list[tuple[dict, dict]]:
        """(truth, result) of every page, matched by file and place in it."""
        pairs = []
        for truth, report in zip(self.truth(), self.reports, strict=True):
            results = {(page["file"], page["index"]): page for page in report["pages"]}
            pairs += [(page, results[page["file"], page["index"]]) for page in truth["pages"]]
        return pairs


def run_sohoa(
    *arguments: str | Path, check: bool = False, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs the command line; ``settings`` are variables of its environment."""
    command = [sys.executable, "-m", "sohoa.cli", *map(str, arguments)]
    environment = {**os.environ, **(settings or {})}
    return subprocess.run(command, capture_output=True, text=True, check=check, timeout=1500, env=environment)


@pytest.fixture(scope="session")
def digitized(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Digitized:
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "samples"
    shared.mkdir(exist_ok=True)
    told, papers = shared / "told.json", shared / "papers"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            export = ["--export-to", shared / "export"]
            digitize = ["digitize", "--each", lay_out(papers), "--json", *export]
            ended = run_sohoa("--data-dir", shared / "data", *digitize)
            answer = {"exit_code": ended.returncode, "reports": ended.stdout, "errors": ended.stderr}
            told.write_text(json.dumps(answer), encoding="utf-8")
    answer = json.loads(told.read_text(encoding="utf-8"))
    assert answer["reports"], answer["errors"]
    return Digitized(
        papers=papers,
        data_dir=shared / "data",
        export_dir=shared / "export",
        exit_code=answer["exit_code"],
        reports=json.loads(answer["reports"]),
    )
