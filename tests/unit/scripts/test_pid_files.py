"""Numbers in files of servers: a number that came round belongs to somebody else, and nobody is ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.servers.processes import end, find


def test_a_process_that_began_after_its_file_was_written_is_somebody_else(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    file = tmp_path / "pid"
    file.write_text(f"{child.pid}\n")
    assert find(file) is not None
    os.utime(file, (0, 0))
    assert find(file) is None
    end(file)
    assert child.poll() is None
    child.communicate()
