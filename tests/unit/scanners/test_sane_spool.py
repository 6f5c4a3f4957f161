"""The folder of the page that is being scanned: private, gone in the end, also after a kill."""

from __future__ import annotations

import stat
import subprocess
import sys

from scanners.drivers.sane.spool import page_folder

KEEP_OPEN = """
import sys
from pathlib import Path
from scanners.drivers.sane.spool import page_folder
with page_folder(Path(sys.argv[1])) as folder:
    (folder / "page-1.pnm.part").write_bytes(b"half a page")
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_it_is_private_and_gone_in_the_end(tmp_path):
    with page_folder(tmp_path) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "page").write_bytes(b"x")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_scan_left_is_removed_by_the_next_and_that_of_a_living_one_is_not(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", KEEP_OPEN, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
        with page_folder(tmp_path) as folder:
            assert len(list(tmp_path.iterdir())) == 2
            other.kill()
            other.wait()
        assert folder not in tmp_path.iterdir()
        with page_folder(tmp_path) as folder:
            assert list(tmp_path.iterdir()) == [folder]


def test_folders_of_others_are_left_alone(tmp_path):
    (tmp_path / "sohoa-scan-mine").mkdir()
    (tmp_path / "other").mkdir()
    with page_folder(tmp_path):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "sohoa-scan-mine"]
