"""``sohoa queue``: what waits, and pausing a branch."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dossiers.errors import InputError
from dossiers.tasks import Priority, Task, TaskKind
from sohoa.bootstrap import bootstrap
from sohoa.cli.main import sohoa
from sohoa.settings import Settings

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path):
    made = bootstrap(Settings(data_dir=tmp_path, workers=1))
    with made as application, application.records.transaction() as work:
        for number, priority in enumerate((Priority.BATCH, Priority.BATCH, Priority.COUNTER)):
            task = Task(
                task_id=f"t{number}",
                kind=TaskKind.FILE_DOSSIER,
                subject_id="d",
                dossier_id="d",
                priority=priority,
                due_at=NOW,
                branch="H29.119",
            )
            work.tasks.add(task)

    def call(*words: str) -> Result:
        return CliRunner().invoke(sohoa, ["--data-dir", str(tmp_path), "queue", *words])

    return call


def test_it_shows_what_waits_counter_first_and_what_is_paused(run):
    assert "H29.119" in run("show").output
    assert run("pause", "h29.119").exit_code == 0
    assert run("pause", "H29.120").exit_code == 0
    told = json.loads(run("show", "--json").output)
    assert [(line["class"], line["waiting"]) for line in told["lines"]] == [("counter", 1), ("batch", 2)]
    assert told["paused"] == ["H29.119", "H29.120"]
    assert "Tạm dừng" in run("show").output
    assert run("resume", "H29.119").exit_code == 0
    assert json.loads(run("show", "--json").output)["paused"] == ["H29.120"]


def test_what_is_no_branch_is_refused(run):
    refused = run("pause", "quầy 3")
    assert isinstance(refused.exception, InputError)
