"""A page process that died keeps its number until the sandbox has ended its group."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from pipeline.sandbox import _is_alive


def test_looking_at_a_dead_child_does_not_free_its_number() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert _is_alive(child)
    os.kill(child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not _is_alive(child)
    assert child.returncode is None  # its end is still to be taken note of: the number is not free
    os.kill(child.pid, 0)
    child.communicate()
    assert not _is_alive(child)
