"""Commits under faults of the operating system, injected with strace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage.records.sqlite_store import open_sqlite

REPOSITORY = Path(__file__).parents[3]
#: Acknowledges each number it took; on trouble tells the code of our error and goes on.
WRITER = """
import sys
from pathlib import Path
from dossiers.errors import ResourceError
from dossiers.testing.memory_number_index import MemoryNumberIndex
from storage.records.engine import make_engine
from storage.records.sqlite_store import SqliteRecordStore
store = SqliteRecordStore(make_engine(Path(sys.argv[1])), MemoryNumberIndex())
for _ in range(6):
    try:
        with store.transaction() as work:
            number = work.dossiers.next_number("H29.119", "250701")
        print(number, flush=True)
    except ResourceError as trouble:
        print(trouble.code, flush=True)
"""
KILL, EIO, ENOSPC = "signal=SIGKILL", "error=EIO", "error=ENOSPC"
#: The first commit syncs the new log and its directory before it is synced itself: syncs 3 and 4 are those of
#: the first two commits; writes 5 and 9 are in the midst of them.
TRIALS = [("fdatasync", number, fault) for number in (1, 3, 4) for fault in (KILL, EIO)] + [
    ("pwrite64", number, fault) for number in (5, 9) for fault in (KILL, EIO, ENOSPC)
]


@pytest.fixture(scope="module")
def strace() -> str:
    """The program, where this machine lets us trace; required in CI."""
    program = shutil.which("strace")
    if not program or subprocess.run([program, "-qq", "true"], check=False, capture_output=True).returncode:
        reason = "strace is not installed or may not trace here"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return program


@pytest.mark.slow
@pytest.mark.parametrize(("call", "number", "fault"), TRIALS, ids=lambda value: str(value))
def test_what_was_committed_stays_and_trouble_is_told(
    strace: str, tmp_path: Path, call: str, number: int, fault: str
) -> None:
    path = tmp_path / "records.sqlite3"
    open_sqlite(path).close()
    said = _write(strace, path, f"--inject={call}:{fault}:when={number}")
    taken = [int(word) for word in said if word.isdigit()]
    codes = {word for word in said if not word.isdigit()}
    assert codes <= {"STORE_UNAVAILABLE", "STORE_FULL"}
    assert taken == sorted(set(taken))
    store = open_sqlite(path)
    with store.transaction() as work:
        following = work.dossiers.next_number("H29.119", "250701")
    store.close()
    in_doubt = 0 if len(taken) == 6 else 1
    assert max(taken, default=0) < following <= max(taken, default=0) + 1 + in_doubt


def test_a_fault_is_really_injected(strace: str, tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    open_sqlite(path).close()
    said = _write(strace, path, "--inject=fdatasync:error=EIO:when=3")
    assert "STORE_UNAVAILABLE" in said
    assert said[-1].isdigit()


def _write(strace: str, path: Path, option: str) -> list[str]:
    tracer = [strace, "-f", "-qq", "--seccomp-bpf", option]
    command = [*tracer, sys.executable, "-B", "-c", WRITER, str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, cwd=REPOSITORY)
    return [line for line in done.stdout.split() if not line.startswith("[")]
