"""The object store under faults of the operating system, injected with strace at every durable call.

Each trial runs a writer that acknowledges each object on its standard output. One system call of it fails
(EIO, ENOSPC) or kills it. Afterwards, whatever happened: every acknowledged object is there, no object
stands under a key that is not its own, and a new writer puts everything.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from dossiers.errors import RecordError
from storage.objects.filesystem import FilesystemObjectStore
from tests.faults.trials import FaultLog

CONTENTS = [b"first page " * 2000, b"second page " * 20, b"first page " * 2000, b""]
REPOSITORY = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from storage.objects.filesystem import FilesystemObjectStore
store = FilesystemObjectStore(Path(sys.argv[1]))
for content in (b"first page " * 2000, b"second page " * 20, b"first page " * 2000, b""):
    print(store.put_once(content), flush=True)
"""
#: How often an undisturbed writer makes each call; one more must change nothing. Counted in a test below.
CALLS = {"fsync": 15, "link": 3, "mkdir": 8, "fchmod": 3, "unlink": 3}
KILL, EIO, ENOSPC = "signal=SIGKILL", "error=EIO", "error=ENOSPC"
TRIALS = [
    (call, number, fault)
    for call, count in CALLS.items()
    for number in range(1, count + 1)
    for fault in ((KILL, EIO) if call in ("fsync", "link") else (KILL, ENOSPC))
] + [("write", number, fault) for number in range(1, 7) for fault in (KILL, EIO, ENOSPC)]


@pytest.mark.slow
@pytest.mark.parametrize(("call", "number", "fault"), TRIALS, ids=lambda value: str(value))
def test_no_acknowledged_object_is_lost_and_none_is_wrong(
    strace: str, tmp_path: Path, fault_log: FaultLog, call: str, number: int, fault: str
) -> None:
    acknowledged = _write(strace, tmp_path, f"--inject={call}:{fault}:when={number}")
    _check_what_is_visible(tmp_path / "objects")
    store = FilesystemObjectStore(tmp_path / "objects")
    assert all(hashlib.sha256(store.get(key)).hexdigest() == key for key in acknowledged)
    assert [store.put_once(content) for content in CONTENTS] == [_key(content) for content in CONTENTS]
    store.sweep_temporary(older_than_seconds=-60)
    assert not list((tmp_path / "objects" / "incoming").iterdir())
    _check_what_is_visible(tmp_path / "objects")
    fault_log.note("F1", "object store: a call kills or fails", trials=1, note="all points")


def test_the_faults_cover_every_call_of_the_writer(strace: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    acknowledged = _write(strace, tmp_path, f"--output={log}", f"--trace={','.join(CALLS)}")
    assert acknowledged == [_key(content) for content in CONTENTS]
    lines = log.read_text().splitlines()
    counted = {call: sum(f" {call}(" in f" {line}" for line in lines) for call in CALLS}
    assert counted == CALLS


def test_a_fault_is_really_injected(strace: str, tmp_path: Path) -> None:
    """Guards the trials: a fault that hits nothing would prove nothing."""
    assert _write(strace, tmp_path, "--inject=link:error=EIO:when=2") == [_key(CONTENTS[0])]
    with pytest.raises(RecordError):
        FilesystemObjectStore(tmp_path / "objects").get(_key(CONTENTS[1]))


def _write(strace: str, folder: Path, *options: str) -> list[str]:
    tracer = [strace, "-f", "-qq", "--seccomp-bpf", *options]
    # -S -E: the writer needs the standard library and this repository only, and starts sooner.
    command = [*tracer, sys.executable, "-BSE", "-c", WRITER, str(folder / "objects")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120, cwd=REPOSITORY)
    return [line for line in done.stdout.splitlines() if len(line) == 64]


def _check_what_is_visible(root: Path) -> None:
    for path in root.glob("??/??/*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
        assert path.relative_to(root) == Path(path.name[:2], path.name[2:4], path.name)


def _key(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
