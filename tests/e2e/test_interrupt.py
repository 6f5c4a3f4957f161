"""Ctrl-C: exit code 130, a word of comfort, and the same command goes on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import psutil

from tests.e2e.conftest import SAMPLES, run_sohoa


def test_an_interrupted_run_goes_on_and_leaves_no_process(tmp_path):
    papers = next(SAMPLES.glob("01-*"))
    arguments = ["--data-dir", str(tmp_path / "data"), "digitize", str(papers), "--json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "sohoa.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(4)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "chạy lại đúng lệnh này" in told
    assert "Traceback" not in told
    assert not psutil.wait_procs(children, timeout=10)[1]
    [report] = json.loads(run_sohoa(*arguments, check=True).stdout)
    assert report["status"] == "SUCCESS"
    assert [page["number"] for page in report["pages"]] == list(range(1, len(report["pages"]) + 1))
