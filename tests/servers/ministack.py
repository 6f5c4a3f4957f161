"""``ministack``, an emulator of S3: up in less than a second, and no proof of anything about real stores."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from shutil import which
from typing import Final

from tests.servers.processes import end
from tests.servers.shared import free_port, missing, shared

ACCESS: Final = "sohoa-test"
SECRET: Final = "sohoa-test-secret"  # of a server that lives for seconds on the loopback device


@contextmanager
def ministack(folder: Path) -> Iterator[str]:
    """Runs it; gives its address, host and port."""
    if program() is None:
        missing("ministack is not installed")
    with shared(folder / "ministack", _start, _stop) as told:
        yield told["address"]


def program() -> str | None:
    """Where it is installed."""
    return which("ministack", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")


def _start(folder: Path) -> dict[str, str]:
    found, port = program(), free_port()
    assert found is not None
    settings = {
        "AWS_ACCESS_KEY_ID": ACCESS,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "SERVICES": "s3",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
    }
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [found],
            env={**os.environ, **settings},
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (folder / "server.pid").write_text(str(server.pid))
    server.returncode = 0  # ended by its number, maybe by another process: not ours to wait for
    await_answer("127.0.0.1", port, 30)
    return {"address": f"127.0.0.1:{port}"}


def _stop(folder: Path) -> None:
    end(folder / "server.pid")


def await_answer(host: str, port: int, seconds: float) -> None:
    """Waits until a server answers HTTP at all."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        connection = HTTPConnection(host, port, timeout=2)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise AssertionError(f"no answer on port {port} in {seconds} s")
