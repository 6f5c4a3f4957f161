"""One server for all processes of a test run: the first starts it, the last one ends it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import random
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share, whether there is one or many."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def shared(
    folder: Path, start: Callable[[Path], dict[str, str]], stop: Callable[[Path], None]
) -> Iterator[dict[str, str]]:
    """Runs a server while anybody uses it.

    Args:
        folder: of the server; the same for all processes of the run.
        start: starts it in a folder and returns where it listens.
        stop: stops what runs in that folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = _join(folder, start)
    try:
        yield told
    finally:
        _leave(folder, stop)


def free_port() -> int:
    """A port of the loopback device that nobody uses just now.

    It lies below those that the system gives to whoever connects: a server that is stopped and started again
    would find its own taken by a connection, even by one of a client that tries to reach it.
    """
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    for port in random.SystemRandom().sample(range(lowest // 2, lowest), k=1000):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


def missing(reason: str) -> None:
    """A server that is not installed: skipped at home, a failure in CI."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _join(folder: Path, start: Callable[[Path], dict[str, str]]) -> dict[str, str]:
    with _book(folder) as book:
        known: dict[str, object] = json.loads(book.read_text()) if book.exists() else {"users": 0}
        if not known["users"]:
            known = {"users": 0, "told": start(folder)}
        known["users"] = int(str(known["users"])) + 1
        book.write_text(json.dumps(known))
        told = known["told"]
        assert isinstance(told, dict)
        return told


def _leave(folder: Path, stop: Callable[[Path], None]) -> None:
    with _book(folder) as book:
        known = json.loads(book.read_text())
        known["users"] -= 1
        book.write_text(json.dumps(known))
        if not known["users"]:
            stop(folder)


@contextmanager
def _book(folder: Path) -> Iterator[Path]:
    with (folder / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield folder / "users.json"
