"""What is logged: one JSON object a line, tied to the work at hand (S27)."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from dossiers.trace import tracing
from sohoa.logs import log_to

_log = logging.getLogger(__name__)


@pytest.fixture
def log(tmp_path: Path):
    handler = log_to(tmp_path, verbose=False)
    yield tmp_path / "sohoa.log"
    logging.getLogger().removeHandler(handler)
    handler.close()


def test_lines_of_one_task_carry_its_id_and_others_do_not(log: Path) -> None:
    with tracing("4f1c"):
        _log.info("task begun")
    _log.info("waiting")
    begun, waiting = (json.loads(line) for line in log.read_text(encoding="utf-8").splitlines())
    assert (begun["message"], begun["level"], begun["trace_id"]) == ("task begun", "INFO", "4f1c")
    assert "trace_id" not in waiting


@pytest.mark.parametrize("harm", ["\r\n", "\x1b[2J", "\u2028", "\x00", '"}'])
def test_nothing_in_the_data_begins_a_new_line(log: Path, harm: str) -> None:
    _log.warning("name: %s", f"a{harm}b")
    [line] = log.read_bytes().splitlines()
    assert line.isascii()
    assert json.loads(line)["message"] == f"name: a{harm}b"
