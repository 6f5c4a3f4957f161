"""S21: where the kernel cannot confine the process that reads files, commands refuse before they receive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

#: Takes Landlock away from itself, as an older kernel would, and becomes the command.
WITHOUT_LANDLOCK = """
import ctypes, errno, os, sys
from pipeline.seccomp import install, refusing
from pipeline.system_calls import machine_of

libc = ctypes.CDLL(None)
libc.prctl(38, 1, 0, 0, 0)
assert install(libc, refusing(machine_of(os.uname().machine), [444], errno.ENOSYS))
os.execv(sys.executable, [sys.executable, "-m", "sohoa.cli", *sys.argv[1:]])
"""


@pytest.mark.slow
def test_an_unconfined_machine_receives_nothing_and_says_why(tmp_path: Path) -> None:
    paper = tmp_path / "1.png"
    paper.write_bytes(b"\x89PNG")
    command = [
        sys.executable,
        "-c",
        WITHOUT_LANDLOCK,
        "--data-dir",
        str(tmp_path / "data"),
        "digitize",
        str(paper),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 3
    assert "Máy này không cô lập được" in done.stderr
    assert not (tmp_path / "data" / "originals").exists()
