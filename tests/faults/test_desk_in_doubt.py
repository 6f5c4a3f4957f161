"""C7: a desk whose disk failed to keep what was written takes nothing any more, ends, and is started anew."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.faults.desk_process import Desk, set_up
from tests.faults.papers import paper

#: Exit code of trouble with a store.
STORAGE = 5


def test_a_desk_whose_disk_failed_ends_and_the_next_one_takes_the_paper(tmp_path: Path, strace: str) -> None:
    desk = Desk(tmp_path / "data")
    program = {"Authorization": f"Bearer {set_up(desk.data_dir)}"}
    content = paper(1)
    with httpx.Client(base_url=f"http://127.0.0.1:{desk.port}/api/v1", headers=program, timeout=60) as http:

        def send() -> httpx.Response:
            path, key = f"/dossiers/{code}/files", {"Idempotency-Key": "paper-00000001"}
            return http.post(path, params={"name": "1.png"}, content=content, headers=key)

        try:
            desk.start()
            desk.wait_until_open()
            told = http.post("/dossiers", json=_DOSSIER, headers={"Idempotency-Key": "dossier-1"})
            code = told.json()["code"]
            with _no_sync_of(_folder_of(desk.data_dir, content), desk.pid, strace):
                refused = send()
                assert desk.wait(60) == STORAGE
            desk.start()
            desk.wait_until_open()
            taken = send()
            assert desk.end(signal.SIGTERM) == 0
        finally:
            desk.end(signal.SIGKILL)
    assert (refused.status_code, refused.json()["code"]) == (503, "STORE_UNAVAILABLE")
    assert taken.status_code == 201, taken.text


_DOSSIER = {"procedure": "1.001193", "owner_name": "Nguyễn Thị Hoà"}


def _folder_of(data_dir: Path, content: bytes) -> Path:
    key = hashlib.sha256(content).hexdigest()
    return data_dir / "originals" / key[:2] / key[2:4]


@contextmanager
def _no_sync_of(folder: Path, pid: int, strace: str) -> Iterator[None]:
    """The disk tells a process that the names in a folder could not be written."""
    what = ("--trace=fsync", f"--trace-path={folder}", "--inject=fsync:error=EIO")
    tracer = subprocess.Popen(
        [strace, "-f", "-qqq", "--output=/dev/null", *what, "-p", str(pid)], stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while _has_free_threads(pid) and time.monotonic() < deadline:
        time.sleep(0.001)
    try:
        yield
    finally:
        tracer.terminate()
        tracer.wait()


def _has_free_threads(pid: int) -> bool:
    threads = Path(f"/proc/{pid}/task").glob("*/status")
    return any("TracerPid:\t0\n" in each.read_text() for each in threads)
