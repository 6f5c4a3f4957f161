"""Ctrl-C: exit code 130, a word of comfort, and the same command goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import psutil

from tests.e2e.conftest import run_sohoa
from tests.e2e.quick_plugin import quick_settings, small_papers

#: Raises what Ctrl-C raises when the command line is loaded.
_INTERRUPTED_IMPORT = """
import sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "sohoa.cli.main":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
from sohoa.cli.start import main
main()
"""
#: A loaded machine takes its time until the first page is being read, s.
_PATIENCE = 60.0


def _page_processes(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Waits until pages are being read, and returns who reads them."""
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        children = psutil.Process(process.pid).children(recursive=True)
        if any("sohoa.page_child" in child.cmdline() for child in children):
            return children
        time.sleep(0.05)
    raise AssertionError("no page was ever read")


def test_an_interrupted_run_goes_on_and_leaves_no_process(tmp_path, quick_plugin):
    papers = small_papers(tmp_path / "papers", "cccd-03.jpg", "cccd-04.jpg", "to-khai.jpg")
    arguments = ["--data-dir", str(tmp_path / "data"), "digitize", str(tmp_path / "papers"), "--json"]
    quick = quick_settings(quick_plugin)
    process = subprocess.Popen(
        [sys.executable, "-m", "sohoa.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **quick},
    )
    children = _page_processes(process)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "chạy lại đúng lệnh này" in told
    assert "Traceback" not in told
    assert not psutil.wait_procs(children, timeout=10)[1]
    [report] = json.loads(run_sohoa(*arguments, check=True, settings=quick).stdout)
    assert report["status"] == "SUCCESS"
    assert [page["number"] for page in report["pages"]] == list(range(1, len(papers) + 1))


def test_ctrl_c_while_the_program_still_loads_shows_no_traceback() -> None:
    process = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED_IMPORT], capture_output=True, text=True, timeout=60, check=False
    )
    assert process.returncode == 130
    assert process.stderr == "Đã dừng theo yêu cầu.\n"
